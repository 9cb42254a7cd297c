package dev.pagurus.store.internal;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoredRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

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
    private String step = "before the first document";

    Copying(CopySource source, StoreEngine target, StoreConfig config, CopyOptions options) {
        this.source = source;
        this.target = target;
        this.timeout = config.timeout();
        this.maxBodyBytes = config.maxBodyBytes();
        this.options = options;
        this.mark = new CopyMark(target, config.timeout(), source.shown());
    }

    /** Asks whether a mark that was just set in the target is seen in the source too. */
    @FunctionalInterface
    interface SameDatabase {
        boolean sees(CopyMark mark);
    }

    CopyResult run(SameDatabase same) {
        List<CollectionDefinition> before = target.definitions().stream()
                .filter(one -> !CopyMark.isMark(one))
                .toList();
        boolean goesOn = mark.set();
        if (same.sees(mark)) {
            mark.clear();
            throw new CopyException("The source and the target are the same database, " + source.shown()
                    + ". Nothing was changed; name another target.");
        }
        if (!goesOn && !options.overwrite()) {
            requireEmpty(before);
        }
        try {
            long expected = source.documents();
            List<CopyResult.Collection> copied = copyAll(before, expected);
            compareAll(copied, expected);
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

    private void requireEmpty(List<CollectionDefinition> collections) {
        for (CollectionDefinition collection : collections) {
            long documents = target.count(collection, Condition.EVERYTHING);
            if (documents > 0) {
                mark.clear();
                throw new CopyException("The target " + target.info().target() + " is not empty: collection '"
                        + collection.name() + "' holds " + documents + " documents. Nothing was changed; name an empty"
                        + " database, or ask for it to be overwritten.");
            }
        }
    }

    private List<CopyResult.Collection> copyAll(List<CollectionDefinition> before, long expected) {
        CopyWatch watch = new CopyWatch(CopyProgress.Step.COPYING, expected, options.progress());
        List<CopyResult.Collection> copied = new ArrayList<>();
        for (CollectionDefinition collection : source.definitions()) {
            step = "while collection '" + collection.name() + "' was copied, after " + watch.documents() + " of "
                    + expected + " documents";
            define(collection, before);
            ContentHash hash = new ContentHash(collection);
            copy(collection, hash, watch);
            watch.done(hash);
            copied.add(hash.result());
        }
        return copied;
    }

    /** Makes the collection. If there is another one of its name, it must be empty first: nobody here can refill it. */
    private void define(CollectionDefinition collection, List<CollectionDefinition> before) {
        for (CollectionDefinition other : before) {
            if (other.name().equals(collection.name()) && !other.equals(collection)) {
                mark.change(session -> session.deleteAll(other, Condition.EVERYTHING));
            }
        }
        Retry.untilSerialized("definition of collection '" + collection.name() + "'", timeout, () -> {
            target.define(collection, (id, body) -> {
                throw new CopyException("Somebody else writes to collection '" + collection.name() + "' of "
                        + target.info().target() + " while it is copied. Stop that, and run the copy again.");
            });
            return true;
        });
    }

    private void copy(CollectionDefinition collection, ContentHash hash, CopyWatch watch) {
        try (ReadAhead chunks = new ReadAhead(source, collection, maxBodyBytes)) {
            String after = "";
            while (true) {
                List<StoredRow> rows = chunks.next();
                bring(new Stretch(collection, after, rows));
                if (rows.isEmpty()) {
                    return;
                }
                hash.addAll(rows);
                watch.tell(collection.name(), hash);
                after = rows.get(rows.size() - 1).id();
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
                CopyResult.Collection found = hash(there, collection, watch);
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

    private CopyResult.Collection hash(CopySource there, CollectionDefinition collection, CopyWatch watch) {
        return hash(there, collection, watch, mark::renew);
    }

    /** Reads a collection through. */
    static CopyResult.Collection hash(
            CopySource source, CollectionDefinition collection, CopyWatch watch, Runnable now) {
        ContentHash hash = new ContentHash(collection);
        try (ReadAhead chunks = new ReadAhead(source, collection, Long.MAX_VALUE)) {
            List<StoredRow> rows = chunks.next();
            while (!rows.isEmpty()) {
                hash.addAll(rows);
                watch.tell(collection.name(), hash);
                now.run();
                rows = chunks.next();
            }
        }
        watch.done(hash);
        return hash.result();
    }
}
