package dev.pagurus.store.internal.collection;

import dev.pagurus.store.Document;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Order;
import dev.pagurus.store.Query;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.internal.access.Access;
import dev.pagurus.store.internal.query.QueryPlan;
import dev.pagurus.store.spi.Condition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A query that reads and writes. */
final class TypedQuery<T> extends TypedReadQuery<T> implements Query<T> {

    TypedQuery(QueryPlan<T> plan, Access access) {
        super(plan, access);
    }

    @Override
    public TypedQuery<T> where(Filter<? super T> filter) {
        return new TypedQuery<>(plan.where(filter), access);
    }

    @Override
    public TypedQuery<T> orderBy(Order<? super T> order) {
        return new TypedQuery<>(plan.orderBy(order), access);
    }

    @Override
    public TypedQuery<T> thenBy(Order<? super T> order) {
        return new TypedQuery<>(plan.thenBy(order), access);
    }

    @Override
    public TypedQuery<T> limit(int documents) {
        return new TypedQuery<>(plan.limit(documents), access);
    }

    @Override
    public TypedQuery<T> startAfter(@Nullable String cursor) {
        return new TypedQuery<>(plan.startAfter(cursor), access);
    }

    @Override
    public TypedQuery<T> undecodable(Consumer<? super UndecodableDocumentException> reader) {
        return new TypedQuery<>(plan.undecodable(reader), access);
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
        return new UpdateAll<>(plan, condition, access, change).run();
    }

    @Override
    public List<Document<T>> claim(UnaryOperator<T> change) {
        Objects.requireNonNull(change, "change");
        return new Claim<>(plan.toClaim(plan.limit()), access, change).run();
    }

    @Override
    public Optional<Document<T>> claimFirst(UnaryOperator<T> change) {
        Objects.requireNonNull(change, "change");
        return new Claim<>(plan.toClaim(1), access, change).run().stream().findFirst();
    }
}
