package dev.pagurus.store.sqlite.sql;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * When a handle looks next whether a collection has documents that have expired: once a second, as long as there are not many.
 * Safe for use by many threads.
 */
public final class SqliteSweeps {

    private static final long PAUSE_MICROS = TimeUnit.SECONDS.toMicros(1);

    private final Map<String, Long> next = new ConcurrentHashMap<>();

    SqliteSweeps() {}

    /** Says whether it is time, also because the clock was set back. */
    public boolean isDue(String collection, long nowMicros) {
        Long at = next.get(collection);
        return at == null || nowMicros >= at || nowMicros < at - PAUSE_MICROS;
    }

    /** Remembers a look. */
    public void looked(String collection, long nowMicros, boolean isMoreLikely) {
        next.put(collection, isMoreLikely ? nowMicros : nowMicros + PAUSE_MICROS);
    }
}
