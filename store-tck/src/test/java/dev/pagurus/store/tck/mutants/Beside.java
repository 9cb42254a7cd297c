package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.tck.reference.ReferenceDatabase;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;

/** What a broken store keeps beside each of its databases, for all handles on it; gone with the database. */
final class Beside<T> {

    private final Map<ReferenceDatabase, T> things = Collections.synchronizedMap(new WeakHashMap<>());
    private final Function<ReferenceDatabase, T> maker;

    /** Makes a thing when it is first asked for; it may not hold the database, which would then stay for ever. */
    Beside(Function<ReferenceDatabase, T> maker) {
        this.maker = maker;
    }

    T of(ReferenceDatabase database) {
        return things.computeIfAbsent(database, maker);
    }
}
