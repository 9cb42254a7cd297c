package dev.pagurus.store.internal.collection;

import dev.pagurus.store.Document;
import dev.pagurus.store.Filter;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.internal.access.Access;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.internal.watch.Watch;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The reading half of a collection, with each call seen. */
public class WatchedReads<T> implements ReadableCollection<T> {

    final Watch watch;
    private final TypedReads<T> plain;
    private final String name;

    public WatchedReads(Mapping<T> mapping, Access access) {
        this(new TypedReads<>(mapping, access));
    }

    WatchedReads(TypedReads<T> plain) {
        this.plain = plain;
        this.watch = plain.access.watch();
        this.name = plain.mapping.definition().name();
    }

    final <R> R see(String operation, Supplier<R> call, @Nullable ToLongFunction<? super R> rows) {
        return watch.see(operation, name, call::get, rows);
    }

    static long one(Optional<?> found) {
        return found.isPresent() ? 1 : 0;
    }

    static long one(boolean done) {
        return done ? 1 : 0;
    }

    @Override
    public final Optional<Document<T>> get(String id) {
        return watch.isOff() ? plain.get(id) : see("get", () -> plain.get(id), found -> one(found));
    }

    @Override
    public final Map<String, Document<T>> getAll(Collection<String> ids) {
        return watch.isOff() ? plain.getAll(ids) : see("getAll", () -> plain.getAll(ids), Map::size);
    }

    @Override
    public final boolean exists(String id) {
        return watch.isOff() ? plain.exists(id) : see("exists", () -> plain.exists(id), found -> one(found));
    }

    @Override
    public ReadQuery<T> query() {
        return WatchedReadQuery.of(plain.query(), watch);
    }

    @Override
    public ReadQuery<T> where(Filter<? super T> filter) {
        return WatchedReadQuery.of(plain.where(filter), watch);
    }
}
