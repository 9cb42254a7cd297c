package dev.pagurus.store.tck.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.tck.histories.FaultEngine.Fault;
import dev.pagurus.store.tck.histories.FaultEngine.Faults;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import dev.pagurus.store.tck.samples.Item;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The same of copies, of which each commit fails once. */
class FaultyCopyTest {

    /** One whose answer was lost says that it broke off, too: the next one need not wait whether it lives. */
    @Test
    void aCopyThatLosesAnswersGoesOnAtOnce() {
        StoreConfig source = StoreConfig.builder("reference:source")
                .provider(new ReferenceProvider())
                .build();
        try (Store store = Stores.open(source)) {
            store.collection(Item.SCHEMA)
                    .insertAll(
                            LongStream.range(0, 2_100).mapToObj(Item::ofNumber),
                            item -> "n" + item.number(),
                            OnConflict.FAIL);
            for (Fault fault : List.of(Fault.LOST_BEFORE, Fault.LOST_AFTER, Fault.UNAVAILABLE, Fault.CONFLICT)) {
                FaultEngine engine = new FaultEngine(1);
                StoreConfig target = StoreConfig.builder("reference:target")
                        .provider(engine.provider())
                        .build();
                int broken = 0;
                for (int commits = 0; commits < 12; commits++) {
                    engine.fail(Faults.after(commits, fault, "commit"::equals));
                    Throwable failure =
                            catchThrowable(() -> Stores.copy(source, target, CopyOptions.DEFAULT.withOverwrite()));
                    engine.fail(Faults.NONE);
                    if (failure != null) {
                        broken++;
                        assertThat(failure)
                                .as("after %s", fault)
                                .isInstanceOfAny(CopyException.class, UnavailableException.class);
                        Throwable refused =
                                catchThrowable(() -> Stores.open(target).close());
                        assertThat(refused == null
                                        || String.valueOf(refused.getMessage()).contains("broken off"))
                                .as("whether the target is as before or marked as broken off, and not: %s", refused)
                                .isTrue();
                    }
                }
                assertThat(broken > 0).as("copies that broke off by %s", fault).isEqualTo(fault != Fault.CONFLICT);
                Stores.copy(source, target, CopyOptions.DEFAULT.withOverwrite());
                assertThat(Stores.compare(source, target, CopyOptions.DEFAULT).documents())
                        .as("compared, after %s", fault)
                        .isEqualTo(2_100);
            }
        }
    }
}
