package dev.pagurus.store.tck.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InvalidCursorException;
import dev.pagurus.store.Query;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Samples;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Group Q, cursors: what one belongs to, and what is none. */
public abstract class CursorClauses extends ClauseGroup {

    protected CursorClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.Q23)
    void aCursorGoesOnWithAnotherFilter() {
        DocumentCollection<Item> items = numbers();
        Query<Item> query = items.query().orderBy(Item.NUMBER.asc()).limit(3);
        String cursor = query.page().nextCursor();
        assertThat(query.where(Item.NUMBER.ne(4)).startAfter(cursor).page().items())
                .extracting(Document::id)
                .containsExactly("3", "5", "6");
    }

    @Proves(Clause.Q23)
    void aCursorOutlivesTheStoreThatMadeIt() throws Exception {
        String cursor = cursor(numbers().query().orderBy(Item.NUMBER.asc()));
        assertThat(reopen().collection(itemSchema())
                        .query()
                        .orderBy(Item.NUMBER.asc())
                        .startAfter(cursor)
                        .first())
                .map(Document::id)
                .contains("3");
    }

    @Proves(Clause.Q23)
    void anotherOrderRefusesACursor() {
        DocumentCollection<Item> items = numbers();
        String cursor = cursor(items.query().orderBy(Item.NUMBER.asc()));
        for (Query<Item> other : List.of(
                items.query(),
                items.query().orderBy(Item.NUMBER.desc()),
                items.query().orderBy(Item.REAL.asc()),
                items.query().orderBy(Item.TIME.asc()),
                items.query().orderBy(Item.NUMBER.asc()).thenBy(Item.TEXT.asc()))) {
            assertThatThrownBy(() -> other.startAfter(cursor).page())
                    .isInstanceOf(InvalidCursorException.class)
                    .hasMessageContainingAll("cursor", "another order", "first page");
        }
    }

    @Proves(Clause.Q23)
    void anotherCollectionRefusesACursor() {
        String cursor = cursor(numbers().query());
        DocumentCollection<Item> others = store.collection(itemSchema("others"));
        assertThatThrownBy(() -> others.query().startAfter(cursor).page())
                .isInstanceOf(InvalidCursorException.class)
                .hasMessageContainingAll("another collection", "'others'");
    }

    @Proves(Clause.Q23)
    void noCursorIsTheBeginning() {
        assertThat(numbers().query().startAfter(null).first()).map(Document::id).contains("0");
    }

    @Proves(Clause.Q24)
    void garbageIsNoCursor() {
        Query<Item> query = numbers().query();
        for (String garbage : List.of(
                "",
                " ",
                "a",
                "AAAA",
                "=",
                "not a cursor",
                "\0",
                "\uD800",
                "../../etc/passwd",
                "' or 1=1",
                "AQAAAAA",
                "A".repeat(100_000))) {
            for (ThrowingCallable use : uses(query.startAfter(garbage))) {
                assertThatThrownBy(use, "cursor %s", garbage)
                        .isInstanceOf(InvalidCursorException.class)
                        .hasMessageContaining("cursor");
            }
        }
        assertThat(query.list()).hasSize(10);
    }

    @Proves(Clause.Q24)
    void aDamagedCursorIsRefused() {
        Query<Item> query = numbers().query().orderBy(Item.NUMBER.asc());
        String cursor = cursor(query);
        for (int i = 0; i < cursor.length(); i++) {
            String before = cursor.substring(0, i);
            assertRefused(query, before);
            for (char other : "ABEQgkwz09-_".toCharArray()) {
                assertRefused(query, before + other + cursor.substring(i));
                if (other != cursor.charAt(i)) {
                    assertRefused(query, before + other + cursor.substring(i + 1));
                }
            }
        }
    }

    @Proves(Clause.Q24)
    void aCursorIsSafeInAUrl() {
        DocumentCollection<Item> items = items();
        for (String text : Samples.TEXTS) {
            items.put("id" + text, Item.of(text));
        }
        Query<Item> query = items.query().orderBy(Item.TEXT.asc()).limit(1);
        for (String cursor = query.page().nextCursor();
                cursor != null;
                cursor = query.startAfter(cursor).page().nextCursor()) {
            assertThat(cursor).matches("[A-Za-z0-9_.~-]+");
        }
    }

    private static void assertRefused(Query<Item> query, String damaged) {
        assertThatThrownBy(() -> query.startAfter(damaged).page(), "cursor %s", damaged)
                .isInstanceOf(InvalidCursorException.class);
    }

    private static List<ThrowingCallable> uses(ReadQuery<Item> query) {
        return List.of(
                query::page,
                query::list,
                query::first,
                query::exists,
                () -> query.stream().toList());
    }

    private static String cursor(Query<Item> query) {
        return Objects.requireNonNull(query.limit(3).page().nextCursor());
    }

    private DocumentCollection<Item> numbers() {
        DocumentCollection<Item> items = items();
        for (int i = 0; i < 10; i++) {
            items.put("" + i, Item.ofNumber(i));
        }
        return items;
    }
}
