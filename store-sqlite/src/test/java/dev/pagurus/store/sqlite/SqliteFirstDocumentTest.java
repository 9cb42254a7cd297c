package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the first document of a program costs, in what a busy machine does not change: waits for the disk, and classes. */
@Timeout(180)
class SqliteFirstDocumentTest {

    /** A call that strace shows, or its first part if another thread came in between. */
    private static final Pattern SYNC = Pattern.compile("(\\d+) +f(?:data)?sync\\(\\d+<(.*?)>.*");

    @TempDir
    private Path directory;

    @Test
    void inANewFileItWaitsForTheDiskNoOftenerThanItMust() throws Exception {
        List<String> syncs = syncs("new.db", () -> {});

        assertThat(syncs.subList(0, 4))
                .as("SQLite makes the file, and turns it to a write-ahead log")
                .containsExactly("new.db-journal", directoryName(), "new.db-journal", "new.db");
        assertThat(syncs.subList(4, syncs.size()))
                .as("the log: its beginning, its name, and the commits of our tables, the collection and the document")
                .containsExactly("new.db-wal", directoryName(), "new.db-wal", "new.db-wal", "new.db-wal");
    }

    @Test
    void inAFileThatIsThereItWaitsForTheCommitsAlone() throws Exception {
        Runnable open =
                () -> Stores.open("sqlite:" + directory.resolve("old.db")).close();

        assertThat(syncs("old.db", open))
                .as("the log: its beginning, its name, and the commits of the collection and the document")
                .containsExactly("old.db-wal", directoryName(), "old.db-wal", "old.db-wal");
    }

    /** To link the first one of a JVM takes 10 ms, for it is made of a tree of method handles. */
    @Test
    void nothingOnTheWayComparesRecordsByWhatARecordBrings() throws Exception {
        for (String file : List.of("new", "there")) {
            Path classes = directory.resolve("classes-" + file);
            List<String> command = ChildJvm.command(FirstWriter.class, "sqlite:" + directory.resolve("data.db"));
            command.add(1, "-Xlog:class+load:file=" + classes);
            try (ChildJvm writer = ChildJvm.start(command)) {
                writer.finish();
            }

            assertThat(Files.readString(classes))
                    .as(file)
                    .contains("dev.pagurus.store.spi.CollectionDefinition ")
                    .doesNotContain("java.lang.runtime.ObjectMethods");
        }
    }

    private String directoryName() {
        return String.valueOf(directory.getFileName());
    }

    /**
     * Returns which files were forced to disk by the thread that opened the store, up to the first document.
     *
     * @param before what makes the file, if it shall be there
     */
    private List<String> syncs(String file, Runnable before) throws Exception {
        Path trace = directory.resolve("trace");
        while (true) {
            before.run();
            List<String> command =
                    new ArrayList<>(List.of("strace", "-f", "-y", "-qq", "-e", "trace=fsync,fdatasync", "-e"));
            command.addAll(List.of("signal=none", "-o", trace.toString()));
            command.addAll(ChildJvm.command(FirstWriter.class, "sqlite:" + directory.resolve(file)));
            try (ChildJvm writer = ChildJvm.start(command)) {
                writer.finish();
            }
            List<String> syncs = new ArrayList<>();
            List<String> threads = new ArrayList<>();
            for (String line : Files.readAllLines(trace)) {
                Matcher matcher = SYNC.matcher(line);
                if (matcher.matches() && matcher.group(2).startsWith(directory.toString())) {
                    threads.add(matcher.group(1));
                    syncs.add(String.valueOf(Path.of(matcher.group(2)).getFileName()));
                }
            }
            if (threads.stream().distinct().count() == 1) {
                return syncs;
            }
            // It took more than a second, and the log was copied meanwhile. Once more, with another file.
            Files.deleteIfExists(directory.resolve(file));
        }
    }
}
