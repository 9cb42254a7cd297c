package dev.pagurus.store.tck.values;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonFormat;
import dev.pagurus.store.Capability;
import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.UnknownPropertyException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Kinds;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Group V, what the JSON of a document holds: it comes back, or it is refused. */
public abstract class KindClauses extends ClauseGroup {

    /** What an older process knows of a document. */
    record Older(String text) {}

    record Newer(String text, @Nullable Part part, List<Part> parts) {}

    record Part(String text, int added) {}

    record OlderParts(String text, OlderPart part, List<OlderPart> parts) {}

    record OlderPart(String text) {}

    interface Untold {}

    record Holder(Map<String, List<Untold>> held) {}

    static class Base {
        public int a;
    }

    static class Sub extends Base {
        public int b;
    }

    record Holding(Base base) {}

    record Matching(List<Pattern> patterns) {}

    record Counting(
            @JsonFormat(shape = JsonFormat.Shape.NUMBER_INT) Instant at) {}

    static class Hiding {
        public int shown;
        int hidden;
    }

    private static final Schema<Newer> NEWER = Schema.of("notes", Newer.class);

    protected KindClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.V23)
    void everyKindOfValueComesBackWhicheverWayItIsWritten() {
        DocumentCollection<Kinds> all = store.collection(Kinds.SCHEMA);
        for (Kinds kinds : Kinds.samples()) {
            String id = kinds.name();
            all.put("put " + id, kinds);
            all.insert("insert " + id, kinds);
            all.update("insert " + id, same -> same);
            all.replace(existing(all, "put " + id));
            all.putAll(Stream.of(kinds), one -> "all " + one.name(), OnConflict.FAIL);
        }
        all.insertAll(Kinds.samples().stream(), kinds -> "stream " + kinds.name(), OnConflict.FAIL);
        all.query().updateAll(same -> same);
        List<Document<Kinds>> found = all.query().list();
        assertThat(found).hasSize(8);
        for (Kinds kinds : Kinds.samples()) {
            for (String way : List.of("put ", "insert ", "all ", "stream ")) {
                requireSame(existing(all, way + kinds.name()).value(), kinds);
            }
            all.where(Kinds.NAME.eq(kinds.name())).list().forEach(one -> requireSame(one.value(), kinds));
        }
    }

    private static void requireSame(Kinds found, Kinds wanted) {
        assertThat(found).isEqualTo(wanted);
        assertThat(new ArrayList<>(found.many().byText().keySet()))
                .as("keys, in their order")
                .isEqualTo(new ArrayList<>(wanted.many().byText().keySet()));
    }

    @Proves(Clause.V24)
    void aPropertyThatTheTypeDoesNotKnowIsNotDropped() throws Exception {
        DocumentCollection<Newer> newer = store.collection(NEWER);
        Newer note = new Newer("a", new Part("b", 1), List.of());
        Document<Newer> written = newer.insert("n", note);
        DocumentCollection<Older> older = second().collection(unshaped(Older.class));
        requireUnknown("part", () -> older.get("n"));
        requireUnknown("part", () -> older.update("n", known -> known));
        requireUnknown("part", () -> older.query().list());
        requireUnknown("part", () -> older.query().updateAll(known -> known));
        assertThat(existing(newer, "n")).as("the document").isEqualTo(written);
    }

    @Proves(Clause.V24)
    void thePathOfAPropertyThatIsNotKnownIsTold() throws Exception {
        DocumentCollection<Newer> newer = store.collection(NEWER);
        newer.insert("n", new Newer("a", new Part("b", 1), List.of()));
        DocumentCollection<OlderParts> older = second().collection(unshaped(OlderParts.class));
        requireUnknown("part.added", () -> older.get("n"));
        newer.put("n", new Newer("a", null, List.of(new Part("b", 1))));
        requireUnknown("parts[].added", () -> older.get("n"));
        newer.put("n", new Newer("a", null, List.of()));
        assertThat(existing(older, "n").value().text()).isEqualTo("a");
    }

    /** The same collection to one that says nothing of the shape of its documents, so that it is not refused for that. */
    private static <T> Schema<T> unshaped(Class<T> type) {
        Codec<T> json = Codec.json(type);
        return Schema.of(NEWER.name(), Codec.of(json::encode, json::decode));
    }

    private static void requireUnknown(String path, ThrowingCallable reading) {
        assertThatThrownBy(reading, "reading a document with the property '" + path + "'")
                .isInstanceOf(UndecodableDocumentException.class)
                .cause()
                .isInstanceOfSatisfying(
                        UnknownPropertyException.class,
                        e -> assertThat(e.path()).as("path").isEqualTo(path));
    }

    @Proves(Clause.V25)
    void whatCouldNotBeReadBackIsRefusedWhenTheCollectionIsOpened() {
        for (int i = 0; i < 2; i++) {
            requireRefused(Holder.class, "'held{}[]'", "Untold", "@JsonTypeInfo");
        }
        if (has(Capability.SNAPSHOTS)) {
            assertThat(store.summaries()).as("collections").isEmpty();
        }
    }

    @Proves(Clause.V25)
    void whatJacksonWritesAndDoesNotReadAsItWasIsRefused() {
        requireRefused(Matching.class, "'patterns[]'", "java.util.regex.Pattern");
        requireRefused(Counting.class, "'at'", "is written as");
        requireRefused(Hiding.class, "'hidden'", "neither written nor read");
    }

    private void requireRefused(Class<?> type, String... words) {
        Schema<?> schema = Schema.of("refused", type);
        assertThatThrownBy(() -> store.collection(schema), "store.collection of a " + type.getSimpleName())
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll(words);
    }

    @Proves(Clause.V26)
    void aValueOfASubclassThatIsNotToldIsRefusedWhenItIsWritten() {
        DocumentCollection<Holding> holding = store.collection(Schema.of("holding", Holding.class));
        Document<Holding> before = holding.insert("a", new Holding(new Base()));
        assertThatThrownBy(() -> holding.put("a", new Holding(new Sub())))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll("'a'", "'holding'", "Sub", "Base");
        DocumentCollection<Base> bases = store.collection(Schema.of("bases", Base.class));
        assertThatThrownBy(() -> bases.insert("b", new Sub()))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll("'b'", "'bases'", "Sub", "Base");
        DocumentCollection<List<Base>> lists =
                store.collection(Schema.of("lists", Codec.json(new TypeReference<List<Base>>() {})));
        assertThatThrownBy(() -> lists.insert("c", List.of(new Base(), new Sub())))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContainingAll("'c'", "'lists'", "Sub", "Base");
        assertThat(lists.exists("c")).as("lists.exists('c')").isFalse();
        assertThat(existing(holding, "a").version()).as("version").isEqualTo(before.version());
        assertThat(bases.exists("b")).as("bases.exists('b')").isFalse();
    }
}
