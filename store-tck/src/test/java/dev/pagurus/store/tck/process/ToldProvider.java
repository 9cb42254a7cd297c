package dev.pagurus.store.tck.process;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.EngineInfo;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceProvider;
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
            public EngineInfo info() {
                EngineInfo info = super.info();
                String told = String.valueOf(System.getProperty(config.address()));
                return new EngineInfo(told, info.version(), info.target(), info.capabilities());
            }
        };
    }
}
