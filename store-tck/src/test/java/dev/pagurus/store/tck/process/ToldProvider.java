package dev.pagurus.store.tck.process;

import dev.pagurus.store.Health;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** A store that says in its health what a system property is where it runs: {@code told:name.of.the.property}. */
public final class ToldProvider extends ReferenceProvider {

    @Override
    public Set<String> schemes() {
        return Set.of("told");
    }

    @Override
    protected StoreEngine open(ReferenceDatabase database, StoreConfig config) {
        return new ReferenceEngine(database, config) {
            @Override
            public Health health() {
                String told = String.valueOf(System.getProperty(config.address()));
                return new Health(true, told, Duration.ofNanos(1), null, Map.of());
            }
        };
    }
}
