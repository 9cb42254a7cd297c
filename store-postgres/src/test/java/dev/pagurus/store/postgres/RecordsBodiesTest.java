package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.JsonUpgrade;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import dev.pagurus.store.Upgrade;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.DecimalNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.StringNode;

/** What RECORDS.md does with the properties of a record, on both stores. */
@SuppressWarnings("SameNameButDifferent") // one Note for each change
class RecordsBodiesTest {

    static final class Renaming {

        record Line(String item, int count) {} // count was number

        record Note(String headline, List<Line> lines) {} // headline was title

        static final TextField<Note> HEADLINE = TextField.of("headline", Note::headline);

        static final Schema<Note> NOTES = Schema.of("notes", Note.class)
                .index(HEADLINE)
                .revision(2)
                .upgrade(1, JsonUpgrade.start().rename("title", "headline").rename("lines[].number", "count"));

        private Renaming() {}
    }

    static final class Unrenamed {

        record Note(@JsonProperty("title") String headline) {}

        private Unrenamed() {}
    }

    static final class Splitting {

        record Person(String first, String last) {} // was name

        static final Upgrade SPLIT = JsonUpgrade.start()
                .map("name", name -> {
                    String[] parts = name.asString().split(" ", 2);
                    return JsonNodeFactory.instance
                            .objectNode()
                            .put("first", parts[0])
                            .put("last", parts.length > 1 ? parts[1] : "");
                })
                .move("name.first", "first")
                .move("name.last", "last")
                .drop("name");

        private Splitting() {}
    }

    static final class Merging {

        record Person(String name) {} // was first and last

        static final Upgrade MERGED = JsonUpgrade.start()
                .move("first", "name.first")
                .move("last", "name.last")
                .map(
                        "name",
                        name -> StringNode.valueOf((name.path("first").asString() + " "
                                        + name.path("last").asString())
                                .strip()),
                        "name.first",
                        "name.last"); // the function leaves them out: they are named

        private Merging() {}
    }

    static final class Retyping {

        record Job(String number, long millis) {} // a number that was an integer; millis was seconds

        static final Upgrade RETYPED = JsonUpgrade.start()
                .map("number", number -> number.isNull() ? number : StringNode.valueOf(number.asString()))
                .rename("seconds", "millis")
                .map("millis", seconds -> LongNode.valueOf(seconds.longValue() * 1000));

        private Retyping() {}
    }

    static final class Amounts {

        record Item(BigDecimal price) {} // was cents, an integer

        static final Upgrade PRICED = JsonUpgrade.start()
                .map("cents", cents -> DecimalNode.valueOf(cents.decimalValue().movePointLeft(2)))
                .rename("cents", "price");

        private Amounts() {}
    }

    static final class Dropping {

        record Note(String title) {} // had a colour, and an author with a mail

        static final Upgrade DROPPED = JsonUpgrade.start().drop("colour").drop("author");

        private Dropping() {}
    }

    static final class Adding {

        record Note(String title, int stars, List<String> tags) {} // stars and tags are new

        static final Upgrade ADDED = JsonUpgrade.start().add("stars", 3).add("tags", List.of());

        private Adding() {}
    }

    static final class Constants {

        enum State {
            OPEN, // was TODO
            DONE
        }

        record Note(State state) {}

        static final Upgrade OPENED = JsonUpgrade.start().replace("state", "TODO", "OPEN");

        private Constants() {}
    }

    static final class Keys {

        enum State {
            OPEN, // was TODO
            DONE
        }

        record Board(Map<State, Integer> counts) {}

        static final Upgrade OPENED = JsonUpgrade.start().rename("counts.TODO", "OPEN");

        private Keys() {}
    }

    static final class Subtypes {

        @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
        @JsonSubTypes({
            @JsonSubTypes.Type(value = Mail.class, name = "mail"), // was letter; fax is gone
            @JsonSubTypes.Type(value = Call.class, name = "call")
        })
        sealed interface Contact {}

        record Mail(String address) implements Contact {}

        record Call(String number) implements Contact {}

        record Person(Contact contact) {}

        static final Upgrade RENAMED = JsonUpgrade.start()
                .rename("contact<fax>.line", "number") // what was a fax is a call now
                .replace("contact.type", "fax", "call")
                .replace("contact.type", "letter", "mail");

        private Subtypes() {}
    }

    static final class Nesting {

        record Author(String name, String mail) {}

        record Note(String title, Author author) {} // was writer and mail

        static final Upgrade NESTED =
                JsonUpgrade.start().move("writer", "author.name").move("mail", "author.mail");

        private Nesting() {}
    }

    static final class Rewriting {

        record Note1(List<String> words) {} // as it was at revision 1

        record Note2(Map<String, Long> counts) { // as it is at revision 2

            static Note2 of(Note1 old) {
                return new Note2(
                        old.words().stream().collect(Collectors.groupingBy(word -> word, Collectors.counting())));
            }
        }

        static final Codec<Note1> FIRST = Codec.json(Note1.class);
        static final Codec<Note2> SECOND = Codec.json(Note2.class);

        static final Upgrade COUNTED = Upgrade.dropping(body -> SECOND.encode(Note2.of(FIRST.decode(body))), "words");

        private Rewriting() {}
    }

    /** What a body of revision 1 is at revision 2, and that the record reads it. */
    record Change(Class<?> type, Upgrade upgrade, String before, String after) {}

    static List<Change> changes() {
        Class<?> person = Splitting.Person.class;
        return List.of(
                new Change(person, Splitting.SPLIT, "{'name':'Ann van Dyck'}", "{'first':'Ann','last':'van Dyck'}"),
                new Change(person, Splitting.SPLIT, "{'name':'Ann'}", "{'first':'Ann','last':''}"),
                new Change(person, Splitting.SPLIT, "{'name':null}", "{'first':'','last':''}"),
                new Change(person, Splitting.SPLIT, "{}", "{}"),
                new Change(Merging.Person.class, Merging.MERGED, "{'first':'Ann','last':'Lee'}", "{'name':'Ann Lee'}"),
                new Change(Merging.Person.class, Merging.MERGED, "{'first':'Ann','last':null}", "{'name':'Ann'}"),
                new Change(
                        Retyping.Job.class,
                        Retyping.RETYPED,
                        "{'number':700,'seconds':15}",
                        "{'number':'700','millis':15000}"),
                new Change(
                        Retyping.Job.class,
                        Retyping.RETYPED,
                        "{'number':null,'seconds':1}",
                        "{'number':null,'millis':1000}"),
                new Change(
                        Dropping.Note.class,
                        Dropping.DROPPED,
                        "{'title':'a','colour':'red','author':{'mail':'ann@example.org'}}",
                        "{'title':'a'}"),
                new Change(Adding.Note.class, Adding.ADDED, "{'title':'a'}", "{'title':'a','stars':3,'tags':[]}"),
                new Change(Constants.Note.class, Constants.OPENED, "{'state':'TODO'}", "{'state':'OPEN'}"),
                new Change(Constants.Note.class, Constants.OPENED, "{'state':'DONE'}", "{'state':'DONE'}"),
                new Change(Constants.Note.class, Constants.OPENED, "{'state':null}", "{'state':null}"),
                new Change(
                        Keys.Board.class,
                        Keys.OPENED,
                        "{'counts':{'TODO':2,'DONE':1}}",
                        "{'counts':{'OPEN':2,'DONE':1}}"),
                new Change(
                        Subtypes.Person.class,
                        Subtypes.RENAMED,
                        "{'contact':{'type':'letter','address':'here'}}",
                        "{'contact':{'type':'mail','address':'here'}}"),
                new Change(
                        Subtypes.Person.class,
                        Subtypes.RENAMED,
                        "{'contact':{'type':'fax','line':'1'}}",
                        "{'contact':{'type':'call','number':'1'}}"),
                new Change(Amounts.Item.class, Amounts.PRICED, "{'cents':1250}", "{'price':12.50}"),
                new Change(
                        Nesting.Note.class,
                        Nesting.NESTED,
                        "{'title':'a','writer':'Ann','mail':'ann@example.org'}",
                        "{'title':'a','author':{'name':'Ann','mail':'ann@example.org'}}"),
                new Change(Rewriting.Note2.class, Rewriting.COUNTED, "{'words':['b','b']}", "{'counts':{'b':2}}"));
    }

    static Stream<StoreConfig> stores() {
        return Stream.of(
                StoreConfig.of("sqlite::memory:"), PostgresServer.newDatabase().build());
    }

    @ParameterizedTest
    @MethodSource("stores")
    void everyChangeIsDoneToWhatIsThere(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            int number = 0;
            for (Change change : changes()) {
                String name = "changed_" + number++;
                store.collection(texts(name, 1)).insert("n1", change.before().replace('\'', '"'));
                store.collection(Schema.of(name, change.type()).revision(2).upgrade(1, change.upgrade()));

                assertThat(store.collection(Schema.of(name, change.type()).revision(2))
                                .get("n1"))
                        .as("%s", change)
                        .isPresent();
                assertThat(store.collection(texts(name, 2)).get("n1"))
                        .map(Document::value)
                        .contains(change.after().replace('\'', '"'));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aRenamedPropertyIsFoundByItsNewName(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            store.collection(texts("notes", 1))
                    .insert("n1", "{\"title\":\"milk\",\"lines\":[{\"item\":\"one litre\",\"number\":2}]}");

            assertThat(store.collection(Renaming.NOTES)
                            .where(Renaming.HEADLINE.eq("milk"))
                            .list())
                    .extracting(Document::value)
                    .containsExactly(new Renaming.Note("milk", List.of(new Renaming.Line("one litre", 2))));

            store.collection(texts("unrenamed", 1)).insert("n1", "{\"title\":\"milk\"}");
            assertThat(store.collection(Schema.of("unrenamed", Unrenamed.Note.class))
                            .get("n1"))
                    .map(Document::value)
                    .contains(new Unrenamed.Note("milk"));
        }
    }

    @Test
    void theShapeIsALineForEachProperty() {
        assertThat(Renaming.NOTES.codec().shape()).isEqualTo("""
                headline text
                lines[].count integer
                lines[].item text""");
    }

    @Test
    void upgradesAreTriedWithoutAStore() throws Exception {
        // A document of the first release, kept as text.
        String first = """
                {"title":"milk","lines":[{"item":"one litre","number":2}]}""";

        String now = Renaming.NOTES.upgrades().apply(1, first);

        assertThat(now).isEqualTo("""
                {"headline":"milk","lines":[{"item":"one litre","count":2}]}""");
        assertThat(Renaming.NOTES.codec().decode(now).headline()).isEqualTo("milk");
    }

    /** What an older release wrote, without its code. */
    private static Schema<String> texts(String name, int revision) {
        return Schema.of(name, Codec.of(text -> text, text -> text)).revision(revision);
    }
}
