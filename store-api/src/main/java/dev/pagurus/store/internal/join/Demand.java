package dev.pagurus.store.internal.join;

import dev.pagurus.store.internal.value.Keyset;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoredDocument;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one claimer asks for.
 *
 * @param scan where to look, and for how many documents
 * @param passed the ids of those that it does not want
 */
public record Demand(Scan scan, Set<String> passed) {

    /** Returns the scan for more documents than are wanted, because some of them will not do. */
    public Scan scan(int more) {
        return scan(more, null);
    }

    /** Returns the same behind a position in its order; from its beginning if that is null. */
    Scan scan(int more, @Nullable List<@Nullable Object> from) {
        return new Scan(
                scan.collection(),
                scan.filter(),
                scan.order(),
                from == null ? scan.ranges() : Keyset.after(scan.order(), from),
                Math.min(scan.maxDocuments() + more, Scan.CHUNK_DOCUMENTS),
                scan.maxBytes());
    }

    /** Returns what a lone claimer takes of a chunk. */
    public Candidates of(Chunk chunk) {
        List<StoredDocument> wanted = new ArrayList<>();
        for (StoredDocument document : chunk.documents()) {
            if (wanted.size() < scan.maxDocuments() && !passed.contains(document.id())) {
                wanted.add(document);
            }
        }
        int fit = passed.isEmpty() ? chunk.documents().size() : fitting(chunk.documents());
        return new Candidates(wanted, chunk.next(), chunk.next() == null && fit == wanted.size(), lost -> {});
    }

    /** Counts the documents that would do. */
    int fitting(List<StoredDocument> documents) {
        return Math.toIntExact(documents.stream()
                .filter(document -> !passed.contains(document.id()))
                .count());
    }

    /**
     * Says whether whatever is found for this demand would be found for the other one too, as far as that is easily seen: they
     * differ at most in points in time, as those of two callers who asked for the time one after the other.
     */
    boolean serves(Demand other) {
        return scan.collection().equals(other.scan.collection())
                && scan.order().equals(other.scan.order())
                && scan.ranges().equals(other.scan.ranges())
                && implies(scan.filter(), other.scan.filter());
    }

    private static boolean implies(Condition narrow, Condition wide) {
        if (narrow instanceof Condition.And one && wide instanceof Condition.And other) {
            return imply(one.conditions(), other.conditions());
        }
        if (narrow instanceof Condition.Or one && wide instanceof Condition.Or other) {
            return imply(one.conditions(), other.conditions());
        }
        if (narrow instanceof Condition.Compare one
                && wide instanceof Condition.Compare other
                && one.field().equals(other.field())
                && one.operator() == other.operator()
                && one.value() instanceof Long value
                && other.value() instanceof Long limit) {
            return switch (one.operator()) {
                case LT, LTE -> value <= limit;
                case GT, GTE -> value >= limit;
                case EQ, NE -> value.equals(limit);
            };
        }
        return narrow.equals(wide);
    }

    private static boolean imply(List<Condition> narrow, List<Condition> wide) {
        boolean all = narrow.size() == wide.size();
        for (int i = 0; all && i < narrow.size(); i++) {
            all = implies(narrow.get(i), wide.get(i));
        }
        return all;
    }
}
