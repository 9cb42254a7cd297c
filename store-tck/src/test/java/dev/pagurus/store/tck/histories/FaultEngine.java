package dev.pagurus.store.tck.histories;

import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.EngineInfo;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.mutants.OddEngine;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A right engine that has every fault which the SPI allows: delays, conflicts, calls that were not done, answers that are
 * lost, writes that are put off, chunks that are short, bodies that are asked for twice. What stands above the SPI must make
 * of it what the API promises.
 */
final class FaultEngine implements OddEngine.Way {

    /** Whatever else fails, these do not: nothing is to be told, or it must end. */
    private static final Set<String> SAFE = Set.of("info", "close", "health", "spiVersion");

    private static final Set<String> CHANGES = Set.of("write", "commit", "define", "drop", "rename");

    private static final long DELAY_NANOS = 50_000;

    private volatile Faults faults = Faults.NONE;

    /** What goes wrong with a call. */
    enum Fault {
        CONFLICT,
        UNAVAILABLE,
        /** It was not done, and nobody knows. */
        LOST_BEFORE,
        /** It was done, and nobody knows. */
        LOST_AFTER
    }

    /** Says what goes wrong with which call. */
    @FunctionalInterface
    interface Faults {

        Faults NONE = call -> null;

        /** Returns what goes wrong; null if nothing does. */
        @Nullable
        Fault of(OddEngine.Call call);

        /** A fault of each call, as far as it can have it. */
        static Faults always(Fault fault) {
            return call -> fault;
        }

        /** The same of calls of these methods only, the first so many times. */
        static Faults first(int times, Fault fault, Predicate<String> methods) {
            int[] left = {times};
            return call -> methods.test(call.method().getName()) && left[0]-- > 0 ? fault : null;
        }

        /** The same of one call, after so many that have none. */
        static Faults after(int times, Fault fault, Predicate<String> methods) {
            int[] left = {times};
            return call -> methods.test(call.method().getName()) && left[0]-- == 0 ? fault : null;
        }

        /**
         * Faults at random, of a hundred calls so many.
         *
         * @param lost how many changes lose their answer
         */
        static Faults random(Random random, int conflicts, int unavailable, int lost) {
            return call -> {
                int drawn;
                boolean after;
                synchronized (random) {
                    drawn = random.nextInt(100);
                    after = random.nextBoolean();
                }
                if (drawn < conflicts) {
                    return Fault.CONFLICT;
                } else if (drawn < conflicts + unavailable) {
                    return Fault.UNAVAILABLE;
                } else if (drawn < conflicts + unavailable + lost && isChange(call)) {
                    return after ? Fault.LOST_AFTER : Fault.LOST_BEFORE;
                }
                return null;
            };
        }
    }

    private final Random random;

    private final ReferenceProvider provider = new ReferenceProvider() {
        @Override
        protected StoreEngine open(ReferenceDatabase database, StoreConfig config) {
            return OddEngine.of(new Joining(database, config), FaultEngine.this);
        }
    };

    /** Gets the calls of concurrent callers together. */
    private static final class Joining extends ReferenceEngine {

        Joining(ReferenceDatabase database, StoreConfig config) {
            super(database, config);
        }

        @Override
        public EngineInfo info() {
            EngineInfo info = super.info();
            return new EngineInfo(info.name(), info.version(), info.target(), info.capabilities(), 1, 1);
        }
    }

    FaultEngine(long seed) {
        random = new Random(seed);
    }

    /** Opens a store over it; calls of several callers are joined. */
    Store open(StoreConfig config) {
        return Stores.open(provider, config);
    }

    /** Returns what opens engines with these faults. */
    ReferenceProvider provider() {
        return provider;
    }

    static StoreConfig config(String name, Duration timeout) {
        return StoreConfig.builder("reference:" + name).timeout(timeout).build();
    }

    /** Has it fail in another way from now on. */
    void fail(Faults with) {
        faults = with;
    }

    private static boolean isChange(OddEngine.Call call) {
        // What a session writes is lost with it, and nobody needs to be told more than that.
        return CHANGES.contains(call.method().getName())
                && (call.target() instanceof StoreEngine
                        || call.method().getName().equals("commit"));
    }

    @Override
    public @Nullable Object make(OddEngine.Call call) throws Throwable {
        if (SAFE.contains(call.method().getName())) {
            return call.make();
        }
        Fault fault = faults.of(call);
        if (fault == null) {
            if (oneIn(8)) {
                LockSupport.parkNanos(DELAY_NANOS);
            }
            return oddly(call);
        }
        switch (fault) {
            case CONFLICT -> throw new SerializationFailure("A conflict that was made up.", null);
            case LOST_BEFORE, LOST_AFTER -> {
                if (!isChange(call)) {
                    return oddly(call);
                }
                if (fault == Fault.LOST_AFTER) {
                    oddly(call);
                }
                throw new OutcomeUnknownException("An answer that was lost.");
            }
            case UNAVAILABLE -> throw new UnavailableException("A fault that was made up. Nothing was changed.");
        }
        throw new AssertionError(fault);
    }

    /** Right, and not as one would expect. */
    private @Nullable Object oddly(OddEngine.Call call) throws Throwable {
        Object first = call.arguments().isEmpty() ? null : call.arguments().get(0);
        if (first instanceof Scan scan && scan.maxDocuments() > 2 && oneIn(3)) {
            List<@Nullable Object> others = new ArrayList<>(call.arguments());
            others.set(0, new Scan(scan.collection(), scan.filter(), scan.order(), scan.ranges(), 2, scan.maxBytes()));
            return call.make(others);
        }
        if (call.method().getName().equals("define") && first != null) {
            Filler filler = (Filler) call.arguments().get(1);
            return call.make(List.of(first, (Filler) (from, id, body) -> {
                filler.fill(from, id, body);
                return filler.fill(from, id, body);
            }));
        }
        if (call.target() instanceof StoreEngine && first instanceof List<?> list && isWrites(list) && oneIn(2)) {
            return someLater(call, list);
        }
        return call.make();
    }

    private static boolean isWrites(List<?> list) {
        return !list.isEmpty() && list.get(0) instanceof Write;
    }

    /** Does some of the writes, and puts the others off. */
    private List<WriteOutcome> someLater(OddEngine.Call call, List<?> writes) throws Throwable {
        List<Object> now = new ArrayList<>();
        for (Object write : writes) {
            if (!oneIn(3)) {
                now.add(write);
            }
        }
        Object answer = now.isEmpty() ? List.of() : call.make(List.of(now));
        Iterator<?> done = Objects.requireNonNull((List<?>) answer).iterator();
        Iterator<Object> asked = now.iterator();
        Object next = asked.hasNext() ? asked.next() : null;
        List<WriteOutcome> outcomes = new ArrayList<>();
        for (Object write : writes) {
            if (write == next) {
                outcomes.add((WriteOutcome) done.next());
                next = asked.hasNext() ? asked.next() : null;
            } else {
                outcomes.add(new WriteOutcome.Postponed());
            }
        }
        return outcomes;
    }

    private boolean oneIn(int times) {
        synchronized (random) {
            return random.nextInt(times) == 0;
        }
    }
}
