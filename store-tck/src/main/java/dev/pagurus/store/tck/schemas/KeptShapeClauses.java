package dev.pagurus.store.tck.schemas;

import static dev.pagurus.store.tck.schemas.Shaped.notes;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Document;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.moves.CopyTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;

/** Group S: the shape of a collection stays with it, wherever it goes. */
public abstract class KeptShapeClauses extends ShapeGroup {

    @TempDir
    Path directory;

    protected KeptShapeClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.S24)
    void aShapeIsKeptWhenTheStoreIsOpenedAgain() throws Exception {
        Document<String> before = store.collection(notes(TITLED)).insert("a", "one");
        reopen();
        requireShape(store, TITLED);
        assertThat(store.collection(notes(TITLED)).query().list())
                .as("documents")
                .containsExactly(before);
    }

    @Proves(Clause.S24)
    void anotherHandleKnowsTheShape() throws Exception {
        store.collection(notes(TITLED)).insert("a", "one");
        Store second = second();
        requireShape(second, TITLED);
        second.collection(notes(TITLED)).insert("b", "two");
        assertThat(store.collection(notes(TITLED)).query().count())
                .as("documents")
                .isEqualTo(2);
    }

    @Proves(Clause.S24)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void copiesAndExportsCarryTheShape() throws Exception {
        Document<String> before = store.collection(notes(TITLED)).insert("a", "one");
        Path file = directory.resolve("export.zip");
        store.exportTo(file, CopyOptions.DEFAULT);
        CopyTarget copied = new CopyTarget(fixture);
        CopyTarget imported = new CopyTarget(fixture);
        try {
            Stores.copy(again(), copied.config(), CopyOptions.DEFAULT);
            Stores.importFrom(file, imported.config(), CopyOptions.DEFAULT);
            for (CopyTarget target : List.of(copied, imported)) {
                try (Store copy = target.open()) {
                    requireShape(copy, TITLED);
                    assertThat(copy.collection(notes(TITLED)).query().list())
                            .as("documents of the copy")
                            .containsExactly(before);
                }
            }
        } finally {
            copied.close();
            imported.close();
        }
    }

    /** Where one is known on one side only, the documents decide. */
    @Proves(Clause.S24)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void aCopyGoesOverACollectionOfTheSameShapeAndOverNoOther() throws Exception {
        store.collection(notes(TITLED)).insert("a", "one");
        copyOver(notes(null), TITLED);
        copyOver(notes(TITLED), TITLED);
        CopyTarget.use(fixture, target -> {
            try (Store open = target.open()) {
                open.collection(notes(RENAMED)).insert("b", "two");
                CopyException refused = thrown(CopyException.class, () -> copyOver(target));
                assertThat(refused)
                        .as("the refusal")
                        .hasMessageContaining("another definition")
                        .hasMessageContaining("Nothing was changed");
                assertThat(open.collection(notes(RENAMED)).query().list())
                        .as("documents of the target")
                        .extracting(Document::id)
                        .containsExactly("b");
            }
        });
    }

    @Proves(Clause.S24)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void aCopyOfUnknownShapeLeavesTheOneThatIsThere() throws Exception {
        store.collection(notes(null)).insert("a", "one");
        copyOver(notes(TITLED), TITLED);
    }

    private void copyOver(Schema<String> there, String shape) throws Exception {
        CopyTarget.use(fixture, target -> {
            try (Store open = target.open()) {
                open.collection(there).insert("b", "two");
                copyOver(target);
                Stores.compare(again(), target.config(), CopyOptions.DEFAULT);
                try (Store copy = target.open()) {
                    requireShape(copy, shape);
                }
            }
        });
    }

    private void copyOver(CopyTarget target) throws Exception {
        Stores.copy(again(), target.config(), CopyOptions.DEFAULT.withOverwrite());
    }

    @Proves(Clause.S24)
    void whatIsReopenedHasTheShapeAndSoHasABackup() throws Exception {
        store.collection(notes(TITLED)).insert("a", "one");
        reopen();
        requireShape(store, TITLED);
        if (!has(Capability.BACKUP)) {
            // The database's own tools make it then, and C5 asks for the refusal.
            return;
        }
        Path file = directory.resolve("backup.db");
        store.backup(file, false);
        try (Store backup = fixture.open(fixture.ofBackup(file).build())) {
            requireShape(backup, TITLED);
        }
    }

    @Proves(Clause.S26)
    void aRaisedRevisionTakesTheNewShape() throws Exception {
        Document<String> before = store.collection(notes(TITLED)).insert("a", "one");
        store.collection(notes(WITH_DUE).revision(2));
        requireShape(store, WITH_DUE, 2);
        reopen();
        requireShape(store, WITH_DUE, 2);
        assertThat(store.collection(notes(WITH_DUE).revision(2)).query().list())
                .as("documents")
                .containsExactly(before);
    }
}
