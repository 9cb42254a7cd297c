package dev.pagurus.store.tck.groups;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Aggregate;
import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Groups;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.LongField;
import dev.pagurus.store.Query;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Model;
import dev.pagurus.store.tck.samples.Samples;
import dev.pagurus.store.tck.serial.Scenario;
import dev.pagurus.store.tck.serial.World;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/** Groups Q and T: documents in groups, their order, and what is asked of them while others write. */
public abstract class GroupClauses extends GroupsGroup {

    private static final List<Aggregate<?>> ASKED = List.of(
            Aggregate.count(),
            Item.NUMBER.average(),
            Item.NUMBER.count(),
            Item.REAL.sum(),
            Item.TEXT.max(),
            Item.TIME.average());

    /** No real number is summed, so that an engine may do all of it itself. */
    private static final List<Aggregate<?>> ASKED_OF_THE_ENGINE =
            List.of(Item.NUMBER.average(), Item.TEXT.min(), Item.REAL.max(), Aggregate.count());

    private static final Filter<Item> SOME = Item.TEXT.ne("a").and(Item.NUMBER.lte(10L));

    protected GroupClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.Q56)
    void groupsComeInTheOrderOfTheirFieldsWithWhatIsMadeOfTheirDocuments() {
        List<Document<Item>> stored = Samples.store(items(), Samples.items(56, 160));
        List<Document<Item>> some = Model.list(stored, SOME, List.of());
        for (List<Field<Item, ?>> by : List.<List<Field<Item, ?>>>of(
                List.of(Item.TEXT),
                List.of(Item.REAL),
                List.of(Item.TIME),
                List.of(Item.TAGS),
                List.of(Item.COLOR, Item.FLAG),
                List.of(Item.COLOR, Item.TIME),
                List.of(Item.NUMBER, Item.TAGS),
                List.of(Item.TAGS, Item.TEXT))) {
            requireGroups(items().query(), stored, by);
            requireGroups(items().where(SOME), some, by);
        }
    }

    private static void requireGroups(ReadQuery<Item> query, List<Document<Item>> documents, List<Field<Item, ?>> by) {
        List<Expected.Group> groups = Expected.groups(documents, by);
        for (List<Aggregate<?>> asked : List.of(ASKED, ASKED_OF_THE_ENGINE, List.<Aggregate<?>>of())) {
            requireRows("" + by, groups(query, by).aggregate(asked.toArray(Aggregate<?>[]::new)), groups, by, asked);
        }
    }

    private static Groups groups(ReadQuery<Item> query, List<Field<Item, ?>> by) {
        return by.size() == 1 ? query.groupBy(by.get(0)) : query.groupBy(by.get(0), by.get(1));
    }

    @Proves(Clause.Q56)
    void distinctValuesComeInOrderWithoutNull() {
        List<Document<Item>> stored = Samples.store(items(), Samples.items(560, 120));
        for (Field<Item, ?> field : List.<Field<Item, ?>>of(
                Item.TEXT, Item.NUMBER, Item.REAL, Item.FLAG, Item.TIME, Item.COLOR, Item.TAGS)) {
            assertThat(named(items().where(SOME).distinct(field)))
                    .as("the values of %s", field)
                    .isEqualTo(Expected.groups(Model.list(stored, SOME, List.of()), List.of(field)).stream()
                            .map(group -> group.key().get(0))
                            .filter(Objects::nonNull)
                            .toList());
        }
        assertThat(items().where(Filter.anyOf(List.of())).distinct(Item.TEXT))
                .as("the values of no document")
                .isEmpty();
    }

    private static List<Object> named(List<?> values) {
        return values.stream()
                .<Object>map(value -> value instanceof Enum<?> constant ? constant.name() : value)
                .toList();
    }

    @Proves(Clause.Q57)
    void theFirstGroupsOfAnOrderAreTheFirstOfAll() {
        List<Document<Item>> stored = Samples.store(items(), Samples.items(57, 200));
        for (List<Field<Item, ?>> by : List.<List<Field<Item, ?>>>of(
                List.of(Item.TEXT),
                List.of(Item.TAGS),
                List.of(Item.COLOR, Item.NUMBER),
                List.of(Item.REAL, Item.TAGS))) {
            List<Expected.Group> all = Expected.groups(stored, by);
            for (int limit : List.of(1, 4, 1_000)) {
                requireFirst("", groups(items().query(), by), all, by, limit);
            }
            for (Aggregate<?> aggregate : List.of(
                    Aggregate.count(),
                    Item.NUMBER.sum(),
                    Item.NUMBER.average(),
                    Item.REAL.sum(),
                    Item.TEXT.min(),
                    Item.NUMBER.max(),
                    Item.TIME.average(),
                    Item.FLAG.count())) {
                for (Aggregate.Order order : List.of(aggregate.asc(), aggregate.desc())) {
                    Groups ordered = groups(items().query(), by).orderBy(order);
                    int limit = 1 + Math.floorMod(order.toString().hashCode(), 9);
                    requireFirst(" by " + order, ordered, Expected.ordered(all, order), by, limit);
                }
            }
        }
    }

    /** An average that is rounded to zero from below is no less than another one. */
    @Proves(Clause.Q57)
    void groupsWhoseAverageIsRoundedToZeroAreEqual() {
        items().put("1", Item.of("a").withReal(0.0));
        items().put("2", Item.of("b").withReal(-Double.MIN_VALUE));
        items().put("3", Item.of("b").withReal(0.0));
        items().put("4", Item.of("c").withReal(0.0));
        for (Aggregate.Order order :
                List.of(Item.REAL.average().asc(), Item.REAL.average().desc())) {
            assertThat(items().query().groupBy(Item.TEXT).orderBy(order).aggregate(Aggregate.count()))
                    .as("groups by %s", order)
                    .extracting(row -> row.get(Item.TEXT))
                    .containsExactly("a", "b", "c");
        }
    }

    private static void requireFirst(
            String order, Groups groups, List<Expected.Group> all, List<Field<Item, ?>> by, int limit) {
        requireRows(
                "the first " + limit + " of " + by + order,
                groups.limit(limit).aggregate(Aggregate.count(), Item.TEXT.max()),
                all.subList(0, Math.min(limit, all.size())),
                by,
                List.of(Aggregate.count(), Item.TEXT.max()));
    }

    @Proves(Clause.Q58)
    void whatCannotBeAskedIsRefused() {
        DocumentCollection<Item> items = items();
        Samples.store(items, Samples.items(58, 10));
        LongField<Item> undeclared = LongField.of("undeclared", Item::number);
        String cursor = items.query().limit(3).page().nextCursor();
        for (Query<Item> part : List.of(items.query().limit(3), items.query().startAfter(cursor))) {
            for (Runnable whole : List.<Runnable>of(
                    () -> part.aggregate(Aggregate.count()),
                    () -> part.groupBy(Item.TEXT),
                    () -> part.groupBy(Item.TEXT, Item.TAGS),
                    () -> part.distinct(Item.TEXT))) {
                assertThatThrownBy(whole::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContainingAll("limit", "cursor");
            }
        }
        for (Runnable unknown : List.<Runnable>of(
                () -> items.query().aggregate(undeclared.sum()),
                () -> items.query().groupBy(undeclared),
                () -> items.query().groupBy(Item.TEXT).orderBy(undeclared.max().desc()),
                () -> items.query().groupBy(Item.TEXT).aggregate(undeclared.count()),
                () -> items.query().distinct(undeclared))) {
            assertThatThrownBy(unknown::run).isInstanceOf(SchemaException.class).hasMessageContaining("undeclared");
        }
        for (Runnable senseless : List.<Runnable>of(
                () -> items.query().aggregate(),
                () -> items.query().groupBy(Item.TEXT, Item.TEXT),
                () -> items.query().groupBy(Item.TAGS, Item.TAGS),
                () -> items.query().groupBy(Item.TEXT).limit(0),
                () -> items.query().aggregate(Aggregate.count()).get(Item.TEXT.max()),
                () -> items.query().aggregate(Aggregate.count()).get(Item.TEXT))) {
            assertThatThrownBy(senseless::run).isInstanceOf(InvalidValueException.class);
        }
    }

    @Proves(Clause.T33)
    @Needs(Capability.TRANSACTIONS)
    void noTwoTransactionsSkewThroughASum() throws Exception {
        for (boolean apart : new boolean[] {false, true}) {
            Scenario scenario = new Scenario(store).given("x", 60).given("y", 60);
            scenario.transaction(one -> spend(one, "x"));
            (apart ? scenario.on(second()) : scenario)
                    .transaction(two -> spend(two, "y"))
                    .play(1, 2, 1, 2, 1, 2);
        }
    }

    /** What is not there together is not spent. */
    private static void spend(World world, String id) {
        boolean enough = world.sum(-1000, 1000) >= 100;
        world.turn();
        if (enough) {
            world.put(id, -40);
        }
    }

    @Proves(Clause.T33)
    @Needs(Capability.TRANSACTIONS)
    void noTwoTransactionsSkewThroughTheLeastValue() {
        new Scenario(store)
                .given("x", 10)
                .given("y", 20)
                .transaction(one -> undercut(one, "x"))
                .transaction(two -> undercut(two, "y"))
                .play(1, 2, 1, 2, 1, 2);
    }

    private static void undercut(World world, String id) {
        Long least = world.least();
        world.turn();
        world.put(id, least == null ? 0 : least - 1);
    }
}
