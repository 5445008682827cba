package dev.underpass.kubeapi;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/// A certificate for the loopback address that is its own authority, with its key; openssl(1) makes them. It serves, or
/// tells a server who its client is.
public record LoopbackCertificate(Path certificate, Path key) {

    /// Makes one, in place of the one of the same name in the folder.
    public static LoopbackCertificate of(String name, Path folder) throws IOException {
        var made = new LoopbackCertificate(folder.resolve(name + ".crt"), folder.resolve(name + ".key"));
        var files = "-keyout %1$s.key -out %1$s.crt -subj /CN=%1$s".formatted(name);
        var command = "openssl req -x509 -newkey rsa:2048 -nodes -days 30 "
                + "-addext subjectAltName=IP:127.0.0.1,DNS:localhost " + files;
        var openssl = new ProcessBuilder(command.split(" ", -1))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        try {
            if (!openssl.waitFor(30, TimeUnit.SECONDS) || openssl.exitValue() != 0) {
                throw new IOException(
                        "openssl made no certificate: " + Files.readString(folder.resolve("openssl.log")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return made;
    }

    String pem() throws IOException {
        return Files.readString(certificate);
    }

    /// Trusts this certificate and nothing else.
    public SSLContext trust() throws IOException {
        try (var file = Files.newInputStream(certificate)) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setCertificateEntry(
                    "server", CertificateFactory.getInstance("X.509").generateCertificate(file));
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("no trust in " + certificate, e);
        }
    }
}
