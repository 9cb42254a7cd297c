package dev.pagurus.store.tck.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Seed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Group L: no call takes a thread's interrupt away or makes one, whatever it does, returns or throws. */
public abstract class InterruptClauses extends InterruptGroup {

    private static final int ROUNDS = 150;
    private static final long LONGEST_PAUSE_NANOS = 1_500_000;

    protected InterruptClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.L16)
    void noCallTakesAnInterruptAway() throws Exception {
        Map<String, Call> calls = calls();
        List<String> lost = Elsewhere.call(() -> {
            List<String> without = new ArrayList<>();
            calls.forEach((name, call) -> {
                Thread.currentThread().interrupt();
                String end = endOf(call);
                if (!Thread.interrupted()) {
                    without.add(name + ", which " + end);
                }
            });
            return without;
        });
        assertThat(lost)
                .as("calls of an interrupted thread that took its interrupt away")
                .isEmpty();
    }

    @Proves(Clause.L16)
    void noCallMakesAnInterrupt() throws Exception {
        Map<String, Call> calls = calls();
        List<String> made = Elsewhere.call(() -> {
            List<String> with = new ArrayList<>();
            calls.forEach((name, call) -> {
                String end = endOf(call);
                if (Thread.interrupted()) {
                    with.add(name + ", which " + end);
                }
            });
            return with;
        });
        assertThat(made)
                .as("calls that left their thread interrupted, though nobody had interrupted it before or meanwhile")
                .isEmpty();
    }

    @Proves(Clause.L16)
    void anInterruptOfTheCallersFunctionStays() throws Exception {
        Map<String, Call> calls = callsOfFunctions();
        List<String> lost = Elsewhere.call(() -> {
            List<String> without = new ArrayList<>();
            calls.forEach((name, call) -> {
                String end = endOf(call);
                if (!Thread.interrupted()) {
                    without.add(name + ", which " + end);
                }
            });
            return without;
        });
        assertThat(lost)
                .as("calls that took away an interrupt which the caller's function had made")
                .isEmpty();
    }

    @Proves(Clause.L16)
    void anInterruptAmidACallIsNotLost() throws Exception {
        Map<String, Call> calls = calls();
        Random random = new Random(Seed.ofThisRun().value());
        List<Map.Entry<String, Call>> all = new ArrayList<>(calls.entrySet());
        List<String> lost = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            Map.Entry<String, Call> call = all.get(i % all.size());
            AtomicBoolean sent = new AtomicBoolean();
            Elsewhere<String> worker = Elsewhere.start(() -> {
                String end;
                do {
                    end = endOf(call.getValue());
                } while (!sent.get());
                return Thread.interrupted() ? "" : end;
            });
            LockSupport.parkNanos((long) (random.nextDouble() * LONGEST_PAUSE_NANOS));
            worker.interrupt();
            sent.set(true);
            String end = worker.result();
            if (!end.isEmpty()) {
                lost.add(call.getKey() + ", which " + end);
            }
        }
        assertThat(lost)
                .as("calls that took away an interrupt which came amid them")
                .isEmpty();
    }
}
