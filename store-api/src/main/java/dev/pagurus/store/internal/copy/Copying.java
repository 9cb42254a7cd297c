package dev.pagurus.store.internal.copy;

import dev.pagurus.store.Capability;
import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.UnsupportedCapabilityException;
import dev.pagurus.store.internal.join.Retry;
import dev.pagurus.store.internal.value.StepMark;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoreEngine;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Brings a target to the state of a source: chunk after chunk, in order of id, what differs is replaced, so that a copy that
 * broke off goes on where it stopped. Used once, by one thread.
 */
final class Copying {

    private final CopySource source;
    private final StoreEngine target;
    private final Duration timeout;
    private final long maxBodyBytes;
    private final CopyOptions options;
    private final CopyMark mark;
    private Set<String> keptMarks = Set.of();
    private String step = "before the first document";

    Copying(CopySource source, StoreEngine target, StoreConfig config, CopyOptions options) {
        this.source = source;
        this.target = target;
        this.timeout = config.timeout();
        this.maxBodyBytes = Math.min(config.maxBodyBytes(), target.info().maxBodyBytes());
        this.options = options;
        this.mark = new CopyMark(target, config.timeout(), source.shown());
    }

    /** Asks whether what the mark writes to the target is seen in the source too. */
    @FunctionalInterface
    interface SameDatabase {
        boolean sees(CopyMark mark);
    }

    CopyResult run(SameDatabase same) {
        requireCapabilities();
        List<CollectionDefinition> before =
                Retry.untilSerialized("reading of the copy's target", timeout, target::definitions).stream()
                        .filter(one -> !CopyMark.isMark(one))
                        .toList();
        requireReplaceable(before);
        begin(same, before);
        try {
            long expected = source.documents();
            List<CopyResult.Collection> copied = copyAll(before, expected);
            compareAll(copied, expected);
            step = "when all was copied and compared, and only the mark was to be taken away";
            mark.clear();
            return new CopyResult(copied);
        } catch (CopyException e) {
            mark.giveUp(e);
            throw e;
        } catch (RuntimeException e) {
            mark.giveUp(e);
            throw new CopyException(
                    "The copy from " + source.shown() + " to " + target.info().target()
                            + " broke off " + step + ": " + e.getMessage()
                            + " The source is unchanged; the target is marked as"
                            + " unfinished and cannot be opened. Run the copy again: it goes on where it stopped.",
                    e);
        }
    }

    private void begin(SameDatabase same, List<CollectionDefinition> before) {
        try {
            if (same.sees(mark)) {
                throw new CopyException("The source and the target are the same database, " + source.shown()
                        + ". Nothing was changed; name another target.");
            }
            keptMarks = keptMarks(before);
            mark.set(session -> {
                if (!options.overwrite()) {
                    requireEmpty(session);
                }
            });
        } catch (OutcomeUnknownException e) {
            mark.giveUp(e);
            throw new CopyException(
                    "The copy from " + source.shown() + " to " + target.info().target() + " broke off " + step + ": "
                            + e.getMessage()
                            + " The source is unchanged; the target holds what it held, and may be marked"
                            + " as unfinished. Run the copy again.",
                    e);
        }
    }

    /** Those that are needed late too, for a copy that begins shall be able to end. */
    private void requireCapabilities() {
        Set<Capability> needed = EnumSet.of(Capability.TRANSACTIONS, Capability.SNAPSHOTS);
        if (source.definitions().stream().anyMatch(CollectionDefinition::hasUnique)) {
            needed.add(Capability.UNIQUE_INDEXES);
        }
        for (Capability capability : needed) {
            if (!target.info().capabilities().contains(capability)) {
                throw new UnsupportedCapabilityException(target.info().name(), capability);
            }
        }
    }

    /** What cannot be brought to the source's definition is found while nothing is changed yet. */
    private void requireReplaceable(List<CollectionDefinition> collections) {
        for (CollectionDefinition wanted : source.definitions()) {
            for (CollectionDefinition other : collections) {
                if (other.name().equals(wanted.name()) && !isReplaceable(other, wanted)) {
                    throw new CopyException("Collection '" + wanted.name() + "' of the target "
                            + target.info().target() + " has revision " + other.revision() + " with another definition"
                            + " than revision " + wanted.revision() + " in " + source.shown() + ", and only a lower"
                            + " revision can be replaced. Nothing was changed. Copy or import into an empty database first, and"
                            + " start the application there afterwards, which brings it up.");
                }
            }
        }
    }

    private static boolean isReplaceable(CollectionDefinition other, CollectionDefinition wanted) {
        try {
            SchemaChange.between(other, wanted);
            return true;
        } catch (SchemaException e) {
            return false;
        }
    }

    private void requireEmpty(EngineSession session) {
        for (CollectionDefinition collection : session.definitions()) {
            if (!CopyMark.isMark(collection) && !session.rows(collection, "").isEmpty()) {
                throw new CopyException("The target " + target.info().target() + " is not empty: collection '"
                        + collection.name() + "' holds documents. Nothing was changed; name an empty database, or ask"
                        + " for it to be overwritten.");
            }
        }
    }

    private List<CopyResult.Collection> copyAll(List<CollectionDefinition> before, long expected) {
        CopyWatch watch = new CopyWatch(CopyProgress.Step.COPYING, expected, options.progress());
        List<CopyResult.Collection> copied = new ArrayList<>();
        forgetSteps(before);
        for (CollectionDefinition collection : source.definitions()) {
            step = "while collection '" + collection.name() + "' was made";
            define(collection, before);
            ContentHash hash = new ContentHash(collection);
            copy(collection, hash, watch);
            watch.done(hash);
            copied.add(hash.result());
        }
        return copied;
    }

    /** What the target says has run there has not run over the source's documents, if the source does not say so. */
    private void forgetSteps(List<CollectionDefinition> before) {
        if (before.stream().anyMatch(StepMark::isOf)
                && source.definitions().stream().noneMatch(StepMark::isOf)) {
            step = "before the first document";
            mark.change(new Stretch(StepMark.COLLECTION, "", List.of(), keptMarks)::bring);
        }
    }

    /**
     * Returns the marks of steps over collections that stay, for the source has none of their names: what has run over their
     * documents is not to run again.
     */
    private Set<String> keptMarks(List<CollectionDefinition> before) {
        if (before.stream().noneMatch(StepMark::isOf)) {
            return Set.of();
        }
        Set<String> stay = before.stream().map(CollectionDefinition::name).collect(Collectors.toSet());
        source.definitions().forEach(one -> stay.remove(one.name()));
        return Retry.untilSerialized("reading of the copy's target", timeout, () -> {
            Set<String> marks = new HashSet<>();
            target.forEach(StepMark.COLLECTION, stored -> {
                if (StepMark.isStep(stored) && stay.contains(StepMark.of(stored).over())) {
                    marks.add(stored.id());
                }
            });
            return marks;
        });
    }

    private Set<String> kept(CollectionDefinition collection) {
        return StepMark.isOf(collection) ? keptMarks : Set.of();
    }

    /** Makes the collection. If there is another one of its name, it must be empty first: nobody here can refill it. */
    private void define(CollectionDefinition collection, List<CollectionDefinition> before) {
        for (CollectionDefinition other : before) {
            if (other.name().equals(collection.name()) && !other.hasTablesOf(collection)) {
                mark.change(session -> session.deleteAll(other, Condition.EVERYTHING));
            }
        }
        Retry.untilSerialized("definition of collection '" + collection.name() + "'", timeout, () -> {
            target.define(collection, (from, id, body) -> {
                throw new CopyException("Somebody else writes to collection '" + collection.name() + "' of "
                        + target.info().target() + " while it is copied. Stop that, and run the copy again.");
            });
            return true;
        });
    }

    private void copy(CollectionDefinition collection, ContentHash hash, CopyWatch watch) {
        step = "before the first document of collection '" + collection.name() + "'";
        try (ReadAhead chunks = new ReadAhead(source, collection, maxBodyBytes)) {
            Stretch stretch = new Stretch(collection, "", chunks.next(), kept(collection));
            while (true) {
                step = "while " + stretch + " were copied";
                bring(stretch);
                if (stretch.isLast()) {
                    return;
                }
                hash.addAll(stretch.wanted());
                watch.tell(collection.name(), hash);
                stretch = stretch.before(chunks.next());
            }
        }
    }

    /**
     * What an earlier copy left further on in the target may hold a value that must be unique and has moved in the source
     * since; then all of that goes.
     */
    private void bring(Stretch stretch) {
        try {
            mark.change(stretch::bring);
        } catch (UnavailableException e) {
            AtomicLong dropped = new AtomicLong();
            if (stretch.collection().hasUnique()) {
                mark.change(session -> dropped.set(stretch.dropBeyond(session)));
            }
            if (dropped.get() == 0) {
                throw e;
            }
            mark.change(stretch::bring);
        }
    }

    /** Reads what was written, and compares. */
    private void compareAll(List<CopyResult.Collection> copied, long expected) {
        CopyWatch watch = new CopyWatch(CopyProgress.Step.COMPARING, expected, options.progress());
        try (EngineSession session = target.begin(SessionMode.COPY)) {
            SessionSource there = new SessionSource(target.info().target(), session);
            List<CollectionDefinition> collections = source.definitions();
            for (int i = 0; i < collections.size(); i++) {
                CollectionDefinition collection = collections.get(i);
                step = "while collection '" + collection.name() + "' was compared";
                CollectionDefinition defined =
                        Objects.requireNonNullElse(session.definition(collection.name()), collection);
                CopyResult.Collection found = hash(there, defined, kept(collection), watch, mark::renew);
                if (!found.equals(copied.get(i))) {
                    throw new CopyException("Collection '" + collection.name() + "' is not the same in "
                            + source.shown() + " (" + copied.get(i).documents() + " documents) and in "
                            + target.info().target() + " (" + found.documents()
                            + "). Does somebody write to the target?"
                            + " It is marked as unfinished; stop others, and run the copy again.");
                }
            }
        }
    }

    /** Reads a collection through, without some of its documents. */
    static CopyResult.Collection hash(
            CopySource source, CollectionDefinition collection, Set<String> without, CopyWatch watch, Runnable now) {
        ContentHash hash = new ContentHash(collection);
        try (ReadAhead chunks = new ReadAhead(source, collection, Long.MAX_VALUE)) {
            Stretch stretch = new Stretch(collection, "", chunks.next(), without);
            while (!stretch.isLast()) {
                hash.addAll(stretch.wanted());
                watch.tell(collection.name(), hash);
                now.run();
                stretch = stretch.before(chunks.next());
            }
        }
        watch.done(hash);
        return hash.result();
    }
}
