package dev.pagurus.store.tck.paths;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * What bodies say that have been written or read lately, to the letter. Forgets all of it when it is much. Safe for use by
 * several threads.
 */
final class Known {

    private static final long MOST_CHARACTERS = 8_000_000;

    private final Map<Body, Parcel> parcels = new ConcurrentHashMap<>();
    private final AtomicLong characters = new AtomicLong();

    @Nullable
    Parcel get(String body) {
        return parcels.get(new Body(body));
    }

    void put(String body, Parcel parcel) {
        if (characters.addAndGet(body.length()) > MOST_CHARACTERS) {
            parcels.clear();
            characters.set(body.length());
        }
        parcels.put(new Body(body), parcel);
    }

    /** Compared whole, but found by a few of its letters: to hash 600,000 of them takes as long as to compare them. */
    private record Body(String text) {

        private static final int SOME = 64;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Body body && text.equals(body.text);
        }

        @Override
        public int hashCode() {
            int hash = text.length();
            // The middle is where the fields are.
            int middle = text.length() / 2;
            for (int i = Math.max(0, middle - SOME); i < Math.min(text.length(), middle + SOME); i++) {
                hash = 31 * hash + text.charAt(i);
            }
            return hash;
        }
    }
}
