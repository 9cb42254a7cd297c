package dev.pagurus.store.tck.paths;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What bodies say that have been read lately, to the letter. Forgets all of it when it is much. Safe for use by several threads. */
final class Known {

    private static final long MOST_CHARACTERS = 8_000_000;

    private final Map<String, Parcel> parcels = new ConcurrentHashMap<>();
    private final AtomicLong characters = new AtomicLong();

    @Nullable
    Parcel get(String body) {
        return parcels.get(body);
    }

    void put(String body, Parcel parcel) {
        if (characters.addAndGet(body.length()) > MOST_CHARACTERS) {
            parcels.clear();
            characters.set(body.length());
        }
        parcels.put(body, parcel);
    }
}
