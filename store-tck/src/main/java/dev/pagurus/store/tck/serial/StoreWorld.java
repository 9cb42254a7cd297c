package dev.pagurus.store.tck.serial;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.VersionConflictException;
import java.util.Collection;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A world in a store: its collection comes from the store itself, from a transaction or from a snapshot.
 *
 * @param reads where it reads
 * @param turns what a turn does
 */
record StoreWorld(ReadableCollection<Cell> reads, Runnable turns) implements World {

    /** No clock has shown this version since 1970. */
    private static final long NOBODYS_VERSION = 1;

    @Override
    public @Nullable Long get(String id) {
        return reads.get(id).map(document -> document.value().value()).orElse(null);
    }

    @Override
    public NavigableMap<String, Long> getAll(String... ids) {
        return values(reads.getAll(List.of(ids)).values());
    }

    @Override
    public NavigableMap<String, Long> between(long low, long high) {
        return values(reads.where(Cell.VALUE.between(low, high)).list());
    }

    @Override
    public long count(long low, long high) {
        return reads.where(Cell.VALUE.between(low, high)).count();
    }

    @Override
    public long sum(long low, long high) {
        return Objects.requireNonNull(reads.where(Cell.VALUE.between(low, high))
                .aggregate(Cell.VALUE.sum())
                .get(Cell.VALUE.sum()));
    }

    @Override
    public @Nullable Long least() {
        return reads.query().aggregate(Cell.VALUE.min()).get(Cell.VALUE.min());
    }

    @Override
    public void put(String id, long value) {
        writes().put(id, Cell.of(value));
    }

    @Override
    public Inserted insert(String id, long value, @Nullable String name) {
        try {
            writes().insert(id, new Cell(value, name));
            return Inserted.INSERTED;
        } catch (DuplicateIdException e) {
            return Inserted.DUPLICATE_ID;
        } catch (UniqueViolationException e) {
            return Inserted.NAME_TAKEN;
        }
    }

    @Override
    public boolean isFoundByConflict(String id) {
        try {
            writes().replace(id, NOBODYS_VERSION, Cell.of(0));
        } catch (VersionConflictException e) {
            return e.current().isPresent();
        }
        throw new AssertionError("Version " + NOBODYS_VERSION + " was somebody's.");
    }

    @Override
    public void add(String id, long amount) {
        writes().update(id, cell -> new Cell(cell.value() + amount, cell.name()));
    }

    @Override
    public boolean delete(String id) {
        return writes().delete(id);
    }

    @Override
    public long deleteBetween(long low, long high) {
        return writes().where(Cell.VALUE.between(low, high)).deleteAll();
    }

    @Override
    public long addBetween(long low, long high, long amount) {
        return writes().where(Cell.VALUE.between(low, high))
                .updateAll(cell -> new Cell(cell.value() + amount, cell.name()));
    }

    @Override
    public void turn() {
        turns.run();
    }

    private DocumentCollection<Cell> writes() {
        return (DocumentCollection<Cell>) reads;
    }

    private static NavigableMap<String, Long> values(Collection<Document<Cell>> documents) {
        NavigableMap<String, Long> values = new TreeMap<>();
        documents.forEach(document -> values.put(document.id(), document.value().value()));
        return values;
    }
}
