package dev.pagurus.store.internal;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StepSummary;
import dev.pagurus.store.Store.StepFunction;
import dev.pagurus.store.Store.TransactionAction;
import dev.pagurus.store.Transaction;
import dev.pagurus.store.UnsupportedCapabilityException;
import dev.pagurus.store.internal.access.SessionAccess;
import dev.pagurus.store.internal.access.StoreAccess;
import dev.pagurus.store.internal.access.Transactions;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.internal.value.StepMark;
import dev.pagurus.store.internal.value.Texts;
import dev.pagurus.store.internal.watch.Seen;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineInfo;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Reads;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SchemaChange;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.Write.Precondition;
import dev.pagurus.store.spi.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Steps, each run once. The mark is written before the work is done, in its transaction: so an engine with several writers
 * has a second process wait for the first one, or conflict with it, before it does anything.
 */
final class Steps {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store.schema");

    private static final List<Sort> BY_ID = List.of(new Sort("id", false));

    private final StoreEngine engine;
    private final StoreAccess access;
    private final Definitions definitions;
    private final Marks marks;
    private final Transactions transactions;

    /** A mark with the version to change it by; null if it is not stored yet. */
    private record Found(StepMark mark, @Nullable Long version) {}

    Steps(StoreEngine engine, StoreAccess access, Definitions definitions, Marks marks, Transactions transactions) {
        this.engine = engine;
        this.access = access;
        this.definitions = definitions;
        this.marks = marks;
        this.transactions = transactions;
    }

    <X extends Exception> boolean run(String name, TransactionAction<X> work) throws X {
        Objects.requireNonNull(work, "work");
        if (isDone(name, null)) {
            return false;
        }
        marks.define();
        boolean ran = transactions.<Boolean, X>run((tx, session) -> {
            Found found = find(session, name, null);
            if (found.mark().done()) {
                return false;
            }
            write(session, name, found, StepMark.DONE);
            work.run(tx);
            return true;
        });
        if (ran) {
            LOG.info("Step '{}' has run in {}", name, info().target());
        }
        return ran;
    }

    <T, X extends Exception> boolean run(String name, Schema<T> over, StepFunction<T, X> work) throws X {
        Objects.requireNonNull(over, "over");
        Objects.requireNonNull(work, "work");
        if (isDone(name, over.name())) {
            return false;
        }
        marks.define();
        Mapping<T> mapping = definitions.mapping(over);
        boolean ran = false;
        try {
            Batch batch;
            do {
                batch = transactions.<Batch, X>run((tx, session) -> next(name, mapping, work, tx, session));
                ran |= batch.kind() != Batch.Kind.NONE;
            } while (batch.kind() == Batch.Kind.SOME);
            if (ran) {
                tellEnd(name, over.name(), batch);
            }
            return ran;
        } catch (SchemaException e) {
            if (!isDone(name, over.name())) {
                throw e;
            }
            // Another process ended it meanwhile and went on: the collection is of a later revision by now, or gone.
            return ran;
        }
    }

    private void tellEnd(String name, String over, Batch last) {
        if (last.kind() == Batch.Kind.ABSENT) {
            LOG.info("Step '{}' is at its end in {}: there is no collection '{}'", name, info().target(), over);
            return;
        }
        LOG.info(
                "Step '{}' is at its end in {}: {} documents of '{}'",
                name,
                info().target(),
                String.format(Locale.ROOT, "%,d", last.documents()),
                over);
    }

    /**
     * What a transaction did.
     *
     * @param documents how many the step was given by then
     */
    private record Batch(Kind kind, long documents) {

        enum Kind {
            /** Somebody else was at the end. */
            NONE,
            /** It gave documents to the function. */
            SOME,
            /** It found no more, and said so in the mark. */
            LAST,
            /** It found no collection, and said in the mark that it is at its end. */
            ABSENT
        }
    }

    private <T, X extends Exception> Batch next(
            String name, Mapping<T> mapping, StepFunction<T, X> work, Transaction tx, SessionAccess session) throws X {
        CollectionDefinition wanted = mapping.definition();
        Found found = find(session, name, wanted.name());
        if (found.mark().done()) {
            return new Batch(Batch.Kind.NONE, found.mark().documents());
        }
        StepMark mark = found.version() == null ? StepMark.before(wanted.name()) : found.mark();
        @Nullable CollectionDefinition collection = session.read(reads -> reads.definition(wanted.name()));
        if (collection == null) {
            write(session, name, found, mark.ended());
            return new Batch(Batch.Kind.ABSENT, mark.documents());
        }
        requireReadable(name, collection, wanted);
        List<StoredDocument> documents = session.read(reads -> reads.scan(after(collection, mark.place())))
                .documents();
        if (documents.isEmpty()) {
            write(session, name, found, mark.ended());
            return new Batch(Batch.Kind.LAST, mark.documents());
        }
        write(
                session,
                name,
                found,
                mark.after(documents.size(), documents.get(documents.size() - 1).id()));
        List<Document<T>> batch = new ArrayList<>(documents.size());
        for (StoredDocument document : documents) {
            batch.add(mapping.decode(document));
        }
        @Nullable Seen seen = session.watch().current();
        if (seen != null) {
            seen.rows(seen.rows() + batch.size());
        }
        work.run(tx, List.copyOf(batch));
        return new Batch(Batch.Kind.SOME, mark.documents());
    }

    /** A step needs the bodies only: its schema need not repeat the fields and indexes, but be of the stored revision. */
    private static void requireReadable(String name, CollectionDefinition stored, CollectionDefinition wanted) {
        if (stored.revision() < wanted.revision()) {
            throw new SchemaException("The step '" + name + "' goes over revision " + wanted.revision()
                    + " of collection '" + wanted.name() + "', which is stored at revision " + stored.revision()
                    + ". Nothing was changed. Ask for the collection first, by store.collection(schema); a step raises"
                    + " nothing.");
        }
        CollectionDefinition bodies = bodies(wanted);
        if (stored.revision() == wanted.revision()
                && bodies.shape() != null
                && stored.shape() != null
                && !bodies.shape().equals(stored.shape())) {
            throw SchemaChange.different(bodies(stored), bodies);
        }
        // What is left is the refusal of a schema that is older than what is stored.
        SchemaChange.between(bodies(stored), bodies);
    }

    private static CollectionDefinition bodies(CollectionDefinition of) {
        return new CollectionDefinition(of.name(), of.revision(), List.of(), List.of(), of.shape(), null);
    }

    private static Scan after(CollectionDefinition collection, String place) {
        Range rest = place.isEmpty() ? Range.ALL : new Range(List.of(), new Range.Tail.After(List.of(place)));
        return new Scan(collection, Condition.EVERYTHING, BY_ID, List.of(rest), Scan.CHUNK_DOCUMENTS, Scan.CHUNK_BYTES);
    }

    /** Returns all steps, in order of name. */
    List<StepSummary> all() {
        return marks.all(StepMark::isStep).stream().map(StepMark::summary).toList();
    }

    /** Refuses what would take a collection from under a step. */
    void refuseUnfinishedOver(String collection) {
        for (StoredDocument stored : marks.all(StepMark::isStep)) {
            StepMark mark = StepMark.of(stored);
            if (!mark.done() && collection.equals(mark.over())) {
                throw new SchemaException("The step '" + stored.id() + "' over collection '" + collection
                        + "' is not at its end. Nothing was changed. Run it to its end first; if it is no longer in the code, run"
                        + " it under its name with a function that does nothing.");
            }
        }
    }

    /**
     * Says whether a step is at its end.
     *
     * @param over the collection that it goes over; null if it is one transaction
     */
    private boolean isDone(String name, @Nullable String over) {
        access.requireOpen();
        if (name == null || name.isEmpty()) {
            throw new InvalidValueException("The name of a step is " + (name == null ? "null" : "empty")
                    + "; it has 1 to " + Schema.MAX_ID_BYTES + " UTF-8 bytes.");
        }
        Texts.check(name, Schema.MAX_ID_BYTES, "The name of a step");
        requireTidy(name);
        if (!info().capabilities().contains(Capability.TRANSACTIONS)) {
            throw new UnsupportedCapabilityException(info().name(), Capability.TRANSACTIONS);
        }
        return access.read(reads -> marks.areDefined(reads)
                && requireSame(name, over, found(reads, name)).mark().done());
    }

    /** Two names that look alike would be two steps, and the work would be done twice. */
    private static void requireTidy(String name) {
        boolean blank = true;
        for (int i = 0; i < name.length(); i++) {
            boolean before = blank;
            blank = Character.isWhitespace(name.charAt(i));
            if (blank && (before || i == name.length() - 1)) {
                throw new InvalidValueException("The name of a step, '" + name
                        + "', begins or ends with a blank, or has two of them in a row. The step was not run. Take them out:"
                        + " one with them looks like one without, and is another step.");
            }
        }
    }

    private static Found find(SessionAccess session, String name, @Nullable String over) {
        return requireSame(name, over, session.read(reads -> found(reads, name)));
    }

    /** Refuses the name of another step, be that done or not. */
    private static Found requireSame(String name, @Nullable String over, Found found) {
        if (found.version() != null && !Objects.equals(found.mark().over(), over)) {
            throw other(name, found.mark());
        }
        return found;
    }

    private static Found found(Reads reads, String name) {
        List<StoredDocument> stored = reads.get(StepMark.COLLECTION, List.of(name));
        return stored.isEmpty()
                ? new Found(new StepMark(false, null, 0, ""), null)
                : new Found(StepMark.of(stored.get(0)), stored.get(0).version());
    }

    private static void write(SessionAccess session, String name, Found found, StepMark mark) {
        Long version = found.version();
        WriteOutcome outcome = session.write(new Write(
                StepMark.COLLECTION,
                name,
                version == null ? Precondition.ABSENT : Precondition.version(version),
                new Content.Body(mark.text(), List.of())));
        if (!(outcome instanceof WriteOutcome.Written)) {
            throw new SerializationFailure("Somebody else has begun the step '" + name + "'.", null);
        }
    }

    private static SchemaException other(String name, StepMark mark) {
        return new SchemaException("The step '" + name + "' was begun "
                + (mark.over() == null
                        ? "as one transaction"
                        : "over collection '" + mark.over() + "', batch by batch,")
                + (mark.done() ? " and has run." : " and is not at its end.")
                + " Nothing was changed. "
                + (mark.done() ? "Give" : "Run that one to its end, and give")
                + " this one another name.");
    }

    private EngineInfo info() {
        return engine.info();
    }
}
