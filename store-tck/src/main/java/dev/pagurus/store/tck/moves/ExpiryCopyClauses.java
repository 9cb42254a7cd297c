package dev.pagurus.store.tck.moves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.SettableClock;
import dev.pagurus.store.tck.samples.Item;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.function.Supplier;

/** Group D: copies and exports of documents that expire. */
public abstract class ExpiryCopyClauses extends CopyGroup {

    private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");

    private final SettableClock clock = new SettableClock(START);

    protected ExpiryCopyClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    private static Item until(long seconds) {
        return Item.NOTHING.withTime(START.plusSeconds(seconds));
    }

    /** Whoever opens the database once more may have another clock. */
    private StoreConfig here() throws Exception {
        return again().toBuilder().clock(clock).build();
    }

    @Proves(Clause.D9)
    void copiesAndExportsHaveWhatHasNotExpired() throws Exception {
        closeTarget();
        startWith(with -> with.clock(clock));
        openTarget();
        Schema<Item> schema = itemSchema("notes").expiresAt(Item.TIME);
        DocumentCollection<Item> notes = store.collection(schema);
        notes.put("gone", until(10).withCode("code"));
        notes.put("a", until(20));
        notes.put("b", Item.of("stays"));
        assertThat(copy().documents()).as("documents of the first copy").isEqualTo(3);
        clock.set(START.plusSeconds(10));
        // What has expired in the target by its clock goes, too.
        StoreConfig sameClock = target.config().toBuilder().clock(clock).build();
        CopyResult again = Stores.copy(here(), sameClock, CopyOptions.DEFAULT.withOverwrite());
        assertThat(again.documents()).as("documents that were copied later").isEqualTo(2);
        assertThat(Stores.compare(here(), target.config(), CopyOptions.DEFAULT))
                .as("what both have")
                .isEqualTo(again);
        ByteArrayOutputStream export = new ByteArrayOutputStream();
        assertThat(store.exportTo(export, CopyOptions.DEFAULT))
                .as("what was exported")
                .isEqualTo(again);
        // The target's own clock is long before.
        try (Store copy = target.open()) {
            assertThat(copy.collection(schema).query().list())
                    .as("what the copy has")
                    .extracting(Document::id)
                    .containsExactly("a", "b");
        }
        clock.set(START.plusSeconds(20));
        assertThat(Stores.compare(here(), target.config(), CopyOptions.DEFAULT).documents())
                .as("documents that have not expired in either of them")
                .isEqualTo(1);
        assertThat(Stores.importFrom(
                        new ByteArrayInputStream(export.toByteArray()),
                        target.config(),
                        CopyOptions.DEFAULT.withOverwrite()))
                .as("what was imported")
                .isEqualTo(again);
    }
}
