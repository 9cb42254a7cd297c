package dev.pagurus.store.tck.paths;

import dev.pagurus.store.ReadableCollection;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A question whose right answer is known; it may be asked again and again. */
final class Question {

    private final Supplier<String> text;
    private final Supplier<Object> rightly;
    private final Function<ReadableCollection<Parcel>, Object> call;
    private @Nullable Object right;

    /**
     * Makes one.
     *
     * @param text what is asked, for those who read a failure
     * @param rightly gives the right answer, once
     * @param call asks
     */
    Question(Supplier<String> text, Supplier<Object> rightly, Function<ReadableCollection<Parcel>, Object> call) {
        this.text = text;
        this.rightly = rightly;
        this.call = call;
    }

    /**
     * Asks a collection.
     *
     * @param who whose collection it is
     * @throws AssertionError if the answer is another one
     */
    void ask(ReadableCollection<Parcel> collection, String who) {
        if (right == null) {
            right = rightly.get();
        }
        Object came;
        try {
            came = call.apply(collection);
        } catch (RuntimeException e) {
            throw new AssertionError(who + " failed when it was asked for " + text.get() + ": " + e, e);
        }
        if (!isSame(right, came)) {
            throw new AssertionError(
                    who + ", asked for " + text.get() + ", answered wrongly: " + Shown.difference(right, came));
        }
    }

    /** The order of a map counts. */
    private static boolean isSame(Object right, Object came) {
        return right.equals(came)
                && (!(right instanceof Map<?, ?> one)
                        || !(came instanceof Map<?, ?> other)
                        || new ArrayList<>(one.keySet()).equals(new ArrayList<>(other.keySet())));
    }
}
