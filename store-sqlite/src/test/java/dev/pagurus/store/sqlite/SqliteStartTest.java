package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several processes that start at once on one file. */
class SqliteStartTest {

    private static final int PROCESSES = 6;

    private static final int ROUNDS = 40;

    private final List<ChildJvm> peers = new ArrayList<>();

    @TempDir
    private Path directory;

    @BeforeEach
    void startProcesses() throws Exception {
        for (int i = 0; i < PROCESSES; i++) {
            peers.add(ChildJvm.start(Peer.class));
        }
        for (ChildJvm peer : peers) {
            peer.await(Parent.ANSWER);
        }
    }

    @AfterEach
    void endProcesses() {
        peers.forEach(ChildJvm::close);
    }

    @Test
    void sixProcessesAtOnceOnAnEmptyFileAllSucceedAndOneApplies() throws Exception {
        for (int round = 0; round < ROUNDS; round++) {
            Path file = directory.resolve("round-" + round + ".db");

            assertThat(allAtOnce("open sqlite:" + file)).containsOnly("opened");

            assertThat(OtherProgram.query(file, "select version from pagurus_migrations"))
                    .containsExactly("1", "2", "3", "4", "5", "6");
            assertThat(OtherProgram.query(file, "select name, revision from pagurus_collections"))
                    .containsExactly("notes|1");
            assertThat(allAtOnce("put n" + round + " milk")).allMatch(answer -> answer.startsWith("version "));
            assertThat(allAtOnce("close")).containsOnly("closed");
        }
        assertThat(linesOfAll())
                .as("what the processes logged: one of them, in each round")
                .filteredOn(line -> line.contains("Applying 0001_catalogue.sql to sqlite:" + directory))
                .hasSize(ROUNDS)
                .doesNotHaveDuplicates();
    }

    /** Tells all of them before any has answered. */
    private List<String> allAtOnce(String line) throws Exception {
        for (ChildJvm peer : peers) {
            peer.tell(line);
        }
        List<String> answers = new ArrayList<>();
        for (ChildJvm peer : peers) {
            answers.add(peer.await(Parent.ANSWER));
        }
        return answers;
    }

    private List<String> linesOfAll() throws InterruptedException {
        List<String> all = new ArrayList<>();
        for (ChildJvm peer : peers) {
            all.addAll(peer.kill());
        }
        return all;
    }
}
