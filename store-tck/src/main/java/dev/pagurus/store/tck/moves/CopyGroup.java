package dev.pagurus.store.tck.moves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress.Step;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.Document;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.samples.Item;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A store that is filled, and another database to copy it to. */
@Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
abstract class CopyGroup extends ClauseGroup {

    /** More than two chunks. */
    static final int MANY = 2 * StoredRow.CHUNK + 200;

    protected CopyTarget target;

    CopyGroup(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @BeforeEach
    void openTarget() throws Exception {
        target = new CopyTarget(fixture);
    }

    @AfterEach
    void closeTarget() throws Exception {
        // It is not there if the group does not apply.
        if (target != null) {
            target.close();
        }
    }

    final void breakOff(Step step) {
        thrown(
                CopyException.class,
                () -> copy(CopyOptions.DEFAULT.withProgress(progress -> {
                    if (progress.step() == step) {
                        throw new IllegalStateException("broken off by the test");
                    }
                })));
    }

    final CopyResult copy() throws Exception {
        return copy(CopyOptions.DEFAULT);
    }

    final CopyResult copy(CopyOptions options) throws Exception {
        return Stores.copy(again(), target.config(), options);
    }

    protected final void fill(int documents) {
        items().insertAll(
                        IntStream.range(0, documents)
                                .mapToObj(i -> Item.of("text " + i).withNumber(i)),
                        item -> String.format(Locale.ROOT, "i%04d", item.number()),
                        OnConflict.FAIL);
    }

    final void requireSame(String collection) throws Exception {
        List<Document<Item>> wanted = store.snapshot(
                view -> view.collection(itemSchema(collection)).query().list());
        try (Store copy = target.open()) {
            List<Document<Item>> found =
                    copy.collection(itemSchema(collection)).query().list();
            assertThat(found).as("documents of the copy").isEqualTo(wanted);
        }
    }
}
