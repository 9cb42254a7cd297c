package dev.pagurus.store.tck.serial;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A few cells, and parties that work on them at once; each is a transaction, a snapshot or a single operation.
 *
 * <p>What the parties saw and what they left must be what some serial order of them gives, when the same scripts run over
 * the reference engine one after the other. So the judgement is the same for engines that block, that abort and that do neither.
 */
public final class Scenario {

    private final NavigableMap<String, Cell> before = new TreeMap<>();
    private final List<Party> parties = new ArrayList<>();
    private final Schema<Cell> schema;
    private Store store;

    /** Starts a scenario, and empties the collection of cells for it. */
    public Scenario(Store store) {
        this.store = store;
        this.schema = Cell.schema(store.capabilities());
        for (Document<Cell> cell : store.collection(schema).query().list()) {
            store.collection(schema).delete(cell);
        }
    }

    /** Has a cell there from the start. */
    public Scenario given(String id, long value) {
        return given(id, value, null);
    }

    /** Has a cell with a name there from the start. */
    public Scenario given(String id, long value, @Nullable String name) {
        before.put(id, new Cell(value, name));
        return this;
    }

    /** Has the parties that follow use another handle. */
    public Scenario on(Store handle) {
        handle.collection(schema);
        this.store = handle;
        return this;
    }

    /** Adds a transaction; {@link World#turn()} divides its steps, and its commit is one more. */
    public Scenario transaction(Consumer<World> script) {
        Store handle = store;
        Consumer<World> steps = world -> {
            script.accept(world);
            world.turn();
        };
        return party("transaction", steps, work -> handle.runTransaction(tx -> work.accept(tx.collection(schema))));
    }

    /** Adds a snapshot; {@link World#turn()} divides its steps. */
    public Scenario snapshot(Consumer<World> script) {
        Store handle = store;
        return party(
                "snapshot",
                script,
                work -> handle.snapshot(view -> {
                    work.accept(view.collection(schema));
                    return true;
                }));
    }

    /** Adds an operation on the store itself, which is one step. */
    public Scenario single(Consumer<World> operation) {
        Store handle = store;
        return party("single operation", operation, work -> work.accept(handle.collection(schema)));
    }

    /** Plays the parties' steps in this order, as far as the engine lets them, and judges what came of it. */
    public void play(int... order) {
        before.forEach((id, cell) -> store.collection(schema).insert(id, cell));
        Interleaving interleaving = new Interleaving(order);
        interleaving.run(parties.stream()
                .<Runnable>map(party -> () -> party.play(interleaving))
                .toList());
        parties.forEach(Party::requireNoFailure);
        judge();
    }

    private Scenario party(String kind, Consumer<World> script, Party.Place place) {
        parties.add(new Party(parties.size() + 1, kind, script, place));
        return this;
    }

    private void judge() {
        List<Party> committed = parties.stream().filter(Party::isCommitted).toList();
        String actual = outcome(committed.stream().map(Party::seen).toList(), left(store.collection(schema)));
        Set<String> possible = new LinkedHashSet<>();
        try (Store model = Stores.open(new ReferenceProvider(), StoreConfig.of("reference:model"))) {
            for (List<Party> serial : orders(committed)) {
                possible.add(alone(model.collection(schema), serial));
            }
        }
        if (!possible.contains(actual)) {
            throw new AssertionError("No serial order of the parties explains what came of it.\ncame:     " + actual
                    + "\npossible: " + String.join("\n          ", possible));
        }
    }

    /** Says what comes of the parties one after the other; their sightings in the order of their numbers. */
    private String alone(DocumentCollection<Cell> model, List<Party> serial) {
        model.query().deleteAll();
        before.forEach(model::insert);
        NavigableMap<Integer, String> seen = new TreeMap<>();
        serial.forEach(party -> seen.put(party.number(), party.playAlone(new StoreWorld(model, () -> {}))));
        return outcome(List.copyOf(seen.values()), left(model));
    }

    private static NavigableMap<String, Cell> left(DocumentCollection<Cell> cells) {
        NavigableMap<String, Cell> left = new TreeMap<>();
        cells.query().list().forEach(cell -> left.put(cell.id(), cell.value()));
        return left;
    }

    private static String outcome(List<String> seen, NavigableMap<String, Cell> cells) {
        return String.join("; ", seen) + "; left " + cells;
    }

    private static List<List<Party>> orders(List<Party> parties) {
        if (parties.isEmpty()) {
            return List.of(List.of());
        }
        List<List<Party>> orders = new ArrayList<>();
        for (Party first : parties) {
            List<Party> others =
                    parties.stream().filter(party -> party != first).toList();
            for (List<Party> rest : orders(others)) {
                List<Party> order = new ArrayList<>();
                order.add(first);
                order.addAll(rest);
                orders.add(order);
            }
        }
        return orders;
    }
}
