package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A deliberately broken store; see the package for how to write one.
 *
 * @param provider opens the engine
 * @param wrapper what becomes of an open store
 * @param changes of what is written once above the SPI
 */
record Mutant(ReferenceProvider provider, UnaryOperator<Store> wrapper, List<SourceChange> changes) {

    private static final long PAUSE_NANOS = 100_000;

    /** Reads mean something else. */
    static Mutant answers(Answers answers) {
        return engine((database, config) -> new ReferenceEngine(database, config, answers, new Changes()));
    }

    /** Writes or definitions do something else. */
    static Mutant changes(Changes changes) {
        return engine((database, config) -> new ReferenceEngine(database, config, new Answers(), changes));
    }

    /**
     * The same, with changes of its own for each handle. What was deleted is remembered there, so that a mutant which goes
     * through the whole kit must not share them between databases.
     */
    static Mutant changes(Supplier<Changes> changes) {
        return engine((database, config) -> new ReferenceEngine(database, config, new Answers(), changes.get()));
    }

    /** The engine, its sessions or its database do something else. */
    static Mutant engine(BiFunction<ReferenceDatabase, StoreConfig, StoreEngine> opening) {
        return provider(new ReferenceProvider() {
            @Override
            protected StoreEngine open(ReferenceDatabase database, StoreConfig config) {
                return opening.apply(database, config);
            }
        });
    }

    /** Sessions do something else: usually a {@code ReferenceSession} with a method overridden. */
    static Mutant session(BiFunction<ReferenceEngine, SessionMode, EngineSession> beginning) {
        return engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public EngineSession begin(SessionMode mode) {
                return beginning.apply(this, mode);
            }
        });
    }

    /** Opening goes wrong. */
    static Mutant provider(ReferenceProvider provider) {
        return new Mutant(provider, UnaryOperator.identity(), List.of());
    }

    /** What the user sees is wrapped. */
    static Mutant store(UnaryOperator<Store> wrapper) {
        return new Mutant(new ReferenceProvider(), wrapper, List.of());
    }

    /** Another text stands in a source file in the place of one that is there once. */
    static Mutant source(String file, String text, String replacement) {
        return provider(new ReferenceProvider()).andSource(file, text, replacement);
    }

    /** The same in one more place. */
    Mutant andSource(String file, String text, String replacement) {
        List<SourceChange> more = new ArrayList<>(changes);
        more.add(new SourceChange(file, text, replacement));
        return new Mutant(provider, wrapper, more);
    }

    /** Gives others the time to come in between; for races. */
    static void pause() {
        LockSupport.parkNanos(PAUSE_NANOS);
    }

    StoreFixture fixture(String name) {
        return new ReferenceFixture(name, provider) {
            @Override
            public Store open(StoreConfig config) {
                return wrapper.apply(super.open(config));
            }
        };
    }
}
