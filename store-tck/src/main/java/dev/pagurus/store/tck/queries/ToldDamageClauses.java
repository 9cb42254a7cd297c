package dev.pagurus.store.tck.queries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.CollectionSource;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.Query;
import dev.pagurus.store.RawDocuments;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Group R: whoever is told of documents that cannot be decoded, and what an update of all does with them. */
public abstract class ToldDamageClauses extends NumbersGroup {

    protected ToldDamageClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.R16)
    void updateAllLeavesThemAsTheyAre() {
        fill(12, number -> number % 3 == 0);
        requireUpdated(store.collection(Numbers.SCHEMA), 10);
        if (has(Capability.TRANSACTIONS)) {
            told.clear();
            store.runTransaction(tx -> requireUpdated(tx.collection(Numbers.SCHEMA), 20));
        }
    }

    @Proves(Clause.R16)
    void updateAllHandsOverWhatSomebodyDamagesMeanwhile() {
        fill(6, number -> false);
        long updated = around(store.collection(Numbers.SCHEMA).query()).updateAll(number -> {
            if (number == 0) {
                damage(4);
            }
            return number + 10;
        });
        assertThat(updated).as("updated").isEqualTo(5);
        assertThat(told).containsExactly(id(4));
        assertThat(existing(store.collection(Numbers.TEXTS), id(4)).value().body())
                .as("the text of the damaged one")
                .isEqualTo(SECRET);
    }

    @Proves(Clause.R16)
    void whatTheFunctionThrowsReachesTheCaller() {
        fill(6, number -> number == 3);
        IllegalStateException own = new IllegalStateException("the function's own");
        DocumentCollection<Integer> numbers = store.collection(Numbers.SCHEMA);
        Query<Integer> query = numbers.query().undecodable(damaged -> {
            throw own;
        });
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                query::list,
                () -> query.limit(5).page(),
                () -> query.stream().toList(),
                () -> query.where(Numbers.NUMBER.eq(3L)).first(),
                () -> query.updateAll(number -> number + 10))) {
            assertThatThrownBy(call).isSameAs(own);
        }
        assertThat(existing(numbers, id(2)).value())
                .as("what was updated before")
                .isEqualTo(12);
        assertThat(existing(numbers, id(4)).value()).as("what comes behind").isEqualTo(4);
    }

    @Proves(Clause.R16)
    void theFunctionMayUseTheCollection() {
        store.collection(Numbers.SCHEMA);
        requireMended(store);
        if (has(Capability.TRANSACTIONS)) {
            store.runTransaction(this::requireMended);
        }
    }

    @Proves(Clause.R16)
    @SuppressWarnings("NullAway") // that null is refused is the point
    void theLastFunctionCountsAndOtherQueriesHaveNone() {
        fill(6, number -> number == 3);
        Query<Integer> query = store.collection(Numbers.SCHEMA).query();
        List<String> before = new ArrayList<>();
        around(query.undecodable(damaged -> before.add(damaged.id()))).list();
        assertThat(before).as("told to the function that was set before").isEmpty();
        assertThat(told).containsExactly(id(3));
        assertThat(thrown(UndecodableDocumentException.class, query::list).id()).isEqualTo(id(3));
        assertThatThrownBy(() -> query.undecodable(null))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("null");
    }

    /** Adds to what can be read, which are eight of twelve. */
    private void requireUpdated(DocumentCollection<Integer> numbers, int sum) {
        List<Document<String>> before = texts(numbers.raw());
        assertThat(around(numbers.query()).updateAll(number -> number % 10 + sum))
                .as("updated")
                .isEqualTo(8);
        assertThat(told).as("handed over").containsExactly(id(0), id(3), id(6), id(9));
        List<Document<String>> after = texts(numbers.raw());
        for (int i = 0; i < 12; i++) {
            if (i % 3 == 0) {
                assertThat(after.get(i)).as("a damaged document").isEqualTo(before.get(i));
            } else {
                assertThat(after.get(i).value()).as("document %d", i).isEqualTo("" + (i % 10 + sum));
            }
        }
    }

    private static List<Document<String>> texts(RawDocuments raw) {
        return IntStream.range(0, 12)
                .mapToObj(number -> raw.get(id(number)).orElseThrow())
                .toList();
    }

    /** Mends them while it reads. */
    private void requireMended(CollectionSource source) {
        DocumentCollection<Integer> numbers = source.collection(Numbers.SCHEMA);
        for (Function<Query<Integer>, Object> read : List.<Function<Query<Integer>, Object>>of(
                Query::list,
                query -> query.stream().toList(),
                query -> walk(query.limit(7)),
                query -> query.updateAll(number -> number))) {
            fill(source, 40, number -> number % 5 == 0);
            Query<Integer> mending = numbers.query().undecodable(damaged -> {
                Document<String> text = numbers.raw().get(damaged.id()).orElseThrow();
                numbers.raw().replace(text.withValue("7"));
            });
            assertThat(read.apply(mending)).as("what could be read").isNotNull();
            assertThat(numbers.query().list()).as("what can be read afterwards").hasSize(40);
        }
    }
}
