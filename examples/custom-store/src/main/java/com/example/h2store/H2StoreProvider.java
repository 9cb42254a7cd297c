package com.example.h2store;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoreProvider;
import java.util.Set;

/**
 * Opens H2 databases inside of this process. One process at a time can have a file open; within it, any number of stores
 * can.
 *
 * <pre>
 * h2:data/notes              the file data/notes.mv.db, created with its directory if it is missing
 * h2:mem:notes               in memory, shared by all who name it in this JVM, gone when the last one closes it
 * h2:data/notes?sync=false   faster, but a crash or a power cut may undo the last second
 * </pre>
 */
public final class H2StoreProvider implements StoreProvider {

    @Override
    public Set<String> schemes() {
        return Set.of("h2");
    }

    @Override
    public int spiVersion() {
        return SPI_VERSION;
    }

    @Override
    public StoreEngine open(StoreConfig config) {
        return H2Engine.open(H2Settings.of(config));
    }
}
