package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Stores;
import dev.pagurus.store.postgres.image.Named;
import dev.pagurus.store.postgres.image.ReachabilityMetadata;
import dev.pagurus.store.postgres.image.ReflectiveCalls;
import dev.pagurus.store.postgres.image.TestsProgram;
import dev.pagurus.store.postgres.image.WitnessAgent;
import dev.pagurus.store.sqlite.SqliteStoreProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the jars tell {@code native-image} is all that is reached by reflection: tests of both stores run in a JVM in which it
 * is seen, and no reflective call of ours is one that they do not come to.
 */
@Timeout(180)
class NativeImageTest {

    /** All that the guide shows, and moves of whole stores. */
    private static final List<Class<?>> TESTS = List.of(
            GuideTest.class,
            GuideChangesTest.class,
            GuideDamageTest.class,
            GuideFeedTest.class,
            GuideInsideTest.class,
            GuideJobsTest.class,
            GuideRecordsTest.class,
            RecordsBodiesTest.class,
            RecordsCollectionsTest.class,
            RecordsReleasesTest.class,
            MoveTest.class);

    /** A failure that only the driver can explain, and TLS. */
    private static final List<String> SINGLE_TESTS = List.of(
            PostgresCommitTest.class.getName() + "#whatAServerDoesNotSupportIsNoNewerVersionOfTheApplication",
            PostgresTlsTest.class.getName() + "#aTrustedCertificateOpensTheStoreAndTheLogSaysSo",
            PostgresTlsTest.class.getName() + "#aCertificateThatTheServerDemandsOpensTheStore");

    /** Where somebody looks for what is missing, or not as it should be. What they ask for is looked at by name. */
    private static final Set<String> WHEN_SOMETHING_IS_MISSING = Set.of(
            "dev.pagurus.store.Libraries.found Class.forName",
            "dev.pagurus.store.Libraries.find Class.forName",
            "dev.pagurus.store.Libraries.known Class.getResourceAsStream",
            "dev.pagurus.store.internal.engine.Providers.next Class.forName");

    private static final ReachabilityMetadata METADATA = ReachabilityMetadata.ofOurs();

    /** What was reached, and the call that reached it. */
    private static List<String> seen;

    @BeforeAll
    static void runTheTests(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("seen");
        Path output = folder.resolve("output");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-javaagent:" + WitnessAgent.jar(folder) + "=" + file,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                TestsProgram.class.getName()));
        TESTS.forEach(test -> command.add(test.getName()));
        command.addAll(SINGLE_TESTS);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment().put("PAGURUS_TEST_POSTGRES_URL", PostgresServer.url());
        Process process = builder.start();
        try {
            assertThat(process.waitFor(150, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue())
                .as(() -> "what the program said last: " + end(output))
                .isZero();
        seen = Files.readAllLines(file);
    }

    private static String end(Path output) {
        try {
            String said = Files.readString(output);
            return said.substring(Math.max(0, said.length() - 6_000));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void allThatIsReachedIsInTheMetadata() {
        assertThat(seen).hasSizeGreaterThan(100);
        assertThat(seen.stream()
                        .filter(line -> !Named.isOfTests(reached(line)) && !isJacksonsLook(line))
                        .filter(line -> !METADATA.covers(reached(line))))
                .as("reached by reflection, and in no reachability-metadata.json")
                .isEmpty();
    }

    /** What users are told to write for their records is all that Jackson, and we, reach of them. */
    @Test
    void ofTheGuidesRecordsAllIsInWhatItShows() throws Exception {
        String guide = Files.readString(Path.of("../GUIDE.md"));
        Matcher shown = Pattern.compile("```json\n(\\{\n  \"reflection\".*?)```", Pattern.DOTALL)
                .matcher(guide);
        assertThat(shown.find()).isTrue();
        ReachabilityMetadata ofUsers = ReachabilityMetadata.of(shown.group(1));
        List<String> ofRecords = seen.stream()
                .filter(line -> reached(line).contains(" com.example."))
                .toList();

        assertThat(ofRecords).hasSizeGreaterThan(5).allMatch(line -> ofUsers.covers(reached(line)));
        assertThat(ofUsers.named())
                .allSatisfy(name -> assertThat(Named.isThere(name)).isTrue());
    }

    private static String reached(String line) {
        return line.substring(0, line.indexOf('\t'));
    }

    /** Jackson asks the JDK's types for annotations of its own, and finds none; the arrays that it makes it cannot do without. */
    private static boolean isJacksonsLook(String line) {
        return Named.isOfJdk(reached(line)) && line.contains("\ttools.jackson.") && line.contains(" Class.get");
    }

    /** So that a new one does not go unnoticed because these tests do not come to it. */
    @Test
    void eachReflectiveCallOfOursWasMade() throws Exception {
        Set<String> unmade = new TreeSet<>();
        for (Class<?> type : List.of(Stores.class, SqliteStoreProvider.class, PostgresStoreProvider.class)) {
            unmade.addAll(ReflectiveCalls.within(Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI())));
        }
        assertThat(unmade).hasSizeGreaterThan(10);
        seen.forEach(line -> unmade.remove(line.substring(line.indexOf('\t') + 1)));

        assertThat(unmade)
                .as("reflective calls that none of the tests made: take one in that does, see what it reaches")
                .containsExactlyInAnyOrderElementsOf(WHEN_SOMETHING_IS_MISSING);
    }

    @Test
    void whatIsLookedForWhenSomethingIsMissingIsInTheMetadata() throws Exception {
        List<String> wanted = new ArrayList<>(List.of(
                "resource dev/pagurus/store/libraries.properties",
                "type " + SqliteStoreProvider.class.getName(),
                "type " + PostgresStoreProvider.class.getName()));
        Properties libraries = new Properties();
        try (InputStream in = Stores.class.getResourceAsStream("libraries.properties")) {
            libraries.load(Objects.requireNonNull(in));
        }
        libraries
                .values()
                .forEach(words -> wanted.add("type " + String.valueOf(words).split(" ", -1)[2]));

        assertThat(wanted).hasSizeGreaterThan(8).allMatch(METADATA::covers);
    }

    /** An entry with a slip of the pen, or of a library that has changed since, would be passed over without a word. */
    @Test
    void allThatTheMetadataNamesIsThere() {
        assertThat(METADATA.named())
                .hasSizeGreaterThan(20)
                .allSatisfy(name -> assertThat(isThere(name)).as(name).isTrue());
    }

    private static boolean isThere(String name) throws Exception {
        if (!name.startsWith("resource ")) {
            return Named.isOfJdk(name) || Named.isThere(name);
        }
        return seen.stream().anyMatch(line -> ReachabilityMetadata.matches(name, reached(line)))
                || Stores.class.getClassLoader().getResource(name.substring(name.indexOf(' ') + 1)) != null;
    }
}
