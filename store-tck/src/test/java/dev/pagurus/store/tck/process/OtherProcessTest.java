package dev.pagurus.store.tck.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a store's author gives the tests by {@code -D} holds for second handles too. */
class OtherProcessTest {

    private static final String PROPERTY = "acme.password";
    private static final String SECRET = "hunter2 \u00e4\n=:\\";

    @Test
    void thePropertiesOfThisProcessReachTheOther() throws Exception {
        System.setProperty(PROPERTY, SECRET);
        try (OtherProcess other = new OtherProcess()) {
            assertThat(engine(other, PROPERTY)).isEqualTo(SECRET);
            assertThat(engine(other, "sun.java.command"))
                    .as("what the other JVM says of itself")
                    .startsWith(Servant.class.getName());
            assertThat(engine(other, "surefire.test.class.path"))
                    .as("what is of this JVM alone")
                    .isEqualTo("null");
            assertThat(ProcessHandle.current()
                            .children()
                            .map(child -> child.info().commandLine().orElse("")))
                    .as("what others see of it")
                    .noneMatch(command -> command.contains("hunter2"));
        } finally {
            System.clearProperty(PROPERTY);
        }
    }

    @Test
    void whatStandsOnTheCommandLineStandsOnTheOthers() {
        assertThat(SharedProperties.among(List.of(
                        "-Xmx1g",
                        "-Duser.language=ar",
                        "-Dacme.url=a=b",
                        "-Dcom.sun.management.jmxremote.port=1",
                        "-agentlib:jdwp",
                        "--add-opens=a/b=c")))
                .containsExactly("-Duser.language=ar", "-Dacme.url=a=b");
    }

    private static String engine(OtherProcess process, String property) {
        try (Store store = process.open(StoreConfig.of("told:" + property))) {
            return store.health().engine();
        }
    }
}
