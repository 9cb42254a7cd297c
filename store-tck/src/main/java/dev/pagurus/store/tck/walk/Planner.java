package dev.pagurus.store.tck.walk;

import dev.pagurus.store.Filter;
import dev.pagurus.store.Order;
import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.SampleOrders;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Makes the steps of a seed, always the same ones. */
final class Planner {

    private static final List<Verb> READS = List.of(
            Verb.GET,
            Verb.GET_ALL,
            Verb.EXISTS,
            Verb.LIST,
            Verb.LIST,
            Verb.STREAM,
            Verb.FIRST,
            Verb.ANY,
            Verb.COUNT,
            Verb.COUNT,
            Verb.COUNT_BY,
            Verb.COUNT_BY);

    private static final List<Verb> PAGES = List.of(
            Verb.PAGE, Verb.PAGE, Verb.NEXT_PAGE, Verb.NEXT_PAGE, Verb.NEXT_PAGE, Verb.PAGES, Verb.FOREIGN_PAGE);

    private static final List<Verb> WRITES = List.of(
            Verb.INSERT,
            Verb.INSERT,
            Verb.INSERT_NEW,
            Verb.PUT,
            Verb.PUT,
            Verb.PUT,
            Verb.REPLACE,
            Verb.REPLACE_KEPT,
            Verb.REPLACE_VERSION,
            Verb.UPDATE,
            Verb.COMPUTE,
            Verb.COMPUTE,
            Verb.COMPUTE_NONE,
            Verb.DELETE,
            Verb.DELETE_READ,
            Verb.DELETE_KEPT,
            Verb.DELETE_VERSION,
            Verb.INSERT_ALL,
            Verb.INSERT_ALL,
            Verb.PUT_ALL,
            Verb.PUT_ALL,
            Verb.UPDATE_ALL);

    private static final int MOST_OPERATIONS = 4;

    /** So many documents more are there after a snapshot that is held. */
    private static final int MANY_MORE = 60;

    private static final int MILLIS = 10;

    private final Terrain terrain;
    private final Random random;
    private final Draw draw;

    /** Of its own, so that a walk with readers is otherwise the one without. */
    private final Random readers;

    private Instant now = Walk.START;

    private Planner(Seed seed, Terrain terrain) {
        this.terrain = terrain;
        this.random = new Random(seed.value());
        this.draw = new Draw(random, terrain);
        this.readers = new Random(~seed.value());
    }

    /** Returns the steps. */
    static List<Step> steps(Seed seed, Terrain terrain) {
        return new Planner(seed, terrain).steps();
    }

    private List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (int collection = 0; collection < terrain.land().collections(); collection++) {
            boolean large = draw.isLarge() && collection == 0;
            int documents = large
                    ? terrain.land().documents() / 2
                            + random.nextInt(terrain.land().documents() / 2)
                    : 11;
            Parts parts = parts(draw.bulk(documents), Verb.INSERT_ALL, true);
            steps.add(new Step.Single(next(), 0, new Operation(collection, Verb.INSERT_ALL, parts)));
        }
        int half = terrain.steps() / 2;
        for (int i = 0; i < terrain.steps(); i++) {
            add(steps);
            if (terrain.feed() && readers.nextInt(3) == 0) {
                steps.add(fed(readers.nextInt(Fed.READERS), readers.nextBoolean()));
            }
            if (i == half && !draw.isLarge()) {
                steps.add(new Step.Compared(now));
            }
        }
        if (terrain.feed()) {
            IntStream.rangeClosed(0, Fed.LATE).forEach(reader -> steps.add(fed(reader, true)));
        }
        steps.add(new Step.Compared(now));
        steps.add(new Step.Summed(now, random.nextInt(terrain.land().handles())));
        return steps;
    }

    private void add(List<Step> steps) {
        int kind = random.nextInt(100);
        if (kind < terrain.odds().held()) {
            steps.add(held());
        } else if (kind < terrain.odds().held() + terrain.odds().revised()) {
            revise(steps);
        } else if (terrain.land().handles() > 1 && kind == 99) {
            steps.add(new Step.Reopened(next(), handle()));
        } else if (terrain.transactions() && random.nextInt(3) == 0) {
            steps.add(together());
        } else {
            steps.add(single());
        }
    }

    /** One that is given up begins with a write, which may be one of everything: it leaves no trace. */
    private Step together() {
        boolean givesUp = random.nextInt(4) == 0;
        List<Operation> operations = new ArrayList<>();
        if (givesUp) {
            operations.add(random.nextInt(3) == 0 ? deletion() : operation(draw.any(WRITES), true));
        }
        IntStream.range(0, 1 + random.nextInt(MOST_OPERATIONS)).forEach(i -> operations.add(operation(true)));
        return new Together(next(), handle(), operations, givesUp);
    }

    private Operation deletion() {
        Operation any = operation(Verb.DELETE_ALL, true);
        return new Operation(any.collection(), any.verb(), any.parts().ofEverything());
    }

    private Step single() {
        return new Step.Single(next(), handle(), operation(false));
    }

    /** The other handle learns of it at once, or after some steps in which it is an old version of the application. */
    private void revise(List<Step> steps) {
        int handle = handle();
        int collection = random.nextInt(terrain.land().collections());
        steps.add(new Step.Revised(next(), handle, collection, Shape.any(random)));
        IntStream.range(0, random.nextBoolean() ? 0 : 6).forEach(i -> steps.add(single()));
        IntStream.range(0, terrain.land().handles())
                .filter(other -> other != handle)
                .forEach(other -> steps.add(new Step.Followed(now, other, collection)));
    }

    /** Whatever else is asked and written: there are more documents afterwards, and how many is asked for. */
    private Step held() {
        int handle = handle();
        List<Operation> questions = new ArrayList<>();
        questions.add(operation(Verb.LIST, true));
        questions.add(operation(Verb.PAGES, true));
        questions.add(operation(draw.any(READS), true));
        questions.add(new Operation(
                0, Verb.COUNT, new Parts(List.of(), Parts.EVERYTHING, List.of(), 0, draw.any(Shape.FIELDS), 0)));
        Instant at = next();
        List<Step> meanwhile = new ArrayList<>();
        List<Parts.Given> more = new ArrayList<>(draw.bulk(draw.size()));
        more.addAll(draw.unseen(draw.isLarge() ? MANY_MORE : 1));
        meanwhile.add(
                new Step.Single(next(), handle(), new Operation(0, Verb.PUT_ALL, parts(more, Verb.PUT_ALL, false))));
        for (int i = random.nextInt(4); i > 0; i--) {
            meanwhile.add(new Step.Single(next(), handle(), operation(write(), false)));
        }
        return new Held(at, handle, questions, meanwhile);
    }

    /** Pages are small, but where it would be a long way. */
    private Step fed(int reader, boolean toTheEnd) {
        int limit = draw.isLarge() ? 300 + readers.nextInt(500) : 1 + readers.nextInt(12);
        return new Fed(now, readers.nextInt(terrain.land().handles()), reader, limit, toTheEnd);
    }

    private Instant next() {
        now = now.plusMillis(terrain.clockMayStand() && random.nextInt(7) == 0 ? -3 : MILLIS);
        return now;
    }

    private int handle() {
        return random.nextInt(terrain.land().handles());
    }

    private Operation operation(boolean together) {
        int kind = random.nextInt(100);
        return operation(
                kind < terrain.odds().pages() ? draw.any(PAGES) : kind < 60 ? write() : draw.any(READS), together);
    }

    private Verb write() {
        return terrain.deletesAll() && random.nextInt(draw.isLarge() ? 8 : 16) == 0
                ? Verb.DELETE_ALL
                : draw.any(WRITES);
    }

    private Operation operation(Verb verb, boolean together) {
        int documents = verb == Verb.INSERT_ALL || verb == Verb.PUT_ALL || verb == Verb.GET_ALL ? draw.size() : 1;
        int collection = random.nextInt(terrain.land().collections());
        Parts parts = parts(draw.bulk(documents), verb, together);
        return new Operation(collection, verb == Verb.UPDATE_ALL ? changing(parts) : verb, parts);
    }

    /** Some of those that change what matches take only the first of it. Not drawn: that would make other walks of all seeds. */
    private static Verb changing(Parts parts) {
        return switch (parts.choice() % 4) {
            case 0 -> Verb.CLAIM;
            case 1 -> Verb.CLAIM_FIRST;
            default -> Verb.UPDATE_ALL;
        };
    }

    private Parts parts(List<Parts.Given> documents, Verb verb, boolean together) {
        // Outside of a transaction updateAll writes document by document.
        boolean slow = verb == Verb.UPDATE_ALL && !together;
        boolean narrow = draw.isLarge() && (slow || (verb == Verb.DELETE_ALL && random.nextBoolean()));
        int limit = limit(verb);
        Filter<Item> filter = narrow ? draw.narrowFilter() : draw.filter();
        return new Parts(
                documents,
                verb == Verb.NEXT_PAGE && random.nextBoolean() ? Parts.EVERYTHING : filter,
                orders(),
                limit,
                random.nextBoolean() ? draw.askedLast() : draw.any(Shape.FIELDS),
                random.nextInt(60));
    }

    private int limit(Verb verb) {
        if (verb == Verb.PAGES && draw.isLarge()) {
            return 200 + draw.limit();
        }
        // Without a small one there is seldom a next page.
        return verb == Verb.PAGE || verb == Verb.NEXT_PAGE ? 1 + random.nextInt(4) : draw.limit();
    }

    private List<Order<Item>> orders() {
        // The last ones are by the time of the last write, which stores raise as they like where the clock stands.
        int most = SampleOrders.ALL.size() - (terrain.saysVersions() ? 0 : 1);
        return SampleOrders.ALL.get(random.nextInt(most));
    }
}
