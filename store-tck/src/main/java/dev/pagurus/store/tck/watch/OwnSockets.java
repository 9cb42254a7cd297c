package dev.pagurus.store.tck.watch;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Connections of the kit itself, which outlive the test that needed them first: no test leaves them behind. */
public final class OwnSockets {

    private static final Set<Object> OPEN = ConcurrentHashMap.newKeySet();

    private OwnSockets() {}

    /** Says that this has just opened one. */
    public static void opened(Object owner) {
        OPEN.add(owner);
    }

    /** Says that this closes its own. */
    public static void closed(Object owner) {
        OPEN.remove(owner);
    }

    static Set<Object> open() {
        return Set.copyOf(OPEN);
    }
}
