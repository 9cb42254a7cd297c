package dev.pagurus.store;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoreProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is said when the provider of a URL's scheme is not there, is there twice, or does not load. */
class ProvidersTest {

    @TempDir
    Path directory;

    /** Knows the scheme {@code acme}. */
    public static class Acme implements StoreProvider {
        @Override
        public Set<String> schemes() {
            return Set.of("acme");
        }

        @Override
        public int spiVersion() {
            return SPI_VERSION;
        }

        @Override
        public StoreEngine open(StoreConfig config) {
            throw new ConfigurationException("acme was asked to open " + config);
        }
    }

    /** Knows it too. */
    public static final class OtherAcme extends Acme {}

    /** Was made for a version of the SPI that is to come. */
    public static final class FutureAcme extends Acme {
        @Override
        public int spiVersion() {
            return SPI_VERSION + 1;
        }
    }

    /** Cannot be made. */
    public static final class BrokenAcme extends Acme {
        /** Fails. */
        public BrokenAcme() {
            throw new IllegalStateException("the native library is missing");
        }
    }

    @Test
    void theOneProviderOfTheSchemeOpensTheStore() {
        assertThatThrownBy(() -> open("acme:x", Acme.class)).hasMessage("acme was asked to open acme:x");
    }

    @Test
    void anUnknownSchemeNamesTheProvidersFound() {
        assertThatThrownBy(() -> open("acne:x", Acme.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("'acne'")
                .hasMessageContaining(Acme.class.getName())
                .hasMessageContaining("for acme:")
                .hasMessageContaining("from file:");
    }

    @Test
    void withoutAnyProviderTheDependencyIsNamed() {
        assertThatThrownBy(() -> open("sqlite:x.db"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("No store was found at all")
                .hasMessageContaining("dev.pagurus:store-sqlite");
        assertThatThrownBy(() -> open("postgres://u:secret@h/db"))
                .hasMessageContaining("dev.pagurus:store-postgres")
                .hasMessageNotContaining("secret");
    }

    @Test
    void twoProvidersOfOneSchemeAreRefused() {
        assertThatThrownBy(() -> open("acme:x", Acme.class, OtherAcme.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Several stores")
                .hasMessageContaining(Acme.class.getName())
                .hasMessageContaining(OtherAcme.class.getName());
    }

    @Test
    void aProviderThatFailsToLoadIsNamedWithTheReason() {
        assertThatThrownBy(() -> open("sqlite:x", BrokenAcme.class))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("Failed to load")
                .hasMessageContaining(BrokenAcme.class.getName())
                .hasMessageContaining("native library is missing");
    }

    @Test
    void aProviderThatFailsToLoadDoesNotHideTheOthers() {
        assertThatThrownBy(() -> open("acme:x", BrokenAcme.class, Acme.class))
                .hasMessage("acme was asked to open acme:x");
    }

    @Test
    void aProviderThatDoesNotExistIsNamed() throws IOException {
        assertThatThrownBy(() -> openNamed("acme:x", "com.acme.Nothing")).hasMessageContaining("com.acme.Nothing");
    }

    @Test
    void aProviderOfAnotherSpiVersionIsRefusedWithBothNumbers() {
        assertThatThrownBy(() -> Stores.open(new FutureAcme(), StoreConfig.of("acme:x")))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("version " + (StoreProvider.SPI_VERSION + 1))
                .hasMessageContaining("version " + StoreProvider.SPI_VERSION);
    }

    @Test
    void aGivenProviderNeedsNoServiceLoader() {
        assertThatThrownBy(() -> Stores.open(new Acme(), StoreConfig.of("whatever:x")))
                .hasMessage("acme was asked to open whatever:x");
    }

    private void open(String url, Class<?>... providers) throws IOException {
        StringBuilder names = new StringBuilder();
        for (Class<?> provider : providers) {
            names.append(provider.getName()).append('\n');
        }
        openNamed(url, names.toString());
    }

    /** Opens with a service file of its own, as a jar on the class path would bring it. */
    private void openNamed(String url, String names) throws IOException {
        Path services = Files.createDirectories(directory.resolve("META-INF/services"));
        Files.writeString(services.resolve(StoreProvider.class.getName()), names);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {directory.toUri().toURL()}, ProvidersTest.class.getClassLoader())) {
            thread.setContextClassLoader(loader);
            Stores.open(url);
        } finally {
            thread.setContextClassLoader(before);
        }
    }
}
