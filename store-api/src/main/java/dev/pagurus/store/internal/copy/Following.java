package dev.pagurus.store.internal.copy;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.ChangeChunk;
import dev.pagurus.store.spi.CollectionDefinition;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * A copy that goes on with what is written to the source meanwhile, until somebody says that it is enough.
 *
 * <p>What holds between two rounds: a document that the target does not have as the source has it has a change behind the
 * position. So a position may only be one that was there before the state was, out of which the documents came.
 */
final class Following {

    /** One transaction of the target, and some megabytes of ids. */
    private static final int MOST_DOCUMENTS = 20_000;

    private static final int MOST_COPIES = 3;
    private static final long PAUSE_MILLIS = 100;

    private final SourceStates states;
    private final CopyTarget target;
    private final CopyOptions options;
    private final KeptMarks kept;
    private CopyWatch watch;

    /** What this copy has made in the target. */
    private final Set<String> made = new HashSet<>();

    private String position = "";
    private long documents;
    private long bytes;
    private int copies;

    /** How a round ended. */
    private enum Round {
        /** The target is in the state that was begun last, but for collections that keep no changes. */
        IN_STEP,
        /** There was more than fits into one round. */
        MORE,
        /** All must be compared again. */
        LOST
    }

    Following(SourceStates states, CopyTarget target, CopyOptions options, KeptMarks kept) {
        this.states = states;
        this.target = target;
        this.options = options;
        this.kept = kept;
        this.watch = watch();
    }

    /** Copies the state that was begun last, and then what changes. */
    CopyResult run(SourceStates.First first) {
        copyAll(first);
        watch = watch();
        BooleanSupplier end = Objects.requireNonNull(options.followUntil());
        while (true) {
            Round round = states.end().equals(position) ? Round.IN_STEP : round();
            if (round == Round.LOST) {
                copyAgain();
                continue;
            }
            states.close();
            watch.tell(documents, bytes);
            if (end.getAsBoolean()) {
                return last();
            }
            if (round == Round.IN_STEP) {
                pause();
            }
        }
    }

    private CopyWatch watch() {
        return new CopyWatch(CopyProgress.Step.FOLLOWING, 0, options.progress());
    }

    private void copyAll(SourceStates.First first) {
        stateCopy(first.state()).bring(Set.of());
        made(first.state());
        position = first.position();
    }

    /** Whoever is not through with that before too much has changed again will not be the next time. */
    private void copyAgain() {
        copies++;
        if (copies >= MOST_COPIES) {
            throw new CopyException("The changes at " + states.shown() + " cannot be followed to " + target.shown()
                    + ": three times in a row they were forgotten, or too many, before all was copied. The source is"
                    + " unchanged; the target is marked as unfinished and cannot be opened. Declare a longer retention"
                    + " with Schema.changes(...), or let less be written, and run the copy again: it goes on where it"
                    + " stopped.");
        }
        copyAll(states.first());
    }

    /** Brings over what has changed since the position, up to a state that is then begun. */
    private Round round() {
        target.isAt("while it followed what was written");
        String end = states.end();
        SessionSource state = states.begin();
        ChangedIds changed = new ChangedIds(states.followed());
        boolean complete = false;
        String read = position;
        try {
            while (!complete && changed.count() < MOST_DOCUMENTS) {
                ChangeChunk page = states.changes(read);
                changed.addAll(page.changes());
                read = page.position();
                complete = page.complete();
                target.mark().renew();
            }
        } catch (PositionLostException e) {
            return Round.LOST;
        }
        if (!complete) {
            // The state must be newer than the changes up to which it is brought over.
            state = states.begin();
        }
        Changed bringing = new Changed(state, target.maxBodyBytes());
        try {
            if (!changed.chunks().isEmpty()) {
                target.change(session -> bringing.bring(changed.chunks(), session));
            }
        } catch (UnavailableException e) {
            if (complete || Thread.currentThread().isInterrupted()) {
                throw e;
            }
            // A value that must be unique is held by a document whose change comes later.
            return Round.LOST;
        }
        documents += bringing.documents();
        bytes += bringing.bytes();
        position = complete ? end : read;
        copies = 0;
        return complete ? Round.IN_STEP : Round.MORE;
    }

    /** Brings the target to a state that begins now, and compares. */
    private CopyResult last() {
        Round round = round();
        while (round == Round.MORE) {
            round = round();
        }
        watch.tell(documents, bytes);
        if (round == Round.LOST) {
            return finish(states.first().state(), Set.of());
        }
        // What has expired since it was brought over has not changed.
        Set<CollectionDefinition> inStep = states.followed().stream()
                .filter(one -> one.expiry() == null)
                .map(one -> one.withShape(null))
                .collect(Collectors.toSet());
        return finish(states.current(), inStep);
    }

    private CopyResult finish(SessionSource state, Set<CollectionDefinition> inStep) {
        Set<String> there =
                state.definitions().stream().map(CollectionDefinition::name).collect(Collectors.toSet());
        for (String name : made) {
            if (!there.contains(name)) {
                target.isAt("while collection '" + name + "' was removed");
                target.drop(name);
            }
        }
        return stateCopy(state).bringAndCompare(inStep);
    }

    private StateCopy stateCopy(SessionSource state) {
        return new StateCopy(state, target, options, kept);
    }

    private void made(SessionSource state) {
        state.definitions().forEach(one -> made.add(one.name()));
    }

    private void pause() {
        target.mark().renew();
        try {
            Thread.sleep(PAUSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("The thread was interrupted.", e);
        }
    }
}
