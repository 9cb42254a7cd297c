package dev.pagurus.store.tck.moves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.CopyException;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.UnsupportedCapabilityException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Group C: a database is saved to a file while it is in use, or the store says that it cannot do that. */
public abstract class BackupClauses extends ClauseGroup {

    private static final int MANY = 1_200;

    @TempDir
    Path directory;

    protected BackupClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.C5)
    void aBackupIsTheSameStoreOrIsRefused() throws Exception {
        List<Document<Item>> before = Samples.store(items(), Samples.items(11, 200));
        if (isRefused()) {
            return;
        }
        store.backup(file(), false);
        requireOnly(file());
        items().delete(before.get(0).id());
        try (Store copy = fixture.open(fixture.ofBackup(file()).build())) {
            DocumentCollection<Item> there = copy.collection(itemSchema());
            assertThat(there.getAll(before.stream().map(Document::id).toList()).values())
                    .as("documents of the backup")
                    .containsExactlyElementsOf(before);
            assertThat(there.insert(Item.of("new")).value()).as("what it takes").isEqualTo(Item.of("new"));
        }
    }

    @Proves(Clause.C5)
    @Needs(Capability.TRANSACTIONS)
    void aBackupShowsOneStateWhileOthersWrite() throws Exception {
        items().insertAll(
                        IntStream.range(0, MANY).mapToObj(Item::ofNumber),
                        item -> "i" + item.number(),
                        OnConflict.FAIL);
        if (isRefused()) {
            return;
        }
        AtomicBoolean enough = new AtomicBoolean();
        CountDownLatch writing = new CountDownLatch(1);
        CompletableFuture<Void> writer = CompletableFuture.runAsync(
                () -> {
                    // Always one with -1 and one with 1, never one without the other.
                    try {
                        for (int i = 0; !enough.get(); i++) {
                            long number = i;
                            store.runTransaction(tx -> {
                                tx.collection(itemSchema()).put("less", Item.ofNumber(-number));
                                tx.collection(itemSchema()).put("more", Item.ofNumber(number));
                            });
                            if (i == 2) {
                                writing.countDown();
                            }
                        }
                    } finally {
                        writing.countDown(); // if it fails, that is what shall be seen
                    }
                },
                task -> new Thread(task).start());
        try {
            writing.await();
            store.backup(file(), false);
        } finally {
            enough.set(true);
            writer.join();
        }
        try (Store copy = fixture.open(fixture.ofBackup(file()).build())) {
            DocumentCollection<Item> there = copy.collection(itemSchema());
            Long less = existing(there, "less").value().number();
            assertThat(existing(there, "more").value().number())
                    .as("of two documents that are written together, the other one")
                    .isEqualTo(less == null ? null : (Long) (-less));
            assertThat(there.query().count()).as("documents").isEqualTo(MANY + 2);
        }
    }

    @Proves(Clause.C5)
    void aBackupReplacesNoFileUnasked() throws Exception {
        items().insert("a", Item.of("one"));
        if (isRefused()) {
            return;
        }
        Files.writeString(file(), "precious");
        thrown(CopyException.class, () -> store.backup(file(), false));
        assertThat(Files.readString(file())).as("the file").isEqualTo("precious");
        store.backup(file(), true);
        try (Store copy = fixture.open(fixture.ofBackup(file()).build())) {
            assertThat(copy.collection(itemSchema()).query().count())
                    .as("documents")
                    .isEqualTo(1);
        }
    }

    @Proves(Clause.X19)
    void aBackupIsForItsOwnerAlone() throws Exception {
        items().insert("a", Item.of("one"));
        if (isRefused()) {
            return;
        }
        store.backup(file(), false);
        Permissions.requireOwnerOnly(file());
        Permissions.letOthersRead(file());
        store.backup(file(), true);
        Permissions.requireOwnerOnly(file());
    }

    @Proves(Clause.C5)
    void aBackupThatFailsLeavesNothing() throws Exception {
        items().insert("a", Item.of("one"));
        if (isRefused()) {
            return;
        }
        Path missing = directory.resolve("missing").resolve("file");
        UnavailableException failed = thrown(UnavailableException.class, () -> store.backup(missing, false));
        assertThat(failed).as("the message").hasMessageContaining(missing.toString());
        requireOnly();
        assertThat(items().query().count()).as("documents of the store").isEqualTo(1);
    }

    /** Says whether the store has no backup, which it must then say. */
    private boolean isRefused() throws IOException {
        if (has(Capability.BACKUP)) {
            return false;
        }
        UnsupportedCapabilityException refused =
                thrown(UnsupportedCapabilityException.class, () -> store.backup(file(), false));
        assertThat(refused.capability())
                .as("the capability that the exception names")
                .isEqualTo(Capability.BACKUP);
        assertThat(refused).as("the message").hasMessageContaining("exportTo");
        requireOnly();
        return true;
    }

    private void requireOnly(Path... files) throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            assertThat(found).as("files").containsExactlyInAnyOrder(files);
        }
    }

    private Path file() {
        return directory.resolve("backup");
    }
}
