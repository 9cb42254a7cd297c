package dev.pagurus.examples.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.VersionConflictException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the guide shows of leases: work, a named lock, an election. */
class LocksTest {

    record Print(String text, Instant free) {}

    static final InstantField<Print> FREE = InstantField.of("free", Print::free);
    static final Schema<Print> PRINTS = Schema.of("prints", Print.class).index(FREE);

    record Total(int pages) {}

    static final Schema<Total> TOTALS = Schema.of("totals", Total.class);

    record Lock(String holder, Instant until) {}

    static final InstantField<Lock> UNTIL = InstantField.of("until", Lock::until);
    static final Schema<Lock> LOCKS = Schema.of("locks", Lock.class).field(UNTIL);

    static final Duration LEASE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    private final MovingClock clock = new MovingClock(Instant.parse("2026-05-01T12:00:00Z"));

    /** Takes the lock, if nobody has it. */
    static Optional<Document<Lock>> tryLock(Store store, String name, String me) {
        DocumentCollection<Lock> locks = store.collection(LOCKS);
        if (locks.get(name).isEmpty()) {
            try {
                locks.insert(name, new Lock("", Instant.EPOCH)); // free, for whoever comes first
            } catch (DuplicateIdException e) {
                // Somebody else has just made it.
            }
        }
        Instant now = store.now();
        return locks.where(LOCKS.id().eq(name))
                .where(UNTIL.before(now))
                .claimFirst(lock -> new Lock(me, now.plus(LEASE)));
    }

    /** Keeps it for another while; throws a VersionConflictException if somebody else has it now. */
    static Document<Lock> renew(Store store, Document<Lock> lock) {
        Lock longer = new Lock(lock.value().holder(), store.now().plus(LEASE));
        return store.collection(LOCKS).replace(lock.withValue(longer));
    }

    static void unlock(Store store, Document<Lock> lock) {
        store.collection(LOCKS).replace(lock.withValue(new Lock("", Instant.EPOCH)));
    }

    @ParameterizedTest
    @EnumSource
    void workIsTakenWithALease(TestStore kind) {
        try (Store store = TestStore.open(kind.url(directory), clock)) {
            DocumentCollection<Print> prints = store.collection(PRINTS);
            store.collection(TOTALS).put("pages", new Total(0));
            for (int i = 0; i < 3; i++) {
                prints.insert(new Print("page " + i, store.now().minusSeconds(1)));
            }

            Instant now = store.now();
            List<Document<Print>> mine = prints.where(FREE.before(now))
                    .orderBy(FREE.asc())
                    .limit(2)
                    .claim(print -> new Print(print.text(), now.plus(Duration.ofMinutes(5))));
            for (Document<Print> print : mine) {
                store.runTransaction(tx -> {
                    tx.collection(PRINTS).delete(print); // throws if somebody else has it by now
                    tx.collection(TOTALS).update("pages", total -> new Total(total.pages() + 1));
                });
            }

            assertThat(store.collection(TOTALS).get("pages").orElseThrow().value())
                    .isEqualTo(new Total(2));
            assertThat(prints.query().count()).isEqualTo(1);

            // A slow one, whose lease is over.
            Document<Print> slow = prints.query().claimFirst(print -> print).orElseThrow();
            assertThat(prints.query().claimFirst(print -> new Print("taken", now)))
                    .isPresent();
            assertThatThrownBy(() -> prints.delete(slow)).isInstanceOf(VersionConflictException.class);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLockHasOneHolder(TestStore kind) {
        try (Store store = TestStore.open(kind.url(directory), clock)) {
            store.collection(LOCKS);
            store.collection(TOTALS).put("pages", new Total(0));
            long holders = IntStream.range(0, 8)
                    .parallel()
                    .filter(i -> tryLock(store, "press", "thread " + i).isPresent())
                    .count();
            assertThat(holders).isEqualTo(1);
            assertThat(tryLock(store, "other", "me")).isPresent();

            clock.move(LEASE.plusSeconds(1));
            Document<Lock> lock = tryLock(store, "press", "first").orElseThrow();
            clock.move(LEASE.minusSeconds(1));
            Document<Lock> longer = renew(store, lock);
            clock.move(LEASE.minusSeconds(1));
            assertThat(tryLock(store, "press", "second")).isEmpty();
            clock.move(Duration.ofSeconds(2));
            Document<Lock> next = tryLock(store, "press", "second").orElseThrow();

            assertThatThrownBy(() -> renew(store, longer)).isInstanceOf(VersionConflictException.class);
            assertThatThrownBy(() -> unlock(store, longer)).isInstanceOf(VersionConflictException.class);
            assertThat(underLock(store, longer)).isFalse();
            assertThat(underLock(store, next)).isTrue();
            assertThat(store.collection(TOTALS).get("pages").orElseThrow().value())
                    .isEqualTo(new Total(1));
            unlock(store, next);
            assertThat(tryLock(store, "press", "third")).isPresent();
        }
    }

    private static boolean underLock(Store store, Document<Lock> lock) {
        return store.transaction(tx -> {
            boolean mine = tx.collection(LOCKS)
                    .get(lock.id())
                    .filter(now -> now.version() == lock.version())
                    .isPresent();
            if (mine) {
                tx.collection(TOTALS).update("pages", total -> new Total(total.pages() + 1));
            }
            return mine;
        });
    }
}
