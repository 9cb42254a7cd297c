package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.tck.samples.Tour;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** JVMs with other digits, another "i" and another day: nothing that a machine reads depends on them. */
@Timeout(120)
class PostgresLocaleTest {

    private final List<StoreConfig> used = new ArrayList<>();
    private final List<Process> children = new ArrayList<>();

    @TempDir
    private Path directory;

    @AfterEach
    void cleanUp() throws Exception {
        children.forEach(Process::destroyForcibly);
        for (StoreConfig schema : used) {
            PostgresServer.drop(schema);
        }
    }

    @Test
    void everythingIsDoneAsElsewhereWhereverTheMachineStands() throws Exception {
        List<String> expected = TouringProgram.answers(directory.resolve("here.zip"), schemas());
        for (List<String> place : Tour.strangePlaces()) {
            start(place);
        }
        for (int i = 0; i < children.size(); i++) {
            assertThat(children.get(i).waitFor(90, TimeUnit.SECONDS)).isTrue();
            List<String> said = Files.readAllLines(output(i), StandardCharsets.UTF_8);
            assertThat(said.stream()
                            .filter(line -> line.startsWith(TouringProgram.ANSWER))
                            .map(line -> line.substring(TouringProgram.ANSWER.length())))
                    .as(() -> "what the program said: " + said.subList(Math.max(0, said.size() - 20), said.size()))
                    .containsExactlyElementsOf(expected);
        }
    }

    private List<StoreConfig> schemas() {
        List<StoreConfig> schemas = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            schemas.add(PostgresServer.newDatabase().build());
        }
        used.addAll(schemas);
        return schemas;
    }

    private void start(List<String> place) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
        command.addAll(place);
        command.addAll(List.of(
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                TouringProgram.class.getName(),
                directory.resolve(children.size() + ".zip").toString()));
        schemas().forEach(schema -> command.add(schema.url()));
        children.add(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output(children.size()).toFile())
                .start());
    }

    private Path output(int child) {
        return directory.resolve(child + ".out");
    }
}
