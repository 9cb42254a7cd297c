package dev.pagurus.store.internal.collection;

import dev.pagurus.store.Document;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Order;
import dev.pagurus.store.Query;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.internal.watch.Watch;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A query that reads and writes, with each call seen; there is none while nobody wants to know. */
final class WatchedQuery<T> extends WatchedReadQuery<T> implements Query<T> {

    private final TypedQuery<T> plain;

    private WatchedQuery(TypedQuery<T> plain, Watch watch) {
        super(plain, watch);
        this.plain = plain;
    }

    static <T> Query<T> of(TypedQuery<T> plain, Watch watch) {
        return watch.isOff() ? plain : new WatchedQuery<>(plain, watch);
    }

    @Override
    public Query<T> where(Filter<? super T> filter) {
        return of(plain.where(filter), watch);
    }

    @Override
    public Query<T> orderBy(Order<? super T> order) {
        return of(plain.orderBy(order), watch);
    }

    @Override
    public Query<T> thenBy(Order<? super T> order) {
        return of(plain.thenBy(order), watch);
    }

    @Override
    public Query<T> limit(int documents) {
        return of(plain.limit(documents), watch);
    }

    @Override
    public Query<T> startAfter(@Nullable String cursor) {
        return of(plain.startAfter(cursor), watch);
    }

    @Override
    public Query<T> undecodable(Consumer<? super UndecodableDocumentException> reader) {
        return of(plain.undecodable(reader), watch);
    }

    @Override
    public long deleteAll() {
        return see("deleteAll", plain::deleteAll, number -> number);
    }

    @Override
    public long updateAll(UnaryOperator<T> change) {
        return see("updateAll", () -> plain.updateAll(change), number -> number);
    }

    @Override
    public List<Document<T>> claim(UnaryOperator<T> change) {
        return see("claim", () -> plain.claim(change), List::size);
    }

    @Override
    public Optional<Document<T>> claimFirst(UnaryOperator<T> change) {
        return see("claimFirst", () -> plain.claimFirst(change), claimed -> WatchedReads.one(claimed));
    }
}
