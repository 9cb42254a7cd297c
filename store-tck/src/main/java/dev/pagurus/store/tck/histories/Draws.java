package dev.pagurus.store.tck.histories;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Draws what a party does: of every kind, about few documents of few values, so that the parties meet.
 *
 * @param random by what
 * @param ids the documents
 * @param unique whether there are unique values
 * @param deletesAll whether queries can delete outside of transactions
 */
record Draws(Random random, List<String> ids, boolean unique, boolean deletesAll) {

    private static final List<Set<String>> TAGS =
            List.of(Set.of(), Set.of("x"), Set.of("y", "z"), Set.of("x", "y", "z"));
    private static final int NUMBERS = 4;
    private static final int CODES = 3;

    /** Returns a document that somebody may want to have there, or asks for. */
    Mark mark(History history) {
        return mark(history, ids);
    }

    /** Returns one of these. */
    Mark mark(History history, List<String> ids) {
        return new Mark(
                ids.get(random.nextInt(ids.size())),
                history.stamp(),
                random.nextInt(NUMBERS + 1) == 0 ? null : (Long) (long) random.nextInt(NUMBERS),
                oneOf(Arrays.asList(null, "a", "ab", "b")),
                oneOf(TAGS),
                unique && random.nextInt(3) == 0 ? "code " + random.nextInt(CODES) : null);
    }

    /** Returns a read. */
    Act read() {
        return oneOf(ReadAct.values());
    }

    /** Returns a write. */
    Act write() {
        WriteAct write = oneOf(WriteAct.values());
        return write == WriteAct.DELETE_ALL && !deletesAll ? WriteAct.DELETE : write;
    }

    /** Returns what a transaction does: some reads and writes, at least one of the one or the other. */
    List<Act> acts() {
        List<Act> acts = new ArrayList<>();
        int count = 2 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            acts.add(random.nextInt(5) < 3 ? read() : write());
        }
        acts.add(write());
        return acts;
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    private <V> V oneOf(V[] values) {
        return values[random.nextInt(values.length)];
    }

    private <V extends @Nullable Object> V oneOf(List<V> values) {
        return values.get(random.nextInt(values.size()));
    }
}
