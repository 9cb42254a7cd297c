package dev.pagurus.store.tck.serial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** A world that keeps in mind what its party saw. */
final class Witness implements World {

    private final World world;
    private final List<String> seen = new ArrayList<>();

    Witness(World world) {
        this.world = world;
    }

    List<String> seen() {
        return List.copyOf(seen);
    }

    @Override
    public @Nullable Long get(String id) {
        @Nullable Long value = world.get(id);
        seen.add(id + "=" + value);
        return value;
    }

    @Override
    public NavigableMap<String, Long> getAll(String... ids) {
        return saw(Arrays.toString(ids), world.getAll(ids));
    }

    @Override
    public NavigableMap<String, Long> between(long low, long high) {
        return saw(low + ".." + high, world.between(low, high));
    }

    @Override
    public long count(long low, long high) {
        return saw("count of " + low + ".." + high, world.count(low, high));
    }

    @Override
    public long sum(long low, long high) {
        return saw("sum of " + low + ".." + high, world.sum(low, high));
    }

    @Override
    public @Nullable Long least() {
        @Nullable Long value = world.least();
        seen.add("least=" + value);
        return value;
    }

    @Override
    public void put(String id, long value) {
        world.put(id, value);
    }

    @Override
    public Inserted insert(String id, long value, @Nullable String name) {
        return saw("insert " + id, world.insert(id, value, name));
    }

    @Override
    public boolean isFoundByConflict(String id) {
        return saw("conflict found " + id, world.isFoundByConflict(id));
    }

    @Override
    public void add(String id, long amount) {
        world.add(id, amount);
    }

    @Override
    public boolean delete(String id) {
        return saw("delete " + id, world.delete(id));
    }

    @Override
    public long deleteBetween(long low, long high) {
        return saw("delete " + low + ".." + high, world.deleteBetween(low, high));
    }

    @Override
    public long addBetween(long low, long high, long amount) {
        return saw("add to " + low + ".." + high, world.addBetween(low, high, amount));
    }

    @Override
    public void turn() {
        world.turn();
    }

    private <R> R saw(String what, R result) {
        seen.add(what + "=" + result);
        return result;
    }
}
