package dev.pagurus.store.internal.copy;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoreEngine;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** A copy from its beginning to its end, with the mark in the target around what is done. Used once, by one thread. */
final class Copying {

    private final CopySource source;
    private final CopyTarget target;
    private final CopyOptions options;
    private KeptMarks kept = new KeptMarks(Map.of());

    /** Copies from a source, or first of all a state of it. */
    Copying(CopySource source, StoreEngine target, StoreConfig config, CopyOptions options) {
        this.source = source;
        this.target = new CopyTarget(target, config, source.shown());
        this.options = options;
    }

    /** Asks whether what the mark writes to the target is seen in the source too. */
    @FunctionalInterface
    interface SameDatabase {
        boolean sees(CopyMark mark);
    }

    /** Copies the source. */
    CopyResult run(SameDatabase same) {
        return run(same, () -> new StateCopy(source, target, options, kept).bringAndCompare(Set.of()));
    }

    /** Copies the source, and what is written to it later. */
    CopyResult follow(SameDatabase same, SourceStates states, SourceStates.First first) {
        return run(same, () -> new Following(states, target, options, kept).run(first));
    }

    private CopyResult run(SameDatabase same, Supplier<CopyResult> work) {
        Refusals refusals = new Refusals(source, target.engine());
        refusals.requireCapabilities();
        List<CollectionDefinition> before = target.definitions();
        refusals.requireReplaceable(before);
        begin(same, before, refusals);
        try {
            CopyResult copied = work.get();
            target.isAt("when all was copied and compared, and only the mark was to be taken away");
            target.mark().clear();
            return copied;
        } catch (CopyException e) {
            target.mark().giveUp(e);
            throw e;
        } catch (RuntimeException e) {
            target.mark().giveUp(e);
            throw new CopyException(
                    "The copy from " + source.shown() + " to " + target.shown()
                            + " broke off " + target.step() + ": " + sentence(e)
                            + " The source is unchanged; the target is marked as"
                            + " unfinished and cannot be opened. Run the copy again: it goes on where it stopped.",
                    e);
        }
    }

    private void begin(SameDatabase same, List<CollectionDefinition> before, Refusals refusals) {
        try {
            if (same.sees(target.mark())) {
                throw new CopyException("The source and the target are the same database, " + source.shown()
                        + ". Nothing was changed; name another target.");
            }
            kept = KeptMarks.of(target, before);
            target.mark().set(session -> {
                if (!options.overwrite()) {
                    refusals.requireEmpty(session);
                }
            });
        } catch (OutcomeUnknownException e) {
            target.mark().giveUp(e);
            throw new CopyException(
                    "The copy from " + source.shown() + " to " + target.shown() + " broke off " + target.step() + ": "
                            + sentence(e)
                            + " The source is unchanged; the target holds what it held, and may be marked"
                            + " as unfinished. Run the copy again.",
                    e);
        }
    }

    /** What an application's own code has thrown may have no full stop, or no message. */
    private static String sentence(RuntimeException failure) {
        String message = failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        return message.endsWith(".") ? message : message + ".";
    }
}
