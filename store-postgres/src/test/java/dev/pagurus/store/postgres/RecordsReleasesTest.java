package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pagurus.store.Codec;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.JsonUpgrade;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UndecodableDocumentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What RECORDS.md says of old processes and of going back, on both stores. */
@SuppressWarnings("SameNameButDifferent") // one Note for each release
class RecordsReleasesTest {

    /** The first release. */
    static final class First {

        record Note(String title) {}

        static final Schema<Note> NOTES = Schema.of("notes", Note.class);

        private First() {}
    }

    /** The second one. */
    static final class Second {

        record Note(String headline) {}

        static final Schema<Note> NOTES = Schema.of("notes", Note.class)
                .revision(2)
                .upgrade(1, JsonUpgrade.start().rename("title", "headline"));

        private Second() {}
    }

    /** The first one again, in front of documents of the second. */
    static final class Back {

        record Note(String title) {}

        // The record of the first release again, at a revision above that of the second.
        static final Schema<Note> NOTES = Schema.of("notes", Note.class)
                .revision(3)
                .upgrade(1, JsonUpgrade.start().rename("title", "headline"))
                .upgrade(2, JsonUpgrade.start().rename("headline", "title"));

        private Back() {}
    }

    /** The second one, where the first must go on. */
    static final class Beside {

        record Note(String title, int stars) { // stars is new

            Note withStars(int number) {
                return new Note(title, number);
            }
        }

        record Rating(int stars) {}

        // By the ids of the notes: what is new, as long as old processes run.
        static final Schema<Rating> RATINGS = Schema.of("ratings", Rating.class);

        // In a later release, when none is left.
        static final Schema<Note> NOTES = Schema.of("notes", Note.class)
                .revision(2)
                .upgrade(1, JsonUpgrade.start().add("stars", 0));

        static void united(Store store) {
            store.collection(NOTES);
            store.step("2026-12 stars into notes", RATINGS, (tx, batch) -> {
                for (Document<Rating> rating : batch) {
                    int stars = rating.value().stars();
                    tx.collection(NOTES).update(rating.id(), note -> note.withStars(stars));
                }
            });
            store.drop("ratings");
        }

        private Beside() {}
    }

    /** Whether this process is one of an old release, which should stop serving. */
    static boolean outdated(StoreException e) {
        return e instanceof SchemaException
                || (e instanceof UndecodableDocumentException unread
                        && unread.newerRevision().isPresent());
    }

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void anOldProcessIsRefusedAndLosesNothing(String kind) throws Exception {
        try (EitherDatabase database = EitherDatabase.of(kind, directory);
                Store old = Stores.open(database.config());
                Store store = Stores.open(database.config())) {
            DocumentCollection<First.Note> before = old.collection(First.NOTES);
            before.insert("n1", new First.Note("milk"));

            DocumentCollection<Second.Note> after = store.collection(Second.NOTES);

            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> before.put("n1", new First.Note("bread")),
                    () -> before.delete("n1"),
                    () -> before.query().list(),
                    () -> old.collection(First.NOTES).put("n2", new First.Note("bread")),
                    () -> before.get("n1"),
                    () -> before.update("n1", note -> note))) {
                StoreException e = catchThrowableOfType(StoreException.class, call);
                assertThat(e).isNotNull();
                assertThat(outdated(e)).as("%s", e).isTrue();
            }
            try (Store started = Stores.open(database.config())) {
                assertThatThrownBy(() -> started.collection(First.NOTES))
                        .isInstanceOf(SchemaException.class)
                        .hasMessageContaining("newer");
            }
            assertThat(after.query().list()).extracting(Document::value).containsExactly(new Second.Note("milk"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aShapeThatChangesWithoutANewRevisionIsRefused(String kind) throws Exception {
        try (EitherDatabase database = EitherDatabase.of(kind, directory);
                Store old = Stores.open(database.config());
                Store store = Stores.open(database.config())) {
            old.collection(First.NOTES).insert("n1", new First.Note("milk"));

            assertThatThrownBy(() -> store.collection(Schema.of("notes", Beside.Note.class)))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContainingAll("stars integer", "revision(2)");
            assertThatThrownBy(() -> store.collection(
                            Schema.of("notes", Second.Note.class).revision(2)))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContainingAll("'title'", "1 document", "'n1'");

            assertThat(old.collection(First.NOTES).get("n1"))
                    .map(Document::value)
                    .contains(new First.Note("milk"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aNewConstantNeedsNoRevisionAndAnOldProcessCannotReadIt(String kind) throws Exception {
        enum Two {
            OPEN,
            DONE
        }
        enum Three {
            OPEN,
            DONE,
            LATE
        }
        record Old(Two state) {}
        record New(Three state) {}
        try (EitherDatabase database = EitherDatabase.of(kind, directory);
                Store old = Stores.open(database.config());
                Store store = Stores.open(database.config())) {
            DocumentCollection<Old> before = old.collection(Schema.of("notes", Old.class));
            store.collection(Schema.of("notes", New.class)).insert("n1", new New(Three.LATE));
            before.insert("n2", new Old(Two.DONE));

            assertThatThrownBy(() -> before.update("n1", note -> new Old(Two.OPEN)))
                    .isInstanceOf(UndecodableDocumentException.class);
            assertThat(before.get("n2")).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void whatIsNewWaitsInACollectionOfItsOwn(String kind) throws Exception {
        try (EitherDatabase database = EitherDatabase.of(kind, directory)) {
            try (Store old = Stores.open(database.config());
                    Store store = Stores.open(database.config())) {
                DocumentCollection<First.Note> before = old.collection(First.NOTES);
                DocumentCollection<First.Note> notes = store.collection(First.NOTES);
                DocumentCollection<Beside.Rating> ratings = store.collection(Beside.RATINGS);
                notes.put("n1", new First.Note("milk"));
                ratings.put("n1", new Beside.Rating(5));
                before.update("n1", note -> new First.Note("bread"));
                before.put("n2", new First.Note("butter"));
            }
            for (int start = 0; start < 2; start++) {
                try (Store store = Stores.open(database.config())) {
                    Beside.united(store);

                    assertThat(store.collection(Beside.NOTES).query().list())
                            .extracting(Document::value)
                            .containsExactly(new Beside.Note("bread", 5), new Beside.Note("butter", 0));
                    assertThat(store.summaries()).hasSize(1);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void anOldReleaseGoesBackWithTheBackup(String kind) throws Exception {
        Path before = directory.resolve("before.zip");
        try (EitherDatabase database = EitherDatabase.of(kind, directory);
                EitherDatabase empty = EitherDatabase.of(kind, Files.createDirectory(directory.resolve("other")))) {
            StoreConfig config = database.config();
            StoreConfig other = empty.config();
            try (Store old = Stores.open(config)) {
                old.collection(First.NOTES).insert("n1", new First.Note("milk"));
            }

            // Before the new release has asked for a collection.
            try (Store store = Stores.open(config)) {
                store.exportTo(before, CopyOptions.DEFAULT);
                store.collection(Second.NOTES).insert("n2", new Second.Note("bread"));
            }

            // Into an empty database, for the old release.
            Stores.importFrom(before, other, CopyOptions.DEFAULT);

            try (Store old = Stores.open(other)) {
                assertThat(old.collection(First.NOTES).query().list())
                        .extracting(Document::value)
                        .containsExactly(new First.Note("milk")); // and not what came after it
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite", "postgres"})
    void aReleaseGoesBackByGoingOn(String kind) throws Exception {
        try (EitherDatabase database = EitherDatabase.of(kind, directory);
                Store store = Stores.open(database.config())) {
            store.collection(First.NOTES).insert("n1", new First.Note("milk"));
            store.collection(Second.NOTES).insert("n2", new Second.Note("bread"));

            assertThat(store.collection(Back.NOTES).query().list())
                    .extracting(Document::value)
                    .containsExactly(new Back.Note("milk"), new Back.Note("bread"));
            assertThat(Codec.json(Back.Note.class).shape())
                    .isEqualTo(Codec.json(First.Note.class).shape());
        }
    }
}
