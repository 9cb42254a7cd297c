package dev.pagurus.store.postgres;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Encryption that one side demands and the other does not offer, and certificates. */
@Timeout(60)
class PostgresTlsTest {

    private static final String SECRET = Failure.SECRET;

    @TempDir
    private static Path directory;

    private static OwnServer server;
    private static OwnServer plain;

    @BeforeAll
    static void startServers() throws Exception {
        server = OwnServer.start();
        certify("server", server.data());
        certify("other", directory);
        certify("carol", directory);
        Files.copy(directory.resolve("carol.crt"), server.data().resolve("clients.crt"));
        server.run(
                "create role app login password '" + SECRET + "'",
                "create schema app authorization app",
                "create role carol login",
                "create role dave login",
                "create schema carol authorization carol",
                "alter system set ssl = on",
                "alter system set ssl_ca_file = 'clients.crt'",
                "alter system set ssl_cert_file = 'server.crt'",
                "alter system set ssl_key_file = 'server.key'");
        server.admit("hostssl all app 127.0.0.1/32 scram-sha-256", "hostssl all carol,dave 127.0.0.1/32 cert");
        plain = OwnServer.start();
        plain.run("create role app login", "create schema app authorization app");
    }

    @AfterAll
    static void stopServers() throws Exception {
        server.close();
        plain.close();
    }

    @Test
    void encryptionThatTheServerDemandsAndTheOptionsForbidIsExplained() {
        Failure.ofOpening(
                ConfigurationException.class,
                url("sslmode=disable"),
                "admits nobody like this",
                "pg_hba.conf",
                "set the option sslmode to require");
    }

    @Test
    void encryptionThatTheOptionsDemandAndTheServerHasNotIsExplained() {
        for (String mode : new String[] {"require", "verify-ca", "verify-full"}) {
            Failure.ofOpening(
                    ConfigurationException.class,
                    plain.url("app:" + SECRET, "postgres") + "?schema=app&sslmode=" + mode,
                    "postgres://app:***@127.0.0.1",
                    "do not agree on encryption",
                    "sslmode");
        }
    }

    @Test
    void aCertificateThatCannotBeTrustedIsExplained() {
        Failure.ofOpening(
                ConfigurationException.class,
                url("sslmode=verify-full&sslrootcert=" + directory.resolve("other.crt")),
                "do not agree on encryption",
                "sslrootcert");
        Failure.ofOpening(
                ConfigurationException.class,
                url("sslmode=verify-ca&sslrootcert=" + directory.resolve("missing.crt")),
                "missing.crt",
                "sslrootcert");
    }

    @Test
    void aTrustedCertificateOpensTheStoreAndTheLogSaysSo() {
        String certificate = "&sslrootcert=" + server.data().resolve("server.crt");
        for (String options : new String[] {
            "sslmode=prefer",
            "sslmode=require",
            "sslmode=require&channel_binding=require",
            "sslmode=verify-ca" + certificate,
            "sslmode=verify-full" + certificate
        }) {
            try (LogCapture log = new LogCapture();
                    Store store = Stores.open(url(options))) {
                assertThat(store.health().up()).isTrue();
                assertThat(log.ours(ch.qos.logback.classic.Level.INFO))
                        .singleElement()
                        .asString()
                        .contains("over TLS");
                assertThat(log.text()).doesNotContain(SECRET);
            }
        }
    }

    @Test
    void aCertificateThatTheServerDemandsOpensTheStore() throws Exception {
        for (String key : new String[] {"carol.pk8", "carol.key"}) {
            try (Store store = Stores.open(
                    asCarol("sslcert=" + directory.resolve("carol.crt") + "&sslkey=" + directory.resolve(key)))) {
                assertThat(store.health().details()).containsEntry("user", "carol");
            }
        }
    }

    @Test
    void aCertificateThatTheServerDemandsAndNobodyGivesIsExplained() {
        Failure.ofOpening(
                ConfigurationException.class,
                asCarol("sslcert=" + directory.resolve("none.crt") + "&sslkey=" + directory.resolve("none.pk8")),
                "certificate",
                "sslcert",
                "sslkey");
    }

    @Test
    void aCertificateThatTheServerDoesNotTrustOrWithAnotherKeyIsExplained() {
        for (String certificate : new String[] {"other.crt", "carol.crt"}) {
            // The server closes the connection, and what it said may be lost with it.
            assertThatThrownBy(() -> Stores.open(asCarol("sslcert=" + directory.resolve(certificate) + "&sslkey="
                                    + directory.resolve("other.pk8")))
                            .close())
                    .isInstanceOfAny(ConfigurationException.class, UnavailableException.class)
                    .hasMessageContainingAll("postgres://carol@127.0.0.1", "certificate", "sslcert", "sslkey");
        }
    }

    @Test
    void aCertificateOfSomebodyElseIsExplained() {
        Failure.ofOpening(
                ConfigurationException.class,
                asCarol("sslcert=" + directory.resolve("carol.crt") + "&sslkey=" + directory.resolve("carol.pk8"))
                        .replace("carol@", "dave@"),
                "certificate",
                "sslcert");
    }

    @Test
    void aKeyThatCannotBeReadIsExplained() throws Exception {
        Path open = Files.copy(directory.resolve("carol.pk8"), directory.resolve("open.pk8"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-r--r--"));
        Path broken = Files.copy(directory.resolve("carol.pk8"), directory.resolve("broken.pk8"), COPY_ATTRIBUTES);
        Files.writeString(broken, "not a key");
        Path none = directory.resolve("none.pk8");
        for (Path key : new Path[] {open, broken, none}) {
            Failure.ofOpening(
                    ConfigurationException.class,
                    asCarol("sslcert=" + directory.resolve("carol.crt") + "&sslkey=" + key),
                    "sslkey");
        }
    }

    @Test
    void anUnknownModeIsRefusedWithTheKnownOnes() {
        Failure.ofOpening(ConfigurationException.class, url("sslmode=always"), "'sslmode'", "verify-full");
    }

    private static String url(String options) {
        return server.url("app:" + SECRET, "postgres") + "?pool.minIdle=0&schema=app&" + options;
    }

    private static String asCarol(String options) {
        return server.url("carol", "postgres") + "?pool.minIdle=0&schema=carol&sslmode=require&" + options;
    }

    /** Makes a certificate for 127.0.0.1 that signs itself, and its key, as PostgreSQL wants them. */
    private static void certify(String name, Path where) throws Exception {
        Path store = directory.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        name,
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        SECRET)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("keytool.log").toFile())
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            keys.load(in, SECRET.toCharArray());
        }
        Files.writeString(
                where.resolve(name + ".crt"),
                pem("CERTIFICATE", keys.getCertificate(name).getEncoded()));
        Path key = Files.createFile(
                where.resolve(name + ".key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        byte[] secret = keys.getKey(name, SECRET.toCharArray()).getEncoded();
        Files.writeString(key, pem("PRIVATE KEY", secret));
        Files.write(
                Files.createFile(
                        where.resolve(name + ".pk8"),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))),
                secret);
    }

    private static String pem(String what, byte[] bytes) {
        return "-----BEGIN " + what + "-----\n" + Base64.getMimeEncoder().encodeToString(bytes) + "\n-----END " + what
                + "-----\n";
    }
}
