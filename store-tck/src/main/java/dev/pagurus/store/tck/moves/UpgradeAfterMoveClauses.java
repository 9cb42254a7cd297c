package dev.pagurus.store.tck.moves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Codec;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.JsonUpgrade;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Proves;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Group S: what was written by an older release is moved as it is, and upgraded where it arrives. */
public abstract class UpgradeAfterMoveClauses extends CopyGroup {

    private static final TextField<String> TEXT = TextField.of("text", text -> text);

    private static final Schema<String> FIRST =
            Schema.of("docs", Codec.of(text -> text, text -> text)).index(TEXT);

    private static final Schema<String> THIRD = FIRST.revision(3)
            .upgrade(1, JsonUpgrade.start().rename("a", "b"))
            .upgrade(2, JsonUpgrade.start().rename("b", "c").add("b", 0));

    protected UpgradeAfterMoveClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.S38)
    void aCopyOfAnOlderRevisionIsUpgradedWhenItIsOpened() throws Exception {
        List<Document<String>> before = write();
        copy();
        requireUpgraded(before);
    }

    @Proves(Clause.S38)
    void anImportOfAnOlderRevisionIsUpgradedWhenItIsOpened() throws Exception {
        List<Document<String>> before = write();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        store.exportTo(written, CopyOptions.DEFAULT);
        Stores.importFrom(new ByteArrayInputStream(written.toByteArray()), target.config(), CopyOptions.DEFAULT);
        requireUpgraded(before);
    }

    @Proves(Clause.S38)
    void aCopyOfTheNewRevisionIsNotUpgradedAgain() throws Exception {
        write();
        List<Document<String>> upgraded = store.collection(THIRD).query().list();
        copy();
        try (Store copied = target.open()) {
            assertThat(copied.collection(THIRD).query().list()).isEqualTo(upgraded);
        }
    }

    private List<Document<String>> write() {
        DocumentCollection<String> docs = store.collection(FIRST);
        docs.insertAll(IntStream.range(0, 50).mapToObj(i -> "{\"a\":" + i + "}"), text -> "d" + text, OnConflict.FAIL);
        return docs.query().list();
    }

    private void requireUpgraded(List<Document<String>> before) throws Exception {
        List<Document<String>> wanted = before.stream()
                .map(one -> one.withValue(one.value().replace("a", "c").replace("}", ",\"b\":0}")))
                .toList();
        try (Store moved = target.open()) {
            assertThat(moved.collection(THIRD).query().list())
                    .as("documents that were moved, and upgraded")
                    .isEqualTo(wanted);
            assertThat(moved.collection(THIRD)
                            .where(TEXT.eq("{\"c\":7,\"b\":0}"))
                            .count())
                    .isEqualTo(1);
        }
        assertThat(store.collection(FIRST).query().list())
                .as("documents of the source")
                .isEqualTo(before);
    }
}
