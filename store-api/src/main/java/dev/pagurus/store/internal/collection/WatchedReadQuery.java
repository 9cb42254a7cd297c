package dev.pagurus.store.internal.collection;

import dev.pagurus.store.Aggregate;
import dev.pagurus.store.Document;
import dev.pagurus.store.Explanation;
import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Groups;
import dev.pagurus.store.Order;
import dev.pagurus.store.Page;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.Row;
import dev.pagurus.store.Selection;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.internal.query.QueryIndexes;
import dev.pagurus.store.internal.query.QueryShape;
import dev.pagurus.store.internal.watch.Watch;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A query that reads, with each call seen; there is none while nobody wants to know. */
class WatchedReadQuery<T> implements ReadQuery<T> {

    final Watch watch;
    private final TypedReadQuery<T> plain;

    WatchedReadQuery(TypedReadQuery<T> plain, Watch watch) {
        this.plain = plain;
        this.watch = watch;
    }

    static <T> ReadQuery<T> of(TypedReadQuery<T> plain, Watch watch) {
        return watch.isOff() ? plain : new WatchedReadQuery<>(plain, watch);
    }

    final <R> R see(String operation, Supplier<R> call, ToLongFunction<? super R> rows) {
        return see(operation, QueryShape.of(plain.plan), call, rows);
    }

    final <R> R see(
            String operation, List<? extends Field<?, ?>> by, Supplier<R> call, ToLongFunction<? super R> rows) {
        return see(operation, QueryShape.of(plain.plan, by), call, rows);
    }

    private <R> R see(String operation, String shape, Supplier<R> call, ToLongFunction<? super R> rows) {
        return watch.see(
                operation, plain.definition().name(), shape, () -> QueryIndexes.of(plain.plan), call::get, rows);
    }

    @Override
    public ReadQuery<T> where(Filter<? super T> filter) {
        return of(plain.where(filter), watch);
    }

    @Override
    public ReadQuery<T> orderBy(Order<? super T> order) {
        return of(plain.orderBy(order), watch);
    }

    @Override
    public ReadQuery<T> thenBy(Order<? super T> order) {
        return of(plain.thenBy(order), watch);
    }

    @Override
    public ReadQuery<T> limit(int documents) {
        return of(plain.limit(documents), watch);
    }

    @Override
    public ReadQuery<T> startAfter(@Nullable String cursor) {
        return of(plain.startAfter(cursor), watch);
    }

    @Override
    public ReadQuery<T> undecodable(Consumer<? super UndecodableDocumentException> reader) {
        return of(plain.undecodable(reader), watch);
    }

    @Override
    public final Optional<Document<T>> first() {
        return see("first", plain::first, found -> WatchedReads.one(found));
    }

    @Override
    public final List<Document<T>> list() {
        return see("list", plain::list, List::size);
    }

    @Override
    public final Page<T> page() {
        return see("page", plain::page, page -> page.items().size());
    }

    /** Each part is a call when it is read: between them is the caller's time, and the end may never be asked for. */
    @Override
    public final Stream<Document<T>> stream() {
        return plain.stream(scan ->
                see("stream", () -> plain.read(scan), chunk -> chunk.documents().size()));
    }

    @Override
    public final Selection select(Field<?, ?>... fields) {
        return new WatchedSelection(plain.select(fields), this);
    }

    @Override
    public final long count() {
        return see("count", plain::count, number -> number);
    }

    @Override
    public final boolean exists() {
        return see("exists", plain::exists, found -> WatchedReads.one(found));
    }

    @Override
    public final <V> Map<@Nullable V, Long> countBy(Field<? super T, V> field) {
        return see(
                "countBy",
                List.of(Objects.requireNonNull(field, "field")),
                () -> plain.countBy(field),
                counts -> counts.values().stream().mapToLong(Long::longValue).sum());
    }

    @Override
    public final Row aggregate(Aggregate<?>... aggregates) {
        return see("aggregate", () -> plain.aggregate(aggregates), row -> 1);
    }

    @Override
    public final Groups groupBy(Field<? super T, ?> field) {
        return new WatchedGroups<>(plain.groupBy(field), this);
    }

    @Override
    public final Groups groupBy(Field<? super T, ?> field, Field<? super T, ?> other) {
        return new WatchedGroups<>(plain.groupBy(field, other), this);
    }

    @Override
    public final <V> List<V> distinct(Field<? super T, V> field) {
        return see(
                "distinct", List.of(Objects.requireNonNull(field, "field")), () -> plain.distinct(field), List::size);
    }

    @Override
    public final Explanation explain() {
        return see("explain", plain::explain, said -> 0);
    }
}
