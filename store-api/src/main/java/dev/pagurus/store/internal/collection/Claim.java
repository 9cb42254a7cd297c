package dev.pagurus.store.internal.collection;

import dev.pagurus.store.Document;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.internal.access.Access;
import dev.pagurus.store.internal.join.Candidates;
import dev.pagurus.store.internal.join.Retry;
import dev.pagurus.store.internal.query.QueryPlan;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes the first documents of a query: finds some, changes each as long as it has the version that was found, and looks for
 * others in place of those that somebody else has taken.
 */
final class Claim<T> {

    /** How many writes are made at once; more documents are claimed in several steps. */
    private static final int MOST = 256;

    /** After so many steps that took nothing there is a pause before the next. */
    private static final int AT_ONCE = 2;

    /** How often it looks whether something has come free, where nothing else is to be had. */
    private static final int MOST_LOOKS = 2;

    private final QueryPlan<T> plan;
    private final Access access;
    private final UnaryOperator<T> change;
    private final List<Document<T>> claimed = new ArrayList<>();

    /** Ids of documents that this call has done with: it has claimed them, cannot decode them, or would have to wait for them. */
    private final Set<String> done = new HashSet<>();

    /** Those of them that it would have to wait for. */
    private final Set<String> locked = new HashSet<>();

    private @Nullable List<@Nullable Object> position;
    private @Nullable Retry patience;
    private int inVain;
    private int looks;

    Claim(QueryPlan<T> plan, Access access, UnaryOperator<T> change) {
        this.plan = plan;
        this.access = access;
        this.change = change;
    }

    List<Document<T>> run() {
        try {
            boolean more = true;
            while (more && claimed.size() < plan.limit()) {
                more = step() || looksAgain();
            }
        } catch (RuntimeException e) {
            // Nobody else would work on what is claimed by now. What was thrown is met again.
            if (claimed.isEmpty()) {
                throw e;
            }
        }
        return Collections.unmodifiableList(claimed);
    }

    /** Tries to take what is missing; returns whether there may be more. */
    private boolean step() {
        if (inVain > AT_ONCE) {
            pause();
        }
        int missing = plan.limit() - claimed.size();
        // Where some cannot be decoded there may be many of them.
        Scan scan = plan.scan(position, Math.min(MOST, missing + done.size() - claimed.size()));
        Candidates candidates = access.candidates(scan, done);
        int lost = 0;
        try {
            List<StoredDocument> found = candidates.documents();
            if (found.isEmpty()) {
                position = candidates.next();
                return !candidates.exhausted();
            }
            int before = done.size();
            lost = take(found, missing);
            position = null;
            int settled = done.size() - before;
            inVain = settled == 0 ? inVain + 1 : 0;
            return !candidates.exhausted() || settled < found.size();
        } finally {
            candidates.settled(lost);
        }
    }

    /** Nothing was to be had: it may be that what was locked is free by now. */
    private boolean looksAgain() {
        if (!claimed.isEmpty() || locked.isEmpty() || ++looks > MOST_LOOKS) {
            return false;
        }
        done.removeAll(locked);
        locked.clear();
        pause();
        return true;
    }

    private void pause() {
        patience = patience == null ? access.retry("claim") : patience;
        patience.pause(null);
    }

    /** Changes what was found; returns how many of them were lost to somebody who was faster. */
    private int take(List<StoredDocument> found, int missing) {
        List<Document<T>> changed = new ArrayList<>(found.size());
        List<Write> writes = new ArrayList<>(found.size());
        for (StoredDocument stored : found) {
            if (writes.size() == missing) {
                break;
            }
            Document<T> document = plan.decode(stored);
            if (document == null) {
                done.add(stored.id());
                continue;
            }
            T value = change.apply(document.value());
            if (value == null) {
                throw new InvalidValueException("The function given to claim returned null for document '"
                        + document.id() + "'. Nothing was changed.");
            }
            changed.add(new Document<>(document.id(), document.version(), document.createdAt(), value));
            writes.add(new Write(
                    plan.mapping().definition(),
                    document.id(),
                    Write.Precondition.version(document.version()),
                    plan.mapping().encode(document.id(), value)));
        }
        return writes.isEmpty() ? 0 : account(changed, writes, access.tryAll(writes));
    }

    private int account(List<Document<T>> changed, List<Write> writes, List<WriteOutcome> outcomes) {
        int lost = 0;
        @Nullable StoreException refused = null;
        for (int i = 0; i < outcomes.size(); i++) {
            WriteOutcome outcome = outcomes.get(i);
            Write write = writes.get(i);
            if (outcome instanceof WriteOutcome.Written written) {
                done.add(write.id());
                claimed.add(new Document<>(
                        write.id(),
                        written.version(),
                        Micros.toInstant(written.createdAt()),
                        changed.get(i).value()));
            } else if (outcome instanceof WriteOutcome.VersionConflict) {
                lost++;
            } else if (outcome instanceof WriteOutcome.Postponed) {
                done.add(write.id());
                locked.add(write.id());
            } else {
                refused = Outcomes.failure(write, outcome);
            }
        }
        if (refused != null) {
            throw refused;
        }
        return lost;
    }
}
