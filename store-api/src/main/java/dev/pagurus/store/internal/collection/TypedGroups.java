package dev.pagurus.store.internal.collection;

import dev.pagurus.store.Aggregate;
import dev.pagurus.store.Groups;
import dev.pagurus.store.Row;
import dev.pagurus.store.internal.access.Access;
import dev.pagurus.store.internal.query.GroupPlan;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import java.util.Collections;
import java.util.List;
import java.util.Objects;

/** Groups of the documents of a query, or all of them as one. */
record TypedGroups<T>(GroupPlan<T> plan, Access access) implements Groups {

    @Override
    public TypedGroups<T> orderBy(Aggregate.Order order) {
        return new TypedGroups<>(plan.orderBy(Objects.requireNonNull(order, "order")), access);
    }

    @Override
    public TypedGroups<T> limit(int groups) {
        return new TypedGroups<>(plan.limit(groups), access);
    }

    @Override
    public List<Row> aggregate(Aggregate<?>... aggregates) {
        for (Aggregate<?> one : Objects.requireNonNull(aggregates, "aggregates")) {
            Objects.requireNonNull(one, "aggregate");
        }
        List<Aggregate<?>> all = List.of(aggregates);
        Grouping grouping = plan.grouping(all);
        return Collections.unmodifiableList(plan.rows(grouping, read(grouping), all));
    }

    /** Returns the groups in order. */
    List<Group> read(Grouping grouping) {
        return plan.ordered(grouping, access.read(reads -> reads.groups(grouping)));
    }
}
