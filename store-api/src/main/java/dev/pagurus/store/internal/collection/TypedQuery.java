package dev.pagurus.store.internal.collection;

import dev.pagurus.store.Document;
import dev.pagurus.store.Filter;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.Order;
import dev.pagurus.store.Query;
import dev.pagurus.store.internal.access.Access;
import dev.pagurus.store.internal.join.Retry;
import dev.pagurus.store.internal.query.Chunks;
import dev.pagurus.store.internal.query.QueryPlan;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A query that reads and writes. */
final class TypedQuery<T> extends TypedReadQuery<T> implements Query<T> {

    TypedQuery(QueryPlan<T> plan, Access access) {
        super(plan, access);
    }

    @Override
    public Query<T> where(Filter<? super T> filter) {
        return new TypedQuery<>(plan.where(filter), access);
    }

    @Override
    public Query<T> orderBy(Order<? super T> order) {
        return new TypedQuery<>(plan.orderBy(order), access);
    }

    @Override
    public Query<T> thenBy(Order<? super T> order) {
        return new TypedQuery<>(plan.thenBy(order), access);
    }

    @Override
    public Query<T> limit(int documents) {
        return new TypedQuery<>(plan.limit(documents), access);
    }

    @Override
    public Query<T> startAfter(@Nullable String cursor) {
        return new TypedQuery<>(plan.startAfter(cursor), access);
    }

    @Override
    public long deleteAll() {
        Condition condition = plan.whole("deleteAll()");
        return access.deleteAll(definition(), condition);
    }

    @Override
    public long updateAll(UnaryOperator<T> change) {
        Objects.requireNonNull(change, "change");
        Condition condition = plan.whole("updateAll(...)");
        QueryPlan<T> byId = new QueryPlan<>(plan.mapping(), plan.filters(), condition, List.of(), 0, null);
        Chunks chunks = new Chunks(byId, access);
        long updated = 0;
        while (chunks.hasNext()) {
            if (update(chunks.next(), condition, change)) {
                updated++;
            }
        }
        return updated;
    }

    /** Changes one document; if somebody was faster, as it is by then, unless it no longer matches. */
    private boolean update(StoredDocument stored, Condition condition, UnaryOperator<T> change) {
        @Nullable StoredDocument current = stored;
        @Nullable Retry retry = null;
        while (current != null) {
            Document<T> document = plan.mapping().decode(current);
            T changed = change.apply(document.value());
            if (changed == null) {
                throw new InvalidValueException("The function given to updateAll returned null for document '"
                        + document.id() + "'; use deleteAll to remove documents.");
            }
            Write write = new Write(
                    definition(),
                    document.id(),
                    Write.Precondition.version(document.version()),
                    plan.mapping().encode(document.id(), changed));
            WriteOutcome outcome = access.write(write);
            if (!(outcome instanceof WriteOutcome.VersionConflict)) {
                Outcomes.written(write, outcome);
                return true;
            }
            retry = retry == null ? access.retry("updateAll of document '" + document.id() + "'") : retry;
            retry.pause(null);
            current = read(document.id(), condition);
        }
        return false;
    }

    private @Nullable StoredDocument read(String id, Condition condition) {
        Condition sameId = new Condition.Compare("id", Condition.Operator.EQ, id);
        QueryPlan<T> one = new QueryPlan<>(
                plan.mapping(), List.of(), new Condition.And(List.of(sameId, condition)), List.of(), 0, null);
        List<StoredDocument> found =
                access.read(reads -> reads.scan(one.scan(null, 1))).documents();
        return found.isEmpty() ? null : found.get(0);
    }
}
