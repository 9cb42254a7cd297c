package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.LongField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import dev.pagurus.store.UndecodableDocumentException;
import java.math.BigDecimal;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the guide says of records that change, and of money, on both stores. */
@SuppressWarnings("SameNameButDifferent") // one Note for each release
class GuideRecordsTest {

    /** The notes of the first release. */
    static final class Before {

        enum State {
            TODO,
            DONE
        }

        record Note(String title, State state, String author) {}

        static final TextField<Note> TITLE = TextField.of("title", Note::title);
        static final EnumField<Note, State> STATE = EnumField.of("state", State.class, Note::state);
        static final Schema<Note> NOTES =
                Schema.of("notes", Note.class).index(TITLE).index(STATE);

        private Before() {}
    }

    /** The notes of the second one, as the guide shows them. */
    static final class After {

        enum State {
            @JsonAlias("TODO") // its old name
            OPEN,
            DONE
        }

        record Note(
                @JsonAlias("title") String heading, // was called title
                State state,
                String colour, // new: null in older documents
                int stars) { // new: 0 in older documents

            Note {
                colour = colour == null ? "white" : colour; // what older documents shall mean
            }
        }

        static final TextField<Note> HEADING = TextField.of("heading", Note::heading);
        static final EnumField<Note, State> STATE = EnumField.of("state", State.class, Note::state);

        static final Schema<Note> NOTES = Schema.of("notes", Note.class)
                .index(HEADING)
                .index(STATE)
                .revision(2); // fields have changed: every document is refilled when it is opened

        private After() {}
    }

    /** What is to be kept out of a release: renamed without a word. */
    record Renamed(String heading) {}

    record Kept(@JsonProperty("title") String heading) {}

    static Stream<StoreConfig> stores() {
        return Stream.of(
                StoreConfig.of("sqlite::memory:"), PostgresServer.newDatabase().build());
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aRecordChangesAndOlderDocumentsAreRead(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            store.collection(Before.NOTES).insert("n1", new Before.Note("milk", Before.State.TODO, "Ann"));

            DocumentCollection<After.Note> notes = store.collection(After.NOTES);

            After.Note expected = new After.Note("milk", After.State.OPEN, "white", 0);
            assertThat(notes.where(After.HEADING.eq("milk").and(After.STATE.eq(After.State.OPEN)))
                            .list())
                    .extracting(Document::value)
                    .containsExactly(expected);

            // What the guide does with every document, so that none of the older shape is left.
            notes.query().updateAll(note -> note);

            assertThat(store.collection(Schema.of("notes", Codec.of(Object::toString, body -> body))
                                    .index(TextField.<String>of("heading", body -> "milk"))
                                    .index(EnumField.<String, After.State>of("state", After.State.class, body -> null))
                                    .revision(2))
                            .get("n1"))
                    .map(Document::value)
                    .contains("{\"heading\":\"milk\",\"state\":\"OPEN\",\"colour\":\"white\",\"stars\":0}");
        }
    }

    /** The guide says that nothing warns of this. */
    @ParameterizedTest
    @MethodSource("stores")
    void aRenameWithoutAnAliasLosesTheValueInSilence(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            store.collection(Schema.of("plain", Before.Note.class))
                    .insert("n1", new Before.Note("milk", Before.State.TODO, "Ann"));

            assertThat(store.collection(Schema.of("plain", Renamed.class)).get("n1"))
                    .hasValueSatisfying(
                            note -> assertThat(note.value().heading()).isNull());
            assertThat(store.collection(Schema.of("plain", Kept.class)).get("n1"))
                    .map(Document::value)
                    .contains(new Kept("milk"));
            // A process of the older release writes what it knows, and drops what it does not.
            store.collection(Schema.of("plain", Renamed.class)).update("n1", note -> new Renamed("bread"));
            assertThat(store.collection(Schema.of("plain", Codec.of(Object::toString, body -> body)))
                            .get("n1"))
                    .map(Document::value)
                    .contains("{\"heading\":\"bread\"}");
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void fieldsThatChangeWithoutANewRevisionAreRefused(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            store.collection(Before.NOTES);

            assertThatThrownBy(() -> store.collection(
                            Schema.of("notes", Before.Note.class).index(Before.TITLE)))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("revision");
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aConstantThatIsGoneCannotBeRead(StoreConfig config) {
        record Note(After.State state) {}
        enum Later {
            DONE
        }
        record Shorter(Later state) {}
        try (Store store = Stores.open(config)) {
            store.collection(Schema.of("plain", Note.class)).insert("n1", new Note(After.State.OPEN));

            assertThatThrownBy(() ->
                            store.collection(Schema.of("plain", Shorter.class)).get("n1"))
                    .isInstanceOf(UndecodableDocumentException.class);
        }
    }

    enum Loud {
        LOW,
        HIGH {
            @Override
            public String toString() {
                return "LOW";
            }
        }
    }

    /** The guide warns of it. */
    @ParameterizedTest
    @MethodSource("stores")
    void aConstantIsWrittenByToString(StoreConfig config) {
        record Sound(Loud volume) {}
        try (Store store = Stores.open(config)) {
            DocumentCollection<Sound> sounds = store.collection(Schema.of("plain", Sound.class));
            sounds.insert("s1", new Sound(Loud.HIGH));

            assertThat(sounds.get("s1")).map(Document::value).contains(new Sound(Loud.LOW));
        }
    }

    static final class Strict {

        record Note(String title) {}

        // A component that is in the body but not in the record is an error, and constants are written by name.
        static final JsonMapper JSON = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .disable(EnumFeature.WRITE_ENUMS_USING_TO_STRING, EnumFeature.READ_ENUMS_USING_TO_STRING)
                .build();

        static final Schema<Note> NOTES =
                Schema.of("notes", Codec.of(JSON::writeValueAsString, body -> JSON.readValue(body, Note.class)));

        private Strict() {}
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aMapperOfOnesOwnIsStricter(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            DocumentCollection<Strict.Note> notes = store.collection(Strict.NOTES);
            notes.insert("n1", new Strict.Note("milk"));
            store.collection(
                            Schema.of("notes", Codec.of(body -> "{\"title\":\"milk\",\"author\":\"Ann\"}", body -> "")))
                    .insert("n2", "");

            assertThat(notes.get("n1")).map(Document::value).contains(new Strict.Note("milk"));
            assertThatThrownBy(() -> notes.get("n2")).isInstanceOf(UndecodableDocumentException.class);
            assertThatThrownBy(() -> notes.update("n2", note -> new Strict.Note("bread")))
                    .isInstanceOf(UndecodableDocumentException.class);
            assertThat(Strict.JSON.writeValueAsString(Loud.HIGH)).isEqualTo("\"HIGH\"");
        }
    }

    record Price(BigDecimal amount, String currency) {}

    static final class Prices {

        // 12.50 is 1250 here: exact, and in the order of the amounts. More than two decimals are refused.
        static final LongField<Price> CENTS =
                LongField.of("cents", price -> price.amount().movePointRight(2).longValueExact());

        static final Schema<Price> PRICES = Schema.of("prices", Price.class).index(CENTS);

        private Prices() {}
    }

    @ParameterizedTest
    @MethodSource("stores")
    void moneyIsExact(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            DocumentCollection<Price> prices = store.collection(Prices.PRICES);
            Price price = new Price(new BigDecimal("12.50"), "EUR");
            prices.insert("p1", price);
            prices.insert("p2", new Price(new BigDecimal("90071992547409.93"), "EUR"));

            assertThat(prices.get("p1")).map(Document::value).contains(price); // its scale too
            assertThat(prices.where(Prices.CENTS.lte(1250)).list()).hasSize(1);
            assertThat(prices.get("p2"))
                    .map(stored -> stored.value().amount())
                    .contains(new BigDecimal("90071992547409.93"));
            assertThatThrownBy(() -> prices.insert(new Price(new BigDecimal("0.005"), "EUR")))
                    .isInstanceOf(RuntimeException.class);
        }
    }
}
