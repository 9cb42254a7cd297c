package dev.pagurus.store.internal.copy;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.internal.value.StepMark;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.SessionMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Brings a target to one state of a source: chunk after chunk, in order of id, what differs is replaced, so that a copy that
 * broke off goes on where it stopped.
 */
final class StateCopy {

    private final CopySource source;
    private final CopyTarget target;
    private final CopyOptions options;
    private final Set<String> kept;
    private final List<CollectionDefinition> collections;
    private final long expected;

    StateCopy(CopySource source, CopyTarget target, CopyOptions options, KeptMarks kept) {
        this.source = source;
        this.target = target;
        this.options = options;
        this.kept = kept.beside(source);
        this.collections = source.definitions();
        this.expected = source.documents();
    }

    /** Brings everything over, except collections that are in this state already, reads all of the target, and compares. */
    CopyResult bringAndCompare(Set<CollectionDefinition> inStep) {
        Map<String, CopyResult.Collection> copied = bring(inStep);
        List<CollectionDefinition> unread = collections.stream()
                .filter(one -> !copied.containsKey(one.name()))
                .toList();
        try (SourceHashes hashes = new SourceHashes(source, unread)) {
            return compareAll(collection -> copied.containsKey(collection)
                    ? Objects.requireNonNull(copied.get(collection))
                    : hashes.of(collection, target.mark()::renew));
        }
    }

    /** Brings everything over, except collections that are in this state already, and returns what was read for it, by name. */
    Map<String, CopyResult.Collection> bring(Set<CollectionDefinition> inStep) {
        CopyWatch watch = new CopyWatch(CopyProgress.Step.COPYING, expected, options.progress());
        Map<String, CopyResult.Collection> copied = new HashMap<>();
        List<CollectionDefinition> before = target.definitions();
        forgetSteps(before);
        for (CollectionDefinition collection : collections) {
            target.isAt("while collection '" + collection.name() + "' was made");
            define(collection, before);
            if (inStep.contains(collection.withShape(null))) {
                continue;
            }
            ContentHash hash = new ContentHash(collection);
            copy(collection, hash, watch);
            watch.done(hash);
            copied.put(collection.name(), hash.result());
        }
        return copied;
    }

    private void define(CollectionDefinition collection, List<CollectionDefinition> before) {
        for (CollectionDefinition other : before) {
            if (other.name().equals(collection.name()) && !other.hasTablesOf(collection)) {
                target.change(session -> session.deleteAll(other.withoutExpiry(), Condition.EVERYTHING));
            }
        }
        target.define(collection);
    }

    private Set<String> kept(CollectionDefinition collection) {
        return StepMark.isOf(collection) ? kept : Set.of();
    }

    /** What the target says has run there has not run over the source's documents, if the source does not say so. */
    private void forgetSteps(List<CollectionDefinition> before) {
        if (before.stream().anyMatch(StepMark::isOf) && collections.stream().noneMatch(StepMark::isOf)) {
            target.isAt("before the first document");
            target.change(new Stretch(StepMark.COLLECTION, "", List.of(), kept)::bring);
        }
    }

    private void copy(CollectionDefinition collection, ContentHash hash, CopyWatch watch) {
        target.isAt("before the first document of collection '" + collection.name() + "'");
        try (ReadAhead chunks = new ReadAhead(source, collection, target.maxBodyBytes())) {
            Stretch stretch = new Stretch(collection, "", chunks.next(), kept(collection));
            while (true) {
                target.isAt("while " + stretch + " were copied");
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
            target.change(stretch::bring);
        } catch (UnavailableException e) {
            AtomicLong dropped = new AtomicLong();
            if (stretch.collection().hasUnique()) {
                target.change(session -> dropped.set(stretch.dropBeyond(session)));
            }
            if (dropped.get() == 0) {
                throw e;
            }
            target.change(stretch::bring);
        }
    }

    private CopyResult compareAll(Function<String, CopyResult.Collection> wanted) {
        CopyWatch watch = new CopyWatch(CopyProgress.Step.COMPARING, expected, options.progress());
        List<CopyResult.Collection> compared = new ArrayList<>();
        try (EngineSession session = target.engine().begin(SessionMode.COPY)) {
            // Nothing had expired by then: all that is stored is compared.
            SessionSource there = new SessionSource(target.shown(), session, Long.MIN_VALUE);
            for (CollectionDefinition collection : collections) {
                target.isAt("while collection '" + collection.name() + "' was compared");
                CollectionDefinition defined =
                        Objects.requireNonNullElse(session.definition(collection.name()), collection);
                CopyResult.Collection found = hash(there, defined, kept(collection), watch, target.mark()::renew);
                CopyResult.Collection copied = wanted.apply(collection.name());
                if (!found.equals(copied)) {
                    throw new CopyException("Collection '" + collection.name() + "' is not the same in "
                            + source.shown() + " (" + copied.documents() + " documents) and in "
                            + target.shown() + " (" + found.documents()
                            + "). Does somebody write to the target?"
                            + " It is marked as unfinished; stop others, and run the copy again.");
                }
                compared.add(copied);
            }
        }
        return new CopyResult(compared);
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
