package dev.pagurus.store.spi;

import dev.pagurus.store.Capability;
import dev.pagurus.store.StoreConfig;
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
 * @param maxBodyBytes how many UTF-8 bytes of a body it holds, {@link #LEAST_BODY_BYTES} or more; what is larger never
 *     reaches it. {@link Long#MAX_VALUE} if it holds whatever {@link StoreConfig#maxBodyBytes()} may be, 512 MiB
 */
public record EngineInfo(
        String name,
        String version,
        String target,
        Set<Capability> capabilities,
        int writeLanes,
        int readLanes,
        long maxBodyBytes) {

    /** What every engine holds of a body, so that applications whose documents are smaller need not ask: 8 MiB. */
    public static final long LEAST_BODY_BYTES = 8L << 20;

    /**
     * Copies the set.
     *
     * @throws IllegalArgumentException if a number of lanes is negative, or bodies would be too small
     */
    public EngineInfo {
        capabilities = Set.copyOf(capabilities);
        if (writeLanes < 0 || readLanes < 0) {
            throw new IllegalArgumentException(
                    "An engine has 0 lanes or more, not " + Math.min(writeLanes, readLanes) + ".");
        }
        if (maxBodyBytes < LEAST_BODY_BYTES) {
            throw new IllegalArgumentException(
                    "An engine holds bodies of " + LEAST_BODY_BYTES + " bytes or more, not of " + maxBodyBytes + ".");
        }
    }

    /** Describes an engine that holds every body that a configuration allows. */
    public EngineInfo(
            String name, String version, String target, Set<Capability> capabilities, int writeLanes, int readLanes) {
        this(name, version, target, capabilities, writeLanes, readLanes, Long.MAX_VALUE);
    }

    /** Describes one that also gets the calls of each caller alone. */
    public EngineInfo(String name, String version, String target, Set<Capability> capabilities) {
        this(name, version, target, capabilities, 0, 0);
    }
}
