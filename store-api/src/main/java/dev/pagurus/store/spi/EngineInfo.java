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
 */
public record EngineInfo(String name, String version, String target, Set<Capability> capabilities) {

    /** Copies the set. */
    public EngineInfo {
        capabilities = Set.copyOf(capabilities);
    }
}
