package dev.pagurus.store.internal.join;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.StoredDocument;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Deals out documents of a collection to the threads of this process that claim some, so that none of them tries to take what
 * another one is taking. Where several do so at a time, more is read than is asked for, and serves those who come in the next
 * milliseconds; who comes alone, or would get nothing, is never served with what was read before.
 *
 * <p>Between processes it is the documents' versions that let one of them take one. Who loses to another process keeps nothing,
 * and who loses several of them one after the other looks further from the head for a moment.
 */
final class Dealer {

    /** How long a claimer whose function takes its time keeps a document from the others. */
    private static final long KEPT_NANOS = Duration.ofSeconds(2).toNanos();

    /** How many documents must have been lost, each so soon after the other, before others are believed to take from the same head. */
    private static final int LOSSES = 3;

    private static final long SOON_NANOS = Duration.ofMillis(100).toNanos();

    /** How long nobody looks at the head again; where that takes long, so many times as long as it took. */
    private static final long FRESH_NANOS = Duration.ofMillis(10).toNanos();

    private static final int FRESH_READINGS = 10;

    /** How many documents are read that nobody has asked for, and how far from the head is looked. */
    private static final int MOST = 200;

    private final ReentrantLock lock = new ReentrantLock();

    /** What threads are taking, by id, and since when; under the lock, as all that follows is. */
    private final Map<String, Long> taking = new HashMap<>();

    private final List<StoredDocument> left = new ArrayList<>();
    private @Nullable Demand leftOf;

    /** Where the order goes on behind what was read; null at its end. */
    private @Nullable List<@Nullable Object> behind;

    private long freshUntil;

    /** How many were dealt since it was read last, and when that was: as many will be wanted in the next like time. */
    private int dealt;

    private long lastRead = System.nanoTime();
    private int losses;
    private long lastLost = System.nanoTime() - SOON_NANOS;

    /**
     * What is to be read beside what is asked for.
     *
     * @param more how many documents more
     * @param taken the ids of those that do not count, because threads are taking them
     * @param from behind what to read; null to begin at the head
     */
    record Beside(int more, Set<String> taken, @Nullable List<@Nullable Object> from) {}

    /** Deals from what was read before; null if there is not enough that will do. */
    @Nullable
    Candidates again(Demand demand) {
        lock.lock();
        try {
            boolean several = !taking.isEmpty();
            return several
                            && isFresh(demand)
                            && demand.fitting(left) >= demand.scan().maxDocuments()
                    ? deal(demand, left, null, false)
                    : null;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFresh(Demand demand) {
        @Nullable Demand before = leftOf;
        return before != null && System.nanoTime() - freshUntil < 0 && before.serves(demand);
    }

    /** Says what to read for some claimers who want so many documents. */
    Beside beside(int claimers, int wanted, Demand demand) {
        lock.lock();
        try {
            long now = System.nanoTime();
            taking.values().removeIf(since -> now - since > KEPT_NANOS);
            boolean alone = claimers == 1 && taking.isEmpty();
            boolean goesOn = !alone && behind != null && isFresh(demand);
            if (!goesOn) {
                forget();
            }
            // Nothing is dealt while it is read: it would be found, and dealt again.
            leftOf = null;
            long likely = dealt * FRESH_NANOS / Math.max(1, now - lastRead);
            dealt = 0;
            lastRead = now;
            int more = isBesideOthers(now)
                    ? spread()
                    : alone ? 0 : (int) Math.min(MOST, Math.max(likely, 2L * (wanted + taking.size())));
            return goesOn ? new Beside(more, Set.of(), behind) : new Beside(more, new HashSet<>(taking.keySet()), null);
        } finally {
            lock.unlock();
        }
    }

    private void forget() {
        left.clear();
        leftOf = null;
        behind = null;
    }

    /** Deals what was read for some claimers. */
    void deal(Chunk chunk, Beside beside, long began, Demand read, List<Call<Demand, Candidates>> calls) {
        lock.lock();
        try {
            boolean atHead = beside.from() == null;
            // Some of it may have been lost meanwhile, and forgotten.
            boolean all = atHead || behind != null;
            List<StoredDocument> free = new ArrayList<>(left);
            chunk.documents().stream()
                    .filter(document -> !beside.taken().contains(document.id()))
                    .forEach(free::add);
            long now = System.nanoTime();
            boolean others = isBesideOthers(now);
            if (others && free.size() > 1) {
                Collections.rotate(free, -ThreadLocalRandom.current().nextInt(Math.min(spread() + 1, free.size())));
            }
            boolean enough = true;
            for (Call<Demand, Candidates> call : calls) {
                // What matches only what this caller asked for was not looked for; what is new at the head was not,
                // either.
                boolean exhausted = atHead && chunk.next() == null && call.asked.serves(read);
                Candidates candidates = deal(call.asked, free, atHead ? chunk.next() : null, exhausted);
                enough &= !candidates.documents().isEmpty();
                call.answer = candidates;
            }
            forget();
            if (all && enough && !others && beside.more() > 0) {
                left.addAll(free);
                leftOf = read;
                behind = chunk.next();
                if (atHead) {
                    freshUntil = began + Math.max(FRESH_NANOS, FRESH_READINGS * (now - began));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    private Candidates deal(
            Demand demand, List<StoredDocument> free, @Nullable List<@Nullable Object> next, boolean exhausted) {
        List<StoredDocument> part = new ArrayList<>();
        Iterator<StoredDocument> documents = free.iterator();
        while (documents.hasNext() && part.size() < demand.scan().maxDocuments()) {
            StoredDocument document = documents.next();
            if (!demand.passed().contains(document.id())) {
                part.add(document);
                dealt++;
                taking.put(document.id(), System.nanoTime());
                documents.remove();
            }
        }
        boolean none = exhausted && (free.isEmpty() || demand.fitting(free) == 0);
        return new Candidates(part, next, none, lost -> settled(part, lost));
    }

    private void settled(List<StoredDocument> part, int lost) {
        lock.lock();
        try {
            part.forEach(document -> taking.remove(document.id()));
            if (lost > 0) {
                long now = System.nanoTime();
                // One or two may be lost to anybody who changes documents.
                losses = now - lastLost < SOON_NANOS ? Math.min(MOST, losses + lost) : lost;
                lastLost = now;
                forget();
            }
        } finally {
            lock.unlock();
        }
    }

    private int spread() {
        return Math.min(MOST, 4 * losses);
    }

    private boolean isBesideOthers(long now) {
        return losses >= LOSSES && now - lastLost < SOON_NANOS;
    }
}
