package dev.pagurus.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A copy that follows a store in use, from the first signal to its end. */
@Timeout(180)
class FollowingIT {

    private static final Schema<Notes> KEPT = Notes.SCHEMA.changes(Duration.ofDays(1));
    private static final List<String> TERMINAL = List.of("env", "--default-signal=INT,TERM");

    @TempDir
    private Path directory;

    private Jar jar;
    private String source;
    private Store store;

    @BeforeEach
    void prepare() {
        jar = new Jar(directory);
        source = file("source.db");
        store = Stores.open(source);
        notes().put("first", new Notes("first", Set.of("all")));
    }

    @AfterEach
    void endAll() {
        jar.close();
        store.close();
    }

    private String file(String name) {
        return "sqlite:" + directory.resolve(name);
    }

    private DocumentCollection<Notes> notes() {
        return store.collection(KEPT);
    }

    private Process follow(String... args) throws Exception {
        return jar.start(
                Map.of(),
                Stream.concat(TERMINAL.stream(), Jar.command(args).stream()).toList());
    }

    private static void send(Process process, String signal) throws Exception {
        Process killer = Jar.killer(process, signal);
        Jar.kill(killer);
    }

    private Run ended(Process process) throws Exception {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return jar.ended(process);
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void theFirstSignalEndsItWithTheLastChanges(String signal) throws Exception {
        String server = Postgres.newStore();
        Process process = follow("copy", "--follow", source, server);
        jar.await(process, "err", "In step");
        notes().put("second", new Notes("second", Set.of("new")));
        notes().delete("first");
        send(process, signal);

        Run run = ended(process).endsWith(Main.DONE).says("then press Ctrl-C", "Ending");
        assertThat(run.out()).contains("Copied and found equal: 1 collections, 1 documents.");
        store.close();
        Run.done("verify", source, server);
    }

    @Test
    void itEndsByItselfWhenNothingChangesAnyMore() throws Exception {
        Process process = follow("copy", "--until-equal", "--json", source, file("target.db"));
        jar.await(process, "err", "In step");
        for (int i = 0; i < 20; i++) {
            notes().put("late" + i, new Notes("late" + i, Set.of()));
        }
        Run run = ended(process).endsWith(Main.DONE).says("when nothing has changed");
        assertThat(run.out()).contains("\"followed\":20").contains("\"documents\":21");
        store.close();
        Run.done("verify", source, file("target.db"));
    }

    /** The target is held by a writer, so that the end does not come by itself. */
    @Test
    void theSecondSignalBreaksOff() throws Exception {
        Process process = follow("copy", "--follow", source, file("target.db") + "?timeout=60s");
        jar.await(process, "err", "In step");
        Process holder = new ProcessBuilder(
                        "sqlite3", directory.resolve("target.db").toString())
                .directory(directory.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            holder.getOutputStream().write("begin immediate;\n.shell touch held\n".getBytes(StandardCharsets.UTF_8));
            holder.getOutputStream().flush();
            while (Files.notExists(directory.resolve("held"))) {
                assertThat(holder.isAlive()).isTrue();
                Thread.sleep(5);
            }
            notes().put("second", new Notes("second", Set.of()));
            send(process, "INT");
            send(process, "INT");
            jar.await(process, "err", "Breaking off");
        } finally {
            holder.destroy();
            holder.waitFor();
        }
        ended(process).endsWith(128 + 2).says("broke off", "it was stopped", "goes on where it stopped");
        assertThatThrownBy(() -> Stores.open(file("target.db")))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("not finished");
        Run.done("copy", source, file("target.db"));
    }

    @Test
    void whatKeepsNoChangesIsNotFollowed() {
        Notes.fill(file("plain.db"), 3);
        Run.of("copy", "--follow", file("plain.db"), file("target.db"))
                .endsWith(Main.REFUSED)
                .says("keeps its changes", "copy without following");
    }
}
