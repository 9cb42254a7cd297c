package dev.pagurus.store.internal.collection;

import dev.pagurus.store.Row;
import dev.pagurus.store.RowPage;
import dev.pagurus.store.Selection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** A selection with each call seen, as one of the query that it is of. */
record WatchedSelection(TypedSelection<?> plain, WatchedReadQuery<?> query) implements Selection {

    private <R> R see(Supplier<R> call, ToLongFunction<? super R> rows) {
        return query.see("select", call, rows);
    }

    @Override
    public Optional<Row> first() {
        return see(plain::first, found -> WatchedReads.one(found));
    }

    @Override
    public List<Row> list() {
        return see(plain::list, List::size);
    }

    @Override
    public RowPage page() {
        return see(plain::page, page -> page.rows().size());
    }

    /** Each part is a call, as with documents. */
    @Override
    public Stream<Row> stream() {
        return plain.stream(
                scan -> see(() -> plain.read(scan), part -> part.items().size()));
    }
}
