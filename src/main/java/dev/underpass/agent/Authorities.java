package dev.underpass.agent;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/// The authorities that the agent trusts, a file of certificates, which may be replaced while the agent runs. As long
/// as it is not, connections are shared and TLS sessions resumed: both hang on the factory of sockets.
final class Authorities {

    private final Path file;
    private byte[] read = {};
    private @Nullable SSLSocketFactory sockets;

    Authorities(Path file) {
        this.file = file;
    }

    /// Makes sockets that trust what the file holds now.
    ///
    /// @throws IOException if it cannot be read, or holds no certificates
    synchronized SSLSocketFactory sockets() throws IOException {
        var now = Files.readAllBytes(file);
        if (sockets == null || !Arrays.equals(now, read)) {
            sockets = trusting(now);
            read = now;
        }
        return sockets;
    }

    private SSLSocketFactory trusting(byte[] pem) throws IOException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }
}
