package dev.pagurus.store.internal.collection;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Ids;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.RawDocuments;
import dev.pagurus.store.internal.access.Access;
import dev.pagurus.store.internal.join.Retry;
import dev.pagurus.store.internal.query.QueryPlan;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.internal.watch.Seen;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.Write.Precondition;
import dev.pagurus.store.spi.WriteOutcome;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A collection, over a store or a transaction: values become writes, outcomes become results and exceptions. */
public final class TypedCollection<T> extends TypedReads<T> implements DocumentCollection<T> {

    private static final Content DELETE = new Content.Delete();

    public TypedCollection(Mapping<T> mapping, Access access) {
        super(mapping, access);
    }

    @Override
    public TypedQuery<T> query() {
        return new TypedQuery<>(QueryPlan.all(mapping), access);
    }

    @Override
    public TypedQuery<T> where(Filter<? super T> filter) {
        return query().where(filter);
    }

    @Override
    public Document<T> insert(T value) {
        return insert(Ids.next(), value);
    }

    @Override
    public Document<T> insert(String id, T value) {
        return store(id, Precondition.ABSENT, value);
    }

    @Override
    public Document<T> put(String id, T value) {
        return store(id, Precondition.NONE, value);
    }

    @Override
    public Document<T> replace(Document<T> changed) {
        Objects.requireNonNull(changed, "changed");
        return replace(changed.id(), changed.version(), changed.value());
    }

    @Override
    public Document<T> replace(String id, long version, T value) {
        return store(id, Precondition.version(version), value);
    }

    @Override
    public Optional<Document<T>> update(String id, UnaryOperator<T> change) {
        Objects.requireNonNull(change, "change");
        return change("update", id, found -> found.isPresent() ? Optional.of(changed(id, change, found.get())) : found);
    }

    @Override
    public Optional<Document<T>> compute(String id, Function<Optional<T>, Optional<T>> change) {
        Objects.requireNonNull(change, "change");
        return change("compute", id, found -> {
            Optional<T> wanted = change.apply(found);
            if (wanted == null) {
                throw new InvalidValueException("The function given to compute returned null for document '" + id
                        + "'; return Optional.empty() to have no document.");
            }
            return wanted;
        });
    }

    @Override
    public boolean delete(String id) {
        return delete(id, Precondition.NONE);
    }

    @Override
    public boolean delete(Document<T> document) {
        Objects.requireNonNull(document, "document");
        return delete(document.id(), document.version());
    }

    @Override
    public boolean delete(String id, long version) {
        return delete(id, Precondition.version(version));
    }

    @Override
    public BulkResult insertAll(Stream<? extends T> values, Function<? super T, String> id, OnConflict onConflict) {
        return new Bulk<>(mapping, access, Precondition.ABSENT, onConflict).run(values, id);
    }

    @Override
    public BulkResult putAll(Stream<? extends T> values, Function<? super T, String> id, OnConflict onConflict) {
        return new Bulk<>(mapping, access, Precondition.NONE, onConflict).run(values, id);
    }

    @Override
    public RawDocuments raw() {
        return new RawTexts<>(mapping, access);
    }

    private Document<T> store(String id, Precondition precondition, T value) {
        Write write = write(id, precondition, value);
        return document(id, value, Outcomes.written(write, access.write(write)));
    }

    private boolean delete(String id, Precondition precondition) {
        Write write = new Write(mapping.definition(), mapping.checkId(id), precondition, DELETE);
        WriteOutcome outcome = access.write(write);
        if (outcome instanceof WriteOutcome.Deleted) {
            return true;
        }
        if (outcome instanceof WriteOutcome.NotFound
                || (outcome instanceof WriteOutcome.VersionConflict conflict && conflict.current() == null)) {
            return false;
        }
        throw Outcomes.failure(write, outcome);
    }

    /** Reads, changes, and compares-and-sets until nobody was faster. */
    private Optional<Document<T>> change(String what, String id, Function<Optional<T>, Optional<T>> change) {
        @Nullable Retry retry = null;
        while (true) {
            Optional<Document<T>> found = get(id);
            Optional<T> wanted = change.apply(found.map(Document::value));
            if (found.isEmpty() && wanted.isEmpty()) {
                changed(0);
                return Optional.empty();
            }
            Precondition unchanged =
                    found.isPresent() ? Precondition.version(found.get().version()) : Precondition.ABSENT;
            Write write = wanted.isPresent()
                    ? write(id, unchanged, wanted.get())
                    : new Write(mapping.definition(), id, unchanged, DELETE);
            WriteOutcome outcome = access.write(write);
            if (outcome instanceof WriteOutcome.VersionConflict || outcome instanceof WriteOutcome.DuplicateId) {
                retry = retry == null ? access.retry(what + " of document '" + id + "'") : retry;
                retry.pause(null);
                continue;
            }
            if (outcome instanceof WriteOutcome.Deleted) {
                changed(1);
                return Optional.empty();
            }
            WriteOutcome.Written written = Outcomes.written(write, outcome);
            changed(1);
            return wanted.map(value -> document(id, value, written));
        }
    }

    /** The answer does not say it: it is empty also after a deletion. */
    private void changed(int documents) {
        @Nullable Seen seen = access.watch().current();
        if (seen != null) {
            seen.rows(documents);
        }
    }

    private Write write(String id, Precondition precondition, T value) {
        mapping.checkId(id);
        return new Write(mapping.definition(), id, precondition, mapping.encode(id, value));
    }

    static <T> Document<T> document(String id, T value, WriteOutcome.Written written) {
        return new Document<>(id, written.version(), Micros.toInstant(written.createdAt()), value);
    }

    private static <T> T changed(String id, UnaryOperator<T> change, T value) {
        T changed = change.apply(value);
        if (changed == null) {
            throw new InvalidValueException("The function given to update returned null for document '" + id
                    + "'; use compute or delete to remove a document.");
        }
        return changed;
    }
}
