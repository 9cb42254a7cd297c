package dev.pagurus.store.tck.expiry;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.SettableClock;
import dev.pagurus.store.tck.samples.Item;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;

/** Items that expire by their time, and a clock that stands until it is set. */
abstract class ExpiryGroup extends ClauseGroup {

    static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    final SettableClock clock = new SettableClock(START);
    Schema<Item> schema;
    DocumentCollection<Item> notes;

    ExpiryGroup(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Override
    protected void configure(StoreConfig.Builder config) {
        config.clock(clock);
    }

    @BeforeEach
    void openNotes() {
        schema = itemSchema("notes").expiresAt(Item.TIME);
        notes = store.collection(schema);
    }

    /** Sets the clock to so many seconds after the start. */
    final void at(long seconds) {
        clock.set(START.plusSeconds(seconds));
    }

    /** An item that expires so many seconds after the start. */
    static Item until(long seconds) {
        return Item.NOTHING.withTime(START.plusSeconds(seconds));
    }

    /** Puts documents that expire after ten seconds. */
    final void fill(int documents) {
        notes.insertAll(
                IntStream.range(0, documents).mapToObj(i -> until(10).withNumber(i)),
                one -> "n" + one.number(),
                OnConflict.FAIL);
    }
}
