package dev.underpass.lab;

import dev.underpass.net.IpAddress.Family;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/// The names that kube-proxy gives to the chains of a Service and of its endpoints.
final class ServiceChains {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final int BITS = 5;
    private static final int LENGTH = 16;
    private static final int NFT_LENGTH = 8;

    private ServiceChains() {}

    static String iptablesService(LabService service) {
        return "KUBE-SVC-" + hash(service.portName() + "tcp");
    }

    static String iptablesEndpoint(LabService service, LabPod backend, Family family) {
        return "KUBE-SEP-" + hash(service.portName() + "tcp" + endpoint(backend, family));
    }

    static String nftService(LabService service) {
        var path = path(service);
        return "service-%s-%s".formatted(hash(path).substring(0, NFT_LENGTH), path);
    }

    /// The name of an endpoint's chain and of its set of clients, without their first word.
    static String nftEndpoint(LabService service, LabPod backend, Family family) {
        var address = backend.eth0().of(family).replace(':', '.');
        var path = "%s__%s/%d".formatted(path(service), address, LabService.TARGET_PORT);
        return "%s-%s".formatted(hash(path).substring(0, NFT_LENGTH), path);
    }

    private static String path(LabService service) {
        return "lab/" + service.name() + "/tcp/http";
    }

    /// `10.233.74.70:8080` or `[fd00::1]:8080`.
    static String endpoint(LabPod backend, Family family) {
        var address = backend.eth0().of(family);
        return (family == Family.IPV4 ? address : "[" + address + "]") + ":" + LabService.TARGET_PORT;
    }

    private static String hash(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            var bits = new BigInteger(1, Arrays.copyOf(digest, LENGTH * BITS / Byte.SIZE));
            var name = new StringBuilder();
            for (int i = LENGTH - 1; i >= 0; i--) {
                name.append(BASE32.charAt(bits.shiftRight(i * BITS).intValue() & ((1 << BITS) - 1)));
            }
            return name.toString();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
