package dev.pagurus.store.internal.collection;

import dev.pagurus.store.Aggregate;
import dev.pagurus.store.Groups;
import dev.pagurus.store.Row;
import java.util.List;

/** Groups, with each call seen. */
record WatchedGroups<T>(TypedGroups<T> plain, WatchedReadQuery<T> query) implements Groups {

    @Override
    public Groups orderBy(Aggregate.Order order) {
        return new WatchedGroups<>(plain.orderBy(order), query);
    }

    @Override
    public Groups limit(int groups) {
        return new WatchedGroups<>(plain.limit(groups), query);
    }

    @Override
    public List<Row> aggregate(Aggregate<?>... aggregates) {
        return query.see("aggregate", plain.plan().by(), () -> plain.aggregate(aggregates), List::size);
    }
}
