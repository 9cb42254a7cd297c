package dev.pagurus.store.internal.collection;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Query;
import dev.pagurus.store.RawDocuments;
import dev.pagurus.store.internal.access.Access;
import dev.pagurus.store.internal.value.Mapping;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** A collection with each call seen; what a call does stands in {@link TypedCollection}. */
public final class WatchedCollection<T> extends WatchedReads<T> implements DocumentCollection<T> {

    private final TypedCollection<T> plain;

    public WatchedCollection(Mapping<T> mapping, Access access) {
        this(new TypedCollection<>(mapping, access));
    }

    private WatchedCollection(TypedCollection<T> plain) {
        super(plain);
        this.plain = plain;
    }

    @Override
    public Query<T> query() {
        return WatchedQuery.of(plain.query(), watch);
    }

    @Override
    public Query<T> where(Filter<? super T> filter) {
        return WatchedQuery.of(plain.where(filter), watch);
    }

    @Override
    public Document<T> insert(T value) {
        return watch.isOff() ? plain.insert(value) : see("insert", () -> plain.insert(value), written -> 1);
    }

    @Override
    public Document<T> insert(String id, T value) {
        return watch.isOff() ? plain.insert(id, value) : see("insert", () -> plain.insert(id, value), written -> 1);
    }

    @Override
    public Document<T> put(String id, T value) {
        return watch.isOff() ? plain.put(id, value) : see("put", () -> plain.put(id, value), written -> 1);
    }

    @Override
    public Document<T> replace(Document<T> changed) {
        return watch.isOff() ? plain.replace(changed) : see("replace", () -> plain.replace(changed), written -> 1);
    }

    @Override
    public Document<T> replace(String id, long version, T value) {
        return watch.isOff()
                ? plain.replace(id, version, value)
                : see("replace", () -> plain.replace(id, version, value), written -> 1);
    }

    @Override
    public Optional<Document<T>> update(String id, UnaryOperator<T> change) {
        return watch.isOff() ? plain.update(id, change) : see("update", () -> plain.update(id, change), null);
    }

    @Override
    public Optional<Document<T>> compute(String id, Function<Optional<T>, Optional<T>> change) {
        return watch.isOff() ? plain.compute(id, change) : see("compute", () -> plain.compute(id, change), null);
    }

    @Override
    public boolean delete(String id) {
        return watch.isOff() ? plain.delete(id) : see("delete", () -> plain.delete(id), deleted -> one(deleted));
    }

    @Override
    public boolean delete(Document<T> document) {
        return watch.isOff()
                ? plain.delete(document)
                : see("delete", () -> plain.delete(document), deleted -> one(deleted));
    }

    @Override
    public boolean delete(String id, long version) {
        return watch.isOff()
                ? plain.delete(id, version)
                : see("delete", () -> plain.delete(id, version), deleted -> one(deleted));
    }

    @Override
    public BulkResult insertAll(Stream<? extends T> values, Function<? super T, String> id, OnConflict onConflict) {
        return watch.isOff()
                ? plain.insertAll(values, id, onConflict)
                : see("insertAll", () -> plain.insertAll(values, id, onConflict), BulkResult::written);
    }

    @Override
    public BulkResult putAll(Stream<? extends T> values, Function<? super T, String> id, OnConflict onConflict) {
        return watch.isOff()
                ? plain.putAll(values, id, onConflict)
                : see("putAll", () -> plain.putAll(values, id, onConflict), BulkResult::written);
    }

    @Override
    public RawDocuments raw() {
        RawDocuments raw = plain.raw();
        return new RawDocuments() {
            @Override
            public Optional<Document<String>> get(String id) {
                return watch.isOff() ? raw.get(id) : see("get", () -> raw.get(id), found -> one(found));
            }

            @Override
            public Document<String> replace(Document<String> changed) {
                return watch.isOff() ? raw.replace(changed) : see("replace", () -> raw.replace(changed), written -> 1);
            }

            @Override
            public Document<String> replace(String id, long version, String text) {
                return watch.isOff()
                        ? raw.replace(id, version, text)
                        : see("replace", () -> raw.replace(id, version, text), written -> 1);
            }
        };
    }
}
