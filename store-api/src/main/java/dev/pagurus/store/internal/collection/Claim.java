package dev.pagurus.store.internal.collection;

import dev.pagurus.store.Document;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.TransactionConflictException;
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

    private final QueryPlan<T> plan;
    private final Access access;
    private final UnaryOperator<T> change;
    private final List<Document<T>> claimed = new ArrayList<>();

    /** Ids of documents that this call leaves alone: they cannot be decoded, or somebody else has them locked. */
    private final Set<String> passed = new HashSet<>();

    private @Nullable List<@Nullable Object> position;
    private @Nullable Retry patience;
    private int inVain;

    Claim(QueryPlan<T> plan, Access access, UnaryOperator<T> change) {
        this.plan = plan;
        this.access = access;
        this.change = change;
    }

    List<Document<T>> run() {
        try {
            boolean more = true;
            while (more && claimed.size() < plan.limit()) {
                more = step();
            }
        } catch (TransactionConflictException e) {
            // Whatever it is that others do to these documents for so long: they are being taken.
            return Collections.unmodifiableList(claimed);
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
            patience = patience == null ? access.retry("claim") : patience;
            patience.pause(null);
        }
        // Where some are passed by there may be many of them.
        Scan scan = plan.scan(position, Math.min(MOST, plan.limit() - claimed.size() + passed.size()));
        Candidates candidates = access.candidates(scan, passed);
        int lost = 0;
        try {
            List<StoredDocument> found = candidates.documents();
            if (found.isEmpty()) {
                position = candidates.next();
                return !candidates.exhausted();
            }
            int before = claimed.size() + passed.size();
            lost = take(found);
            position = null;
            int settled = claimed.size() + passed.size() - before;
            inVain = settled == 0 ? inVain + 1 : 0;
            return !candidates.exhausted() || settled < found.size();
        } finally {
            candidates.settled(lost);
        }
    }

    /** Changes what was found; returns how many of them somebody else has changed meanwhile. */
    private int take(List<StoredDocument> found) {
        List<Document<T>> changed = new ArrayList<>(found.size());
        List<Write> writes = new ArrayList<>(found.size());
        for (StoredDocument stored : found) {
            if (writes.size() == plan.limit() - claimed.size()) {
                break;
            }
            Document<T> document = plan.decode(stored);
            if (document == null) {
                passed.add(stored.id());
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
                claimed.add(new Document<>(
                        write.id(),
                        written.version(),
                        Micros.toInstant(written.createdAt()),
                        changed.get(i).value()));
            } else if (outcome instanceof WriteOutcome.VersionConflict) {
                lost++;
            } else if (outcome instanceof WriteOutcome.Postponed) {
                passed.add(write.id());
                lost++;
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
