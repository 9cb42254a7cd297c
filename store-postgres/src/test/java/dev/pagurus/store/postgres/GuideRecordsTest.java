package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.LongField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.UnknownPropertyException;
import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What the guide says of what a record may hold and of money, and of records that change without an upgrade, on both stores. */
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

    /** The notes of the second one, whose annotations read what the first one wrote. */
    static final class After {

        enum State {
            @JsonAlias("TODO") // its old name
            OPEN,
            DONE
        }

        @JsonIgnoreProperties("author") // is gone, and may go from the bodies
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

    record Kept(@JsonProperty("title") String heading, Before.State state, String author) {}

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

            // Written again, they have the new shape.
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

    @ParameterizedTest
    @MethodSource("stores")
    void aRenameWithoutAnAliasIsRefusedAndLosesNothing(StoreConfig config) {
        Before.Note milk = new Before.Note("milk", Before.State.TODO, "Ann");
        try (Store store = Stores.open(config)) {
            store.collection(Schema.of("plain", Before.Note.class)).insert("n1", milk);

            assertThatThrownBy(() ->
                            store.collection(Schema.of("plain", Renamed.class)).get("n1"))
                    .isInstanceOf(StoreException.class);
            assertThatThrownBy(() -> store.collection(Schema.of("plain", Renamed.class))
                            .update("n1", note -> new Renamed("bread")))
                    .isInstanceOf(StoreException.class);
            assertThat(store.collection(Schema.of("plain", Kept.class)).get("n1"))
                    .map(Document::value)
                    .contains(new Kept("milk", Before.State.TODO, "Ann"));
            assertThat(store.collection(Schema.of("plain", Before.Note.class)).get("n1"))
                    .map(Document::value)
                    .contains(milk);
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

    @ParameterizedTest
    @MethodSource("stores")
    void aConstantIsWrittenByItsName(StoreConfig config) {
        record Sound(Loud volume) {}
        try (Store store = Stores.open(config)) {
            DocumentCollection<Sound> sounds = store.collection(Schema.of("plain", Sound.class));
            sounds.insert("s1", new Sound(Loud.HIGH));

            assertThat(sounds.get("s1")).map(Document::value).contains(new Sound(Loud.HIGH));
        }
    }

    static final class Told {

        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME)
        sealed interface Contact {}

        @JsonTypeName("mail")
        record Mail(String address) implements Contact {}

        @JsonTypeName("phone")
        record Phone(String number) implements Contact {}

        record Person(String name, List<Contact> contacts) {}

        private Told() {}
    }

    @ParameterizedTest
    @MethodSource("stores")
    void subtypesAreToldByTheirNames(StoreConfig config) {
        interface Untold {}
        record Holder(List<Untold> held) {}
        try (Store store = Stores.open(config)) {
            DocumentCollection<Told.Person> people = store.collection(Schema.of("people", Told.Person.class));
            Told.Person ann = new Told.Person("Ann", List.of(new Told.Mail("ann@example.org"), new Told.Phone("1")));
            people.insert("p1", ann);

            assertThat(people.get("p1")).map(Document::value).contains(ann);
            assertThatThrownBy(() -> store.collection(Schema.of("held", Holder.class)))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContainingAll("'held[]'", "@JsonTypeInfo");
        }
    }

    static final class OneMapper {

        record Note(String title) {}

        // The mapper that the rest of the application has: its rules hold for the documents too.
        static final JsonMapper JSON = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();

        static final Schema<Note> NOTES = Schema.of("notes", Codec.json(Note.class, JSON));

        private OneMapper() {}
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aMapperOfOnesOwn(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            DocumentCollection<OneMapper.Note> notes = store.collection(OneMapper.NOTES);
            notes.insert("n1", new OneMapper.Note("milk"));

            assertThat(notes.get("n1")).map(Document::value).contains(new OneMapper.Note("milk"));
            assertThatThrownBy(() -> OneMapper.NOTES.codec().decode("{\"author\":\"Ann\"}"))
                    .isInstanceOf(UnknownPropertyException.class);
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
