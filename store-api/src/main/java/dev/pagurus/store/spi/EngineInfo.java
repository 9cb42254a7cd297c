package dev.pagurus.store.spi;

import dev.pagurus.store.Capability;
import java.util.Set;

/**
 * What an engine is.
 *
 * @param name the engine's name, such as {@code SQLite}
 * @param version its version, such as {@code 3.54.1}
 * @param target which database, without secrets
 * @param capabilities what it can do
 * @param writeLanes how many lists of the writes of concurrent callers it shall get at a time, because it does a list
 *     much faster than its writes one by one; 0 if every caller's write shall come alone. The lists of a bulk write come
 *     besides: one at a time, or two if there are three lanes
 * @param readLanes the same for documents that concurrent callers get by their ids
 */
public record EngineInfo(
        String name, String version, String target, Set<Capability> capabilities, int writeLanes, int readLanes) {

    /**
     * Copies the set.
     *
     * @throws IllegalArgumentException if a number of lanes is negative
     */
    public EngineInfo {
        capabilities = Set.copyOf(capabilities);
        if (writeLanes < 0 || readLanes < 0) {
            throw new IllegalArgumentException(
                    "An engine has 0 lanes or more, not " + Math.min(writeLanes, readLanes) + ".");
        }
    }

    /** Describes an engine that gets the calls of each caller alone. */
    public EngineInfo(String name, String version, String target, Set<Capability> capabilities) {
        this(name, version, target, capabilities, 0, 0);
    }
}
