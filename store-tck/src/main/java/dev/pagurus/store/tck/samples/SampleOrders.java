package dev.pagurus.store.tck.samples;

import dev.pagurus.store.Order;
import dev.pagurus.store.Query;
import dev.pagurus.store.Schema;
import java.util.List;

/** Orders of every kind over the standard items: each field, both directions, several, mixed, with and without an index. */
public final class SampleOrders {

    private static final Schema<Item> SCHEMA = Item.SCHEMA;

    /** Orders whose values no document keeps when it is written again are not among them. */
    public static final List<List<Order<Item>>> ALL = List.of(
            List.of(),
            List.of(SCHEMA.id().asc()),
            List.of(SCHEMA.id().desc()),
            List.of(Item.TEXT.asc()),
            List.of(Item.TEXT.desc()),
            List.of(Item.NUMBER.asc()),
            List.of(Item.NUMBER.desc()),
            List.of(Item.REAL.asc()),
            List.of(Item.REAL.desc()),
            List.of(Item.FLAG.asc()),
            List.of(Item.FLAG.desc()),
            List.of(Item.TIME.asc()),
            List.of(Item.TIME.desc()),
            List.of(Item.COLOR.asc()),
            List.of(Item.COLOR.desc()),
            List.of(Item.COLOR.asc(), Item.TIME.asc()),
            List.of(Item.COLOR.desc(), Item.TIME.desc()),
            List.of(Item.NUMBER.desc(), Item.TEXT.asc()),
            List.of(Item.NUMBER.asc(), Item.TEXT.desc()),
            List.of(Item.FLAG.asc(), Item.COLOR.desc(), Item.TEXT.asc()),
            List.of(Item.FLAG.desc(), Item.COLOR.desc(), Item.REAL.asc(), Item.TEXT.desc()),
            List.of(Item.COLOR.asc(), SCHEMA.id().desc()),
            List.of(Item.COLOR.desc(), SCHEMA.id().asc()),
            List.of(Item.FLAG.asc(), SCHEMA.id().desc(), Item.TEXT.asc()),
            List.of(SCHEMA.createdAt().desc(), Item.FLAG.asc()),
            List.of(SCHEMA.updatedAt().asc(), Item.FLAG.desc()));

    private SampleOrders() {}

    /** Returns the query with these orders. */
    public static Query<Item> ordered(Query<Item> query, List<Order<Item>> orders) {
        Query<Item> ordered = query;
        for (int i = 0; i < orders.size(); i++) {
            ordered = i == 0 ? ordered.orderBy(orders.get(i)) : ordered.thenBy(orders.get(i));
        }
        return ordered;
    }
}
