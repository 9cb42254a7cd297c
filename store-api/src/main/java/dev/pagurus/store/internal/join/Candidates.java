package dev.pagurus.store.internal.join;

import dev.pagurus.store.spi.StoredDocument;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Documents that one claimer may try to take.
 *
 * @param documents up to as many as were asked for, in the order of the scan
 * @param next where to look for more, if there are none; null if there is nothing behind
 * @param exhausted whether all others that matched are being taken, or passed
 * @param settling is told how many of them were lost to somebody else, when all were tried
 */
public record Candidates(
        List<StoredDocument> documents,
        @Nullable List<@Nullable Object> next,
        boolean exhausted,
        IntConsumer settling) {

    /** Says that they need not be kept from others any more; is to be called once, whatever happens. */
    public void settled(int lost) {
        settling.accept(lost);
    }
}
