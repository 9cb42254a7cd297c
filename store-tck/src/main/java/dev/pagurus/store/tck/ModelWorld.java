package dev.pagurus.store.tck;

import java.util.Arrays;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A world of one party at a time: a sorted map. */
final class ModelWorld implements World {

    private final NavigableMap<String, Cell> cells;

    ModelWorld(Map<String, Cell> cells) {
        this.cells = new TreeMap<>(cells);
    }

    NavigableMap<String, Cell> cells() {
        return cells;
    }

    @Override
    public @Nullable Long get(String id) {
        Cell cell = cells.get(id);
        return cell == null ? null : (Long) cell.value();
    }

    @Override
    public NavigableMap<String, Long> getAll(String... ids) {
        NavigableMap<String, Long> found = new TreeMap<>();
        cells.forEach((id, cell) -> {
            if (Arrays.asList(ids).contains(id)) {
                found.put(id, cell.value());
            }
        });
        return found;
    }

    @Override
    public NavigableMap<String, Long> between(long low, long high) {
        NavigableMap<String, Long> found = new TreeMap<>();
        cells.forEach((id, cell) -> {
            if (low <= cell.value() && cell.value() <= high) {
                found.put(id, cell.value());
            }
        });
        return found;
    }

    @Override
    public long count(long low, long high) {
        return between(low, high).size();
    }

    @Override
    public void put(String id, long value) {
        cells.put(id, Cell.of(value));
    }

    @Override
    public Inserted insert(String id, long value, @Nullable String name) {
        if (cells.containsKey(id)) {
            return Inserted.DUPLICATE_ID;
        }
        if (name != null && cells.values().stream().anyMatch(cell -> name.equals(cell.name()))) {
            return Inserted.NAME_TAKEN;
        }
        cells.put(id, new Cell(value, name));
        return Inserted.INSERTED;
    }

    @Override
    public boolean isFoundByConflict(String id) {
        return cells.containsKey(id);
    }

    @Override
    public void add(String id, long amount) {
        cells.computeIfPresent(id, (key, cell) -> new Cell(cell.value() + amount, cell.name()));
    }

    @Override
    public boolean delete(String id) {
        return cells.remove(id) != null;
    }

    @Override
    public long deleteBetween(long low, long high) {
        NavigableMap<String, Long> found = between(low, high);
        found.keySet().forEach(cells::remove);
        return found.size();
    }

    @Override
    public long addBetween(long low, long high, long amount) {
        NavigableMap<String, Long> found = between(low, high);
        found.keySet().forEach(id -> add(id, amount));
        return found.size();
    }

    @Override
    public void turn() {
        // Nobody else is here.
    }
}
