package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnsupportedCapabilityException;
import dev.pagurus.store.spi.StoredRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Copies between SQLite files that meet what a file, a disk and a process can do. */
@Timeout(180)
class SqliteMoveTest {

    private static final int DOCUMENTS = 10 * StoredRow.CHUNK;
    private static final int KILLS = 4;
    private static final int COLLECTIONS = 200;
    private static final int LARGE_DOCUMENTS = 24;
    private static final int LARGE_KIBIBYTES = 10 << 10;

    @TempDir
    private Path directory;

    /** Of a small disk. */
    @TempDir
    private Path mounted;

    private StoreConfig source;
    private StoreConfig target;

    @BeforeEach
    void nameTheFiles() {
        source = file("source.db");
        target = file("target.db");
    }

    @Test
    void whatCannotBeFollowedLeavesNoFileBehind() {
        try (Store store = Stores.open(source)) {
            store.collection(Schema.of("kept", String.class)).put("a", "one");
        }
        assertThatThrownBy(() -> Stores.copy(source, target, CopyOptions.DEFAULT.followUntil(() -> true)))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("keeps its changes");
        assertThat(directory.resolve("target.db")).doesNotExist();
    }

    @Test
    void whatTheApplicationThrowsEndsInAFullStop() {
        try (Store store = Stores.open(source)) {
            store.collection(Schema.of("kept", String.class).changes(Duration.ofDays(1)))
                    .put("a", "one");
        }
        CopyOptions options = CopyOptions.DEFAULT.followUntil(() -> {
            throw new IllegalStateException("enough");
        });
        assertThatThrownBy(() -> Stores.copy(source, target, options))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining(": enough. The source is unchanged");
    }

    private StoreConfig file(String name) {
        return StoreConfig.of("sqlite:" + directory.resolve(name));
    }

    @Tag("long")
    @Test
    void aCopyThatIsKilledAgainAndAgainEndsEqual() throws Exception {
        fill(DOCUMENTS);
        Random random = new Random();
        for (int kill = 0; kill < KILLS; kill++) {
            try (ChildJvm copier = copier()) {
                copier.tell("go");
                boolean comparing = kill % 4 == 3;
                int chunks = 1 + random.nextInt(comparing ? 3 : DOCUMENTS / StoredRow.CHUNK - 2);
                for (int i = 0; i < chunks; i++) {
                    copier.await(comparing ? "COMPARING" : "COPYING");
                }
                assertThat(copier.kill()).noneMatch(line -> line.startsWith("copied") || line.startsWith("failed"));
            }
            assertThatThrownBy(() -> Stores.open(target))
                    .isInstanceOf(CopyException.class)
                    .hasMessageContaining("target.db is the target of a copy that is not finished (from sqlite:")
                    .hasMessageContaining("source.db, begun at ")
                    .hasMessageContaining("Run the copy again");
            change(kill);
        }
        CopyResult copied = Stores.copy(source, target, CopyOptions.DEFAULT);
        assertThat(Stores.compare(source, target, CopyOptions.DEFAULT)).isEqualTo(copied);
        try (Store store = Stores.open(target)) {
            assertThat(store.collection(Note.SCHEMA).query().count()).isEqualTo(DOCUMENTS);
        }
        assertThat(OtherProgram.query(directory.resolve("target.db"), "pragma integrity_check"))
                .containsExactly("ok");
    }

    /** Deletes, overwrites and adds, before and behind what was copied. */
    private void change(int round) {
        try (Store store = Stores.open(source)) {
            DocumentCollection<Note> notes = store.collection(Note.SCHEMA);
            for (int i = round; i < DOCUMENTS; i += 3_000) {
                notes.delete(id(i));
                notes.insert(id(i) + "x" + round, Note.titled("new " + round + " " + i));
                notes.put(id(i + 20), Note.titled("changed " + round + " " + i));
            }
        }
    }

    /** The first time there is nothing to compare with; the second time all of it is read and left alone. */
    @Tag("long")
    @Test
    void aCopyTakesTheMemoryOfAFewDocuments() throws Exception {
        try (Store store = Stores.open(source)) {
            for (int i = 0; i < LARGE_DOCUMENTS; i++) {
                store.collection(Note.SCHEMA).insert(id(i), Note.ofKibibytes(LARGE_KIBIBYTES));
            }
        }
        List<String> command = ChildJvm.command(MortalCopier.class, source.redactedUrl(), target.redactedUrl());
        command.add(command.indexOf("-cp"), "-Xmx" + LARGE_DOCUMENTS * LARGE_KIBIBYTES / 2 + "k");
        try (ChildJvm copier = ChildJvm.start(command)) {
            copier.tell("go");
            copier.await("COMPARING");
            copier.kill();
        }
        try (ChildJvm copier = ChildJvm.start(command)) {
            copier.tell("go");
            assertThat(copier.await("copied: ")).isEqualTo("" + LARGE_DOCUMENTS);
            copier.finish();
        }
    }

    @Test
    void ofTwoProcessesThatCopyIntoOneFileOneIsRefused() throws Exception {
        fill(DOCUMENTS);
        try (ChildJvm one = copier();
                ChildJvm other = copier()) {
            one.tell("go");
            other.tell("go");
            List<String> outcomes = new ArrayList<>();
            for (ChildJvm copier : List.of(one, other)) {
                outcomes.add(copier.finish().stream()
                        .filter(line -> line.startsWith("copied") || line.startsWith("failed"))
                        .findFirst()
                        .orElseThrow());
            }
            assertThat(outcomes)
                    .anyMatch(outcome -> outcome.equals("copied: " + DOCUMENTS))
                    .anyMatch(outcome -> outcome.startsWith("failed: CopyException: Another copy into sqlite:")
                            && outcome.contains("Let it finish, or stop it and try again."));
        }
        Stores.compare(source, target, CopyOptions.DEFAULT);
    }

    private ChildJvm copier() throws Exception {
        return ChildJvm.start(MortalCopier.class, source.redactedUrl(), target.redactedUrl());
    }

    @Test
    void aFullDiskBreaksACopyOffAndRoomLetsItGoOn() throws Exception {
        List<String> command = ChildJvm.command(DiskCopier.class, directory, mounted);
        try (ChildJvm copier = ChildJvm.start(SqliteFullDiskTest.onSmallDisk(mounted, "16m", command))) {
            assertThat(copier.await("copy: "))
                    .startsWith("failed: CopyException: The copy from sqlite:")
                    .contains(
                            "broke off while the documents 'n",
                            "of collection 'notes' were copied: The disk that holds sqlite:",
                            "target.db is full",
                            "make room",
                            "The source is unchanged",
                            "Run the copy again");
            assertThat(copier.await("open: ")).contains("not finished");
            // How far it comes depends on how much of the log is in the file already.
            assertThat(copier.await("copy again: "))
                    .startsWith("failed: ")
                    .contains("The disk that holds sqlite:", "target.db is full", "make room");
            assertThat(copier.await("export: "))
                    .startsWith("UnavailableException: ")
                    .contains("could not be written", "No space left")
                    .endsWith("[]");
            assertThat(copier.await("source: ")).isEqualTo("4200");
            assertThat(copier.await("copy with room: ")).isEqualTo("copied: 4200");
            assertThat(copier.await("compare: ")).isEqualTo("done");
            copier.finish();
        }
    }

    @Test
    void aFileIsTheSameByWhateverPathItIsNamed() throws Exception {
        fill(10);
        Path file = directory.resolve("source.db");
        Path link = Files.createSymbolicLink(directory.resolve("link.db"), file);
        Path folder = Files.createSymbolicLink(directory.resolve("folder"), directory);
        for (Path itself : List.of(file, link, folder.resolve("source.db"), directory.resolve("./source.db"))) {
            for (CopyOptions options : List.of(CopyOptions.DEFAULT, CopyOptions.DEFAULT.withOverwrite())) {
                assertThatThrownBy(() -> Stores.copy(source, StoreConfig.of("sqlite:" + itself), options))
                        .isInstanceOf(CopyException.class)
                        .hasMessageContaining("the same database")
                        .hasMessageContaining("Nothing was changed");
            }
        }
        try (Store store = Stores.open(source)) {
            assertThat(store.collection(Note.SCHEMA).query().count()).isEqualTo(10);
        }
    }

    @Test
    void twoHundredCollectionsAreCopied() {
        try (Store store = Stores.open(source)) {
            for (int i = 0; i < COLLECTIONS; i++) {
                // Each other one has a name as long as can be.
                String name = i % 2 == 0 ? "c" + i : String.format(Locale.ROOT, "c%039d", i);
                store.collection(Schema.of(name, Note.class)
                                .uniqueIndex(Note.TITLE)
                                .index(Note.TAGS))
                        .insert("n", Note.titled("in " + i));
            }
        }
        assertThat(Stores.copy(source, target, CopyOptions.DEFAULT).collections())
                .hasSize(COLLECTIONS);
        assertThat(Stores.compare(source, target, CopyOptions.DEFAULT).documents())
                .isEqualTo(COLLECTIONS);
    }

    /** SQLite's own names are the same in upper case; ours have none, so that only a stranger's table can be in the way. */
    @Test
    void aStrangersTableOfTheSameNameInUpperCaseIsLeftAlone() throws Exception {
        fill(10);
        try (OtherProgram other = OtherProgram.on(directory.resolve("target.db"))) {
            other.run("create table NOTES (precious text)");
            other.run("insert into NOTES values ('mine')");
        }
        assertThatThrownBy(() -> Stores.copy(source, target, CopyOptions.DEFAULT.withOverwrite()))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("while collection 'notes' was made")
                .hasMessageContaining("is not a collection of Pagurus");
        try (OtherProgram other = OtherProgram.on(directory.resolve("target.db"))) {
            assertThat(other.query("select precious from NOTES")).containsExactly("mine");
            other.run("alter table NOTES rename to THEIR_NOTES");
        }
        Stores.copy(source, target, CopyOptions.DEFAULT);
        Stores.compare(source, target, CopyOptions.DEFAULT);
    }

    @Test
    void anInterruptWhileItWaitsForAnothersMarkEndsTheCopy() throws Exception {
        fill(DOCUMENTS);
        try (ChildJvm copier = copier()) {
            copier.tell("go");
            copier.await("COPYING");
            copier.kill();
        }
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Stores.copy(source, target, CopyOptions.DEFAULT))
                .hasMessageContaining("interrupted");
        assertThat(Thread.interrupted()).isTrue();
        Stores.copy(source, target, CopyOptions.DEFAULT);
        Stores.compare(source, target, CopyOptions.DEFAULT);
    }

    @Test
    void aTargetThatLacksSomethingIsRefusedBeforeAnythingIsChanged() {
        fill(10);
        for (Capability missing : List.of(Capability.TRANSACTIONS, Capability.SNAPSHOTS, Capability.UNIQUE_INDEXES)) {
            StoreConfig lesser = target.toBuilder()
                    .provider(new LesserProvider(Set.of(missing)))
                    .build();
            assertThatThrownBy(() -> Stores.copy(source, lesser, CopyOptions.DEFAULT))
                    .isInstanceOf(UnsupportedCapabilityException.class)
                    .hasMessageContaining(missing.name());
            Stores.open(target).close();
        }
    }

    private void fill(int documents) {
        try (Store store = Stores.open(source)) {
            store.collection(Note.SCHEMA)
                    .insertAll(
                            IntStream.range(0, documents).mapToObj(i -> Note.titled(id(i))),
                            note -> String.valueOf(note.title()),
                            OnConflict.FAIL);
        }
    }

    private static String id(int number) {
        return String.format(Locale.ROOT, "n%06d", number);
    }
}
