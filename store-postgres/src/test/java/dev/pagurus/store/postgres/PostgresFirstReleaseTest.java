package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.MigrationException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import dev.pagurus.store.postgres.connect.PostgresConnections;
import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.PostgresPool;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.postgres.schema.PostgresMigrations;
import dev.pagurus.store.postgres.sql.PostgresNames;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A schema of the first release, which knew no shapes of documents, and that release beside this one. */
@Timeout(60)
class PostgresFirstReleaseTest {

    private static final TextField<String> TEXT = TextField.of("text", text -> text);

    private final StoreConfig config =
            PostgresServer.newDatabase().timeout(Duration.ofSeconds(10)).build();
    private final String schema = config.options().text("schema", "");
    private final String collections = schema + ".pagurus_collections";
    private final String byHand =
            "select revision || '|' || coalesce(shape, 'null') from " + collections + " where name = 'plain'";

    /** Bodies as they are, of which this codec says that they have a shape. */
    private record Shaped(@Nullable String shape) implements Codec<String> {

        @Override
        public String encode(String value) {
            return value;
        }

        @Override
        public String decode(String body) {
            return body;
        }
    }

    private static Schema<String> plain(@Nullable String shape) {
        return Schema.of("plain", new Shaped(shape)).index(TEXT);
    }

    /** Besides the later migrations, nothing that it made was otherwise. */
    @BeforeEach
    void makeAsTheFirstReleaseDid() throws SQLException {
        try (Store store = Stores.open(config)) {
            store.collection(plain(null)).put("a", "one");
        }
        PostgresServer.run("alter table " + collections
                + " drop column shape, drop column retention, drop column expiry; drop table "
                + schema + ".pagurus_changes, " + schema + ".pagurus_feeds, " + schema
                + ".pagurus_change_marks; delete from " + schema
                + ".pagurus_migrations where version > 1");
    }

    @AfterEach
    void drop() throws SQLException {
        PostgresServer.drop(config);
    }

    @Test
    void itIsBroughtUpAndItsDocumentsAreRead() throws SQLException {
        String rows = "select string_agg(ctid || xmin::text || version, ' ') from " + schema + ".plain";
        String before = PostgresWaits.answer(rows);
        try (Store store = Stores.open(config)) {
            assertThat(store.health().details()).containsEntry("catalogue_version", "4");
            assertThat(PostgresWaits.answer(byHand)).isEqualTo("1|null");
            assertThat(store.collection(plain("title text"))
                            .where(TEXT.eq("one"))
                            .list())
                    .extracting(Document::id)
                    .containsExactly("a");
            assertThat(PostgresWaits.answer(byHand)).isEqualTo("1|title text");
            assertThatThrownBy(() -> store.collection(plain("headline text")))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("title text is stored but not declared");
        }
        assertThat(PostgresWaits.answer(rows)).as("nothing refilled").isEqualTo(before);
    }

    /** It names the columns that it reads and writes. */
    @Test
    void whatAnOldProcessRaisesHasNoShape() throws SQLException {
        try (Store store = Stores.open(config)) {
            store.collection(plain("title text"));
        }
        PostgresServer.run("delete from " + collections + " where name = 'plain'; insert into " + collections
                + " (name, revision, defined_at) values ('plain', 2, 1); alter index " + schema
                + ".\"plain$r1\" rename to \"plain$r2\"");
        try (Store store = Stores.open(config)) {
            store.collection(plain("headline text").revision(2)).put("b", "two");
        }
        assertThat(PostgresWaits.answer(byHand)).isEqualTo("2|headline text");
    }

    @Test
    void openedAnewTheOldReleaseIsRefused() {
        Stores.open(config).close();
        PostgresSettings settings = PostgresSettings.of(config);
        try (PostgresConnections connections = PostgresConnections.of(settings)) {
            PostgresPool pool = connections.toOpen(settings, new PostgresErrors(settings));
            PostgresMigrations old =
                    new PostgresMigrations(settings, new PostgresNames(schema), PostgresMigrations.FILES.subList(0, 1));
            assertThatThrownBy(() -> old.run(pool))
                    .isInstanceOf(MigrationException.class)
                    .hasMessageContaining(
                            "version 4 (0004_expiry.sql) by a newer release of Pagurus; this one knows 1");
        }
    }

    @Test
    void withValidateItIsRefusedWithTheSqlOfTheStepThatIsMissing() throws SQLException {
        StoreConfig validate =
                StoreConfig.of(config.redactedUrl() + "?pool.minIdle=0&migrate=validate&schema=" + schema);
        MigrationException refused = catchThrowableOfType(MigrationException.class, () -> Stores.open(validate));
        assertThat(refused).hasMessageContaining("is at version 1 of our own tables, this release needs 4");
        String sql = Objects.requireNonNull(refused.sql());
        assertThat(sql)
                .contains("0002_shape.sql", "0003_changes.sql", "0004_expiry.sql")
                .doesNotContain("0001_catalogue.sql");
        PostgresServer.run(sql);
        try (Store store = Stores.open(validate)) {
            store.collection(plain("title text")).put("b", "two");
        }
        assertThat(PostgresWaits.answer(byHand)).isEqualTo("1|title text");
    }

    /** A copy that an old process makes reads the catalogue first, and takes an hour. */
    @Test
    void nobodyQueuesBehindTheStepThatWaitsForALongTransaction() throws Exception {
        try (Connection old = PostgresServer.hold("select name, revision from " + collections)) {
            CompletableFuture<Void> opening =
                    CompletableFuture.runAsync(() -> Stores.open(config).close(), task -> new Thread(task).start());
            PostgresWaits.awaitBlocked(1, "pagurus_collections");
            for (int i = 0; i < 5; i++) {
                PostgresServer.run("set lock_timeout = '5s'; select name, revision from " + collections);
            }
            assertThat(opening).isNotDone();
            old.rollback();
            opening.join();
        }
        assertThat(PostgresWaits.answer(byHand)).isEqualTo("1|null");
    }

    /** Not even the greatest lock on the table holds it up, for it takes none. */
    @Test
    void aShapeIsRecordedWithoutTheTable() throws Exception {
        try (Store store = Stores.open(config);
                Connection other = PostgresServer.hold("lock table " + schema + ".plain in access exclusive mode")) {
            CompletableFuture<Void> recording = CompletableFuture.runAsync(
                    () -> store.collection(plain("title text")), task -> new Thread(task).start());
            Waiting.until(
                    "the shape to be recorded",
                    () -> PostgresWaits.answer(byHand).equals("1|title text"));
            recording.join();
            other.rollback();
            assertThat(store.collection(plain("title text")).query().count()).isEqualTo(1);
        }
    }

    /** As names of properties may be, in a script that goes to the server as one. */
    @Test
    void aShapeOfAnyCharactersIsKept() {
        String strange = "$1 ? {fn now()} text\n'; drop table x; --\\' text\n`a\" text";
        try (Store store = Stores.open(config)) {
            store.collection(plain(strange));
            store.collection(plain(strange + " more").revision(2));
            assertThat(store.summaries().get(0).definition())
                    .endsWith("shape $1 ? {fn now()} text\nshape '; drop table x; --\\' text\nshape `a\" text more");
        }
    }
}
