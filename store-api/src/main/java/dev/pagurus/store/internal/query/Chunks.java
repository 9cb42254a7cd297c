package dev.pagurus.store.internal.query;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoredDocument;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads a query chunk by chunk as it is consumed, holding nothing open in between. */
public final class Chunks implements Iterator<StoredDocument> {

    private final QueryPlan<?> plan;
    private final Function<Scan, Chunk> reader;
    private long left;
    private @Nullable List<@Nullable Object> position;
    private boolean exhausted;
    private Iterator<StoredDocument> chunk = List.<StoredDocument>of().iterator();

    public Chunks(QueryPlan<?> plan, Function<Scan, Chunk> reader) {
        this.plan = plan;
        this.reader = reader;
        this.left = plan.limit() > 0 ? plan.limit() : Long.MAX_VALUE;
        this.position = plan.start();
    }

    @Override
    public boolean hasNext() {
        if (!chunk.hasNext() && !exhausted && left > 0) {
            Chunk read = reader.apply(plan.scan(position, left));
            left -= read.documents().size();
            position = read.next();
            exhausted = position == null;
            chunk = read.documents().iterator();
        }
        return chunk.hasNext();
    }

    @Override
    public StoredDocument next() {
        if (!hasNext()) {
            throw new NoSuchElementException("The query has no further document.");
        }
        return chunk.next();
    }
}
