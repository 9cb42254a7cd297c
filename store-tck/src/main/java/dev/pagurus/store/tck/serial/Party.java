package dev.pagurus.store.tck.serial;

import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.TransactionConflictException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One party of a {@link Scenario}: what it does, where it does it, and what it saw. */
final class Party {

    private final int number;
    private final String kind;
    private final Consumer<World> script;
    private final Place place;
    private int attempts;
    private @Nullable Witness witness;
    private boolean committed;
    private @Nullable Throwable failure;

    Party(int number, String kind, Consumer<World> script, Place place) {
        this.number = number;
        this.kind = kind;
        this.script = script;
        this.place = place;
    }

    /** Where a party works: inside of a transaction or snapshot, or on the store itself. */
    @FunctionalInterface
    interface Place {
        void run(Consumer<ReadableCollection<Cell>> work);
    }

    /** Plays the script in its place; only the first attempt keeps to the order. */
    void play(Interleaving interleaving) {
        interleaving.await(number);
        try {
            place.run(collection -> attempt(collection, interleaving));
            committed = true;
        } catch (World.Aborted | TransactionConflictException e) {
            // It did not happen, and must not have left a trace.
            committed = false;
        } catch (Throwable e) {
            failure = e;
        }
    }

    private void attempt(ReadableCollection<Cell> collection, Interleaving interleaving) {
        attempts++;
        boolean first = attempts == 1;
        if (!first) {
            interleaving.release(number);
        }
        witness = new Witness(new StoreWorld(collection, first ? () -> interleaving.await(number) : () -> {}));
        script.accept(witness);
    }

    /** Plays the script alone, and says what it would see. */
    String playAlone(World model) {
        Witness alone = new Witness(model);
        script.accept(alone);
        return describe(alone.seen());
    }

    /** Says what it saw in the attempt that was committed. */
    String seen() {
        return describe(witness == null ? List.of() : witness.seen());
    }

    boolean isCommitted() {
        return committed;
    }

    int number() {
        return number;
    }

    /** Fails the test if the party met something that nobody expects. */
    void requireNoFailure() {
        if (failure != null) {
            throw new AssertionError(kind + " " + number + " failed: " + failure, failure);
        }
    }

    private String describe(List<String> seen) {
        return kind + " " + number + " saw " + seen;
    }
}
