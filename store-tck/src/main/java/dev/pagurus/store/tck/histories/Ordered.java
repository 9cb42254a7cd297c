package dev.pagurus.store.tck.histories;

import dev.pagurus.store.Document;
import dev.pagurus.store.Order;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.tck.samples.Model;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a part of an ordered list tells: of what is not in it, that it does not stand before its last one.
 *
 * @param first the order
 * @param second the order among equals
 */
record Ordered(Order<Mark> first, Order<Mark> second) {

    static final Ordered BY_NUMBER = new Ordered(Mark.NUMBER.desc(), Mark.TEXT.asc());

    ReadQuery<Mark> of(ReadQuery<Mark> query) {
        return query.orderBy(first).thenBy(second);
    }

    /**
     * Notes what came.
     *
     * @param after behind which one it began; null at the beginning
     * @param more whether it ended because it was full
     */
    void noteTo(Deed deed, String by, @Nullable Document<Mark> after, List<Document<Mark>> came, boolean more) {
        Comparator<Document<Mark>> order = Model.comparator(List.of(first, second));
        @Nullable Document<Mark> last = more ? came.get(came.size() - 1) : null;
        deed.listed(
                by,
                mark -> {
                    Document<Mark> document = new Document<>(mark.key(), 0, Instant.EPOCH, mark);
                    return (after == null || order.compare(document, after) > 0)
                            && (last == null || order.compare(document, last) < 0);
                },
                came);
    }
}
