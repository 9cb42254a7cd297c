package dev.pagurus.store.tck.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Transaction;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Groups Q and T: what writes thousands of documents in one step is seen as a whole or not at all. */
@Needs(Capability.TRANSACTIONS)
public abstract class StepClauses extends ClauseGroup {

    private static final int MANY = 3_000;
    private static final int STEPS = 4;

    /** How often somebody must have looked before enough steps were made. */
    private static final int TELLING = 300;

    private static final int MOST_STEPS = 8;

    /** The steps that inserted something last. */
    private volatile List<Integer> inserted = List.of(0, 0);

    protected StepClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.Q31)
    void deleteAllOfThousandsIsOneStep() throws Exception {
        DocumentCollection<Item> items = items();
        insert(items, 0);
        whileOthersLook(step -> {
            store.runTransaction(tx -> insert(tx.collection(itemSchema()), step));
            assertThat(items.where(Item.NUMBER.eq(step - 1L)).deleteAll())
                    .as("documents that were deleted in step %d", step)
                    .isEqualTo(MANY);
        });
    }

    @Proves(Clause.T7)
    void whatATransactionDoesToThousandsIsOneStep() throws Exception {
        insert(items(), 0);
        whileOthersLook(step -> store.runTransaction(tx -> change(tx, step)));
    }

    /** In one way after the other. */
    private void change(Transaction tx, int step) {
        DocumentCollection<Item> items = tx.collection(itemSchema());
        if (step % 3 == 1) {
            items.query().updateAll(item -> item.withNumber(step));
            return;
        }
        if (step % 3 == 2) {
            items.query().deleteAll();
            insert(items, step);
            return;
        }
        // Like the ones before, which have the number of the step before.
        int last = step - 1;
        List<Integer> each = IntStream.range(0, MANY).boxed().toList();
        items.putAll(
                each.stream().map(i -> item(i, step)),
                item -> id(Integer.parseInt(String.valueOf(item.text())), last),
                OnConflict.FAIL);
    }

    @FunctionalInterface
    private interface Step {
        /** Makes the step with this number. */
        void make(int number) throws Exception;
    }

    /** Makes steps until others have looked often enough meanwhile. */
    private void whileOthersLook(Step step) throws Exception {
        try (Others some = new Others(number -> lookAtSome());
                Others all = new Others(number -> count())) {
            for (int i = 1; i <= MOST_STEPS && (i <= STEPS || some.moves() < TELLING); i++) {
                step.make(i);
                some.check();
                all.check();
            }
        }
    }

    /** Of the first, one in the middle and the last of a step, all are there or none, and they are alike. */
    private void lookAtSome() {
        for (int step : inserted) {
            List<String> ids = List.of(id(0, step), id(MANY / 2, step), id(MANY - 1, step));
            List<@Nullable Long> numbers = new ArrayList<>();
            items().getAll(ids)
                    .values()
                    .forEach(document -> numbers.add(document.value().number()));
            boolean whole = numbers.size() == ids.size() && new HashSet<>(numbers).size() == 1;
            if (!numbers.isEmpty() && !whole) {
                throw new AssertionError(
                        "A step of a transaction or a deleteAll() was seen half done: of the documents "
                                + ids + ", which are written, changed and deleted together, one getAll() found "
                                + numbers.size() + ", with the numbers " + numbers + " of the steps that wrote them.");
            }
        }
    }

    /** Every step has all of its documents. */
    private void count() {
        assertThat(items().query().countBy(Item.NUMBER))
                .as(
                        "documents by the number of the step that wrote them: each step writes %d at once, and they are"
                                + " changed and deleted at once too, so that another count is of a step that is half done",
                        MANY)
                .isNotEmpty()
                .allSatisfy((step, documents) -> assertThat(documents).isEqualTo(MANY));
        long tagged = items().where(Item.TAGS.contains("all")).count();
        assertThat(tagged % MANY)
                .as(
                        "what is over of %d documents with a tag that all have, where each step writes, changes and deletes"
                                + " %d at once: what is over is of a step that is half done",
                        tagged, MANY)
                .isZero();
    }

    private void insert(DocumentCollection<Item> items, int step) {
        List<Integer> before = inserted;
        if (before.get(1) != step) {
            inserted = List.of(before.get(1), step);
        }
        items.insertAll(
                IntStream.range(0, MANY).mapToObj(i -> item(i, step)),
                item -> id(Integer.parseInt(String.valueOf(item.text())), step),
                OnConflict.FAIL);
    }

    private static Item item(int i, int step) {
        return Item.of(String.valueOf(i)).withNumber(step).tagged("all", "tag " + i / 10);
    }

    private static String id(int i, int step) {
        return String.format(Locale.ROOT, "step %d of %05d", step, i);
    }
}
