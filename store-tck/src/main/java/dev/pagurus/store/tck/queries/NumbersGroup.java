package dev.pagurus.store.tck.queries;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CollectionSource;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Page;
import dev.pagurus.store.Query;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.samples.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What becomes of {@link Numbers} that are none, and of fields that say something else than their texts. */
abstract class NumbersGroup extends ClauseGroup {

    static final String SECRET = "no number";

    /** The ids that were handed over. */
    final List<String> told = new ArrayList<>();

    NumbersGroup(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    /** The same query, around what cannot be decoded. */
    final Query<Integer> around(Query<Integer> query) {
        return query.undecodable(damaged -> told.add(damaged.id()));
    }

    /** Stores 0, 1 and so on; some of them damaged, with the fields that they would have. */
    final void fill(int count, IntPredicate damaged) {
        store.collection(Numbers.SCHEMA);
        fill(store, count, damaged);
    }

    static void fill(CollectionSource source, int count, IntPredicate damaged) {
        source.collection(Numbers.TEXTS)
                .putAll(
                        IntStream.range(0, count).mapToObj(i -> new Numbers.Text(damaged.test(i) ? SECRET : "" + i, i)),
                        text -> id(text.number()),
                        OnConflict.FAIL);
    }

    final void damage(int number) {
        store.collection(Numbers.TEXTS).put(id(number), new Numbers.Text(SECRET, number));
    }

    /** Page by page. */
    static List<Document<Integer>> walk(ReadQuery<Integer> query) {
        List<Document<Integer>> documents = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<Integer> page = query.startAfter(cursor).page();
            documents.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        return documents;
    }

    static String id(int number) {
        return "n" + (10_000 + number);
    }

    /** The one document, by each of its fields, and by no other value of them. */
    static void requireFoundBy(CollectionSource source, int number) {
        DocumentCollection<Integer> numbers = source.collection(Numbers.SCHEMA);
        assertThat(numbers.query().countBy(Numbers.NUMBER))
                .as("count by number")
                .isEqualTo(Map.of((long) number, 1L));
        assertThat(numbers.query().countBy(Numbers.PARITY))
                .as("count by parity")
                .isEqualTo(Map.of(number % 2 == 0 ? "even" : "odd", 1L));
        assertThat(numbers.query().countBy(Numbers.DIGITS).keySet())
                .as("digits that are counted")
                .containsExactlyElementsOf(("" + number)
                        .chars()
                        .sorted()
                        .mapToObj(Character::toString)
                        .toList());
        for (int other : List.of(1, 7, 12)) {
            assertThat(numbers.where(Numbers.NUMBER.eq((long) other)).exists())
                    .as("found by %d", other)
                    .isEqualTo(other == number);
        }
        assertThat(numbers.where(Numbers.DIGITS.contains(("" + number).substring(0, 1)))
                        .count())
                .as("found by its first digit")
                .isEqualTo(1);
    }

    /** Stores a text with the fields of a number. */
    static Document<Numbers.Text> write(CollectionSource source, String id, String text, int number) {
        return source.collection(Numbers.TEXTS).put(id, new Numbers.Text(text, number));
    }
}
