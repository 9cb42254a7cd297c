package dev.pagurus.store.internal.query;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoredDocument;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a query chunk by chunk as it is consumed, holding nothing open in between.
 *
 * @param <E> what is read of each document
 */
public final class Chunks<E> implements Iterator<E> {

    private final QueryPlan<?> plan;
    private final Function<Scan, Part<E>> reader;
    private long left;
    private @Nullable List<@Nullable Object> position;
    private boolean exhausted;
    private Iterator<E> chunk = List.<E>of().iterator();

    /** One chunk, and where the next one starts; null if there is none. */
    public record Part<E>(List<E> items, @Nullable List<@Nullable Object> next) {

        public static Part<StoredDocument> of(Chunk chunk) {
            return new Part<>(chunk.documents(), chunk.next());
        }
    }

    public Chunks(QueryPlan<?> plan, Function<Scan, Part<E>> reader) {
        this.plan = plan;
        this.reader = reader;
        this.left = plan.limit() > 0 ? plan.limit() : Long.MAX_VALUE;
        this.position = plan.start();
    }

    @Override
    public boolean hasNext() {
        if (!chunk.hasNext() && !exhausted && left > 0) {
            Part<E> read = reader.apply(plan.scan(position, left));
            left -= read.items().size();
            position = read.next();
            exhausted = position == null;
            chunk = read.items().iterator();
        }
        return chunk.hasNext();
    }

    @Override
    public E next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The query has no further document.");
        }
        return chunk.next();
    }
}
