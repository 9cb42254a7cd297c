package dev.pagurus.store.tck.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.SettableClock;
import dev.pagurus.store.tck.samples.Item;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Group D: documents that expire as soon as they are written, removed in each way and written anew in each. */
public abstract class ExpiryWaysClauses extends ExpiryGroup {

    /** As many writes in one microsecond put the version as far ahead of the clock. */
    private static final int WRITES = 9;

    private int revision = 1;

    protected ExpiryWaysClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    private Schema<Item> declared() {
        return revision == 1 ? schema : schema.revision(revision);
    }

    @Proves(Clause.D2)
    void whatIsWrittenAnewHasAGreaterVersionHoweverTheOldOneWent() {
        Map<String, Runnable> ways = new LinkedHashMap<>();
        ways.put("not removed yet", () -> {});
        ways.put("removed", () -> store.removeExpired());
        ways.put("removed with a write", () -> notes.put("other", Item.NOTHING));
        ways.put("removed by another revision", () -> {
            revision++;
            notes = store.collection(declared());
        });
        Map<String, Consumer<DocumentCollection<Item>>> writes = new LinkedHashMap<>();
        writes.put("insert", in -> in.insert("a", Item.of("new")));
        writes.put("put", in -> in.put("a", Item.of("new")));
        writes.put("compute", in -> in.compute("a", was -> Optional.of(Item.of(was.isPresent() ? "old" : "new"))));
        writes.put("insertAll", in -> in.insertAll(Stream.of(Item.of("new")), item -> "a", OnConflict.FAIL));
        writes.put("putAll", in -> in.putAll(Stream.of(Item.of("new")), item -> "a", OnConflict.FAIL));
        ways.forEach((way, remove) -> writes.forEach((how, write) -> {
            Document<Item> old = writtenOften();
            // At its time to the microsecond.
            clock.set(clock.instant().plus(2, ChronoUnit.MICROS));
            assertThat(notes.get("a")).as("what has expired, %s", way).isEmpty();
            remove.run();
            write.accept(notes);
            Document<Item> now = existing(notes, "a");
            String what = "what was written by " + how + " in place of what was " + way;
            assertThat(now.value()).as(what).isEqualTo(Item.of("new"));
            assertThat(now.version()).as("the version of %s", what).isGreaterThan(old.version());
            assertThat(now.createdAt()).as("when %s was created", what).isEqualTo(clock.instant());
        }));
    }

    /** Of a collection that a handle has only removed from, it knows what that was, also by another name. */
    @Proves(Clause.W34)
    void whatWasRemovedIsRememberedByTheNewNameOfItsCollection() throws Exception {
        Document<Item> old = writtenOften();
        clock.set(clock.instant().plus(2, ChronoUnit.MICROS));
        Instant now = clock.instant();
        Store other = second(with -> with.clock(new SettableClock(now)));
        assertThat(other.removeExpired()).as("how many were removed").isEqualTo(1);
        other.rename("notes", "things");
        Document<Item> again =
                other.collection(itemSchema("things").expiresAt(Item.TIME)).insert("a", Item.of("new"));
        assertThat(again.version())
                .as("the version of what was written anew in the renamed collection")
                .isGreaterThan(old.version());
    }

    /** Returns a document that was written often while the clock stood, and expires in two microseconds. */
    private Document<Item> writtenOften() {
        clock.advanceSeconds(1);
        notes.delete("a");
        clock.advanceSeconds(1);
        Instant soon = clock.instant().plus(2, ChronoUnit.MICROS);
        Document<Item> written = notes.put("a", Item.NOTHING.withTime(soon));
        for (int i = 1; i < WRITES; i++) {
            written = notes.put("a", Item.ofNumber(i).withTime(soon));
        }
        return written;
    }
}
