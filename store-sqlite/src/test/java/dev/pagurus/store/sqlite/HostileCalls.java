package dev.pagurus.store.sqlite;

import static dev.pagurus.store.sqlite.Specimen.NUMBER;
import static dev.pagurus.store.sqlite.Specimen.SCHEMA;
import static dev.pagurus.store.sqlite.Specimen.TEXT;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Transaction;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.VersionConflictException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;

/** Calls at the wrong time, in the wrong place, or with a number out of range. */
final class HostileCalls {

    private static final String OUTER = "was used inside of its own transaction on the same thread";

    private HostileCalls() {}

    static Stream<Attack> attacks() {
        return Stream.of(limits(), whole(), conflicts(), insideOut(), tooLate()).flatMap(attacks -> attacks);
    }

    private static Stream<Attack> limits() {
        return Stream.of(0, -1, Integer.MIN_VALUE)
                .map(limit -> new Attack(
                        "a limit of " + limit,
                        InvalidValueException.class,
                        "must be 1 or more, not " + limit,
                        victim -> victim.specimens().query().limit(limit).list()));
    }

    private static Stream<Attack> whole() {
        return Stream.of(
                misuse(
                        "a count with a limit",
                        "count() concerns every document",
                        victim -> victim.specimens().query().limit(1).count()),
                misuse(
                        "a deleteAll with a limit",
                        "deleteAll() concerns every document",
                        victim -> victim.specimens().query().limit(1).deleteAll()),
                misuse(
                        "a deleteAll with a cursor",
                        "deleteAll() concerns every document",
                        victim -> victim.specimens().query().startAfter("x").deleteAll()),
                misuse(
                        "an updateAll with a limit",
                        "updateAll(...) concerns every",
                        victim -> victim.specimens().query().limit(1).updateAll(value -> value)),
                misuse(
                        "groups with a limit",
                        "groupBy(...) concerns every",
                        victim -> victim.specimens().query().limit(1).groupBy(TEXT)),
                misuse(
                        "a countBy with a limit",
                        "countBy(...) concerns every",
                        victim -> victim.specimens().query().limit(1).countBy(TEXT)),
                misuse(
                        "a second order without a first",
                        "needs an orderBy(...) before it",
                        victim -> victim.specimens().query().thenBy(TEXT.asc())),
                new Attack(
                        "an order twice",
                        InvalidValueException.class,
                        "ordered by 'number' twice",
                        victim ->
                                victim.specimens().query().orderBy(NUMBER.asc()).thenBy(NUMBER.desc())));
    }

    private static Stream<Attack> conflicts() {
        Specimen known = Specimen.numbered(1);
        return Stream.of(
                new Attack(
                        "an id that is taken",
                        DuplicateIdException.class,
                        "'s01' in collection",
                        victim -> victim.specimens().insert(Victim.PRESENT, known)),
                new Attack(
                        "a text that is taken",
                        UniqueViolationException.class,
                        "has the same text",
                        victim -> victim.specimens().put("new", known)),
                new Attack(
                        "a version that never was",
                        VersionConflictException.class,
                        "was to have version 0",
                        victim -> victim.specimens().replace(Victim.PRESENT, 0, known)),
                new Attack(
                        "a negative version",
                        VersionConflictException.class,
                        "version -1, but it has",
                        victim -> victim.specimens().delete(Victim.PRESENT, -1)),
                new Attack(
                        "the greatest version",
                        VersionConflictException.class,
                        "9223372036854775807",
                        victim -> victim.specimens().replace(Victim.PRESENT, Long.MAX_VALUE, known)),
                new Attack(
                        "a version of a missing document",
                        VersionConflictException.class,
                        "is not there",
                        victim -> victim.specimens().replace("missing", 1, known)),
                new Attack(
                        "a taken id with a line feed in it",
                        DuplicateIdException.class,
                        "in collection",
                        victim -> insertTwice(victim, "line 1\nline 2")),
                new Attack(
                        "a taken id that turns text round",
                        DuplicateIdException.class,
                        "in collection",
                        victim -> insertTwice(victim, "abc\u202Edef")));
    }

    private static void insertTwice(Victim victim, String id) {
        try {
            victim.specimens().insert(id, Specimen.named("first"));
            victim.specimens().insert(id, Specimen.named("second"));
        } finally {
            victim.specimens().delete(id);
        }
    }

    private static Stream<Attack> insideOut() {
        return Stream.of(
                inTransaction(
                        "a read of the store", victim -> victim.specimens().get(Victim.PRESENT)),
                inTransaction(
                        "a write to the store", victim -> victim.specimens().delete(Victim.PRESENT)),
                inTransaction(
                        "a query of the store",
                        victim -> victim.specimens().query().list()),
                inTransaction(
                        "a deleteAll of the store",
                        victim -> victim.specimens().query().deleteAll()),
                inTransaction(
                        "a collection of the store", victim -> victim.store().collection(SCHEMA.revision(2))),
                inTransaction("a transaction", victim -> victim.store().runTransaction(tx -> {})),
                inTransaction("a snapshot", victim -> victim.store().snapshot(view -> true)),
                inTransaction("closing the store", victim -> victim.store().close()),
                misuse(
                        "a write from inside a snapshot",
                        "inside of its own snapshot",
                        victim -> victim.store()
                                .snapshot(view -> victim.specimens().delete(Victim.PRESENT))),
                misuse(
                        "a function that fails after a write",
                        "changed my mind",
                        victim -> victim.store().runTransaction(tx -> {
                            tx.collection(SCHEMA).delete(Victim.PRESENT);
                            throw new IllegalStateException("changed my mind");
                        })),
                misuse(
                        "a change that fails inside a compute",
                        "changed my mind",
                        victim -> victim.specimens().compute(Victim.PRESENT, HostileCalls::changeMind)),
                misuse(
                        "a write that is used by another thread",
                        "belongs to the thread",
                        victim -> victim.store()
                                .runTransaction(tx -> onAnotherThread(
                                        () -> tx.collection(SCHEMA).delete(Victim.PRESENT)))));
    }

    private static Stream<Attack> tooLate() {
        return Stream.of(
                misuse("a transaction that is over", "transaction is over", victim -> {
                    Transaction tx = victim.store().<Transaction, RuntimeException>transaction(inside -> inside);
                    tx.collection(SCHEMA);
                }),
                misuse("a collection of a transaction that is over", "transaction is over", victim -> {
                    DocumentCollection<Specimen> specimens = victim.store().transaction(tx -> tx.collection(SCHEMA));
                    specimens.delete(Victim.PRESENT);
                }),
                misuse("an action for after a commit that has been", "transaction is over", victim -> {
                    Transaction tx = victim.store().<Transaction, RuntimeException>transaction(inside -> inside);
                    tx.afterCommit(() -> {});
                }),
                misuse("a collection of a snapshot that is over", "snapshot is over", victim -> {
                    ReadableCollection<Specimen> specimens = victim.store().snapshot(view -> view.collection(SCHEMA));
                    specimens.get(Victim.PRESENT);
                }),
                misuse("a stream out of a transaction that is over", "transaction is over", victim -> {
                    Stream<?> stream = victim.store().transaction(tx -> tx.collection(SCHEMA).query().stream());
                    stream.forEach(one -> {});
                }));
    }

    private static Optional<Specimen> changeMind(Optional<Specimen> found) {
        throw new IllegalStateException("changed my mind");
    }

    private static void onAnotherThread(Runnable action) {
        try {
            CompletableFuture.runAsync(action).join();
        } catch (CompletionException e) {
            throw (RuntimeException) e.getCause();
        }
    }

    private static Attack inTransaction(String title, Attack.Deed deed) {
        return misuse(
                title + " from inside a transaction",
                OUTER,
                victim -> victim.store().runTransaction(tx -> {
                    tx.collection(SCHEMA).delete(Victim.PRESENT);
                    deed.to(victim);
                }));
    }

    private static Attack misuse(String title, String fragment, Attack.Deed deed) {
        return new Attack(title, IllegalStateException.class, fragment, deed);
    }
}
