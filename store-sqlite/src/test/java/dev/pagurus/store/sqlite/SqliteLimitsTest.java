package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Codec;
import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.LongField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that has more fields and indexes than a schema declares today, as an earlier release may have made it. */
class SqliteLimitsTest {

    private static final LongField<String> LENGTH = LongField.of("f1", String::length);

    private static final Schema<String> WITHIN = Schema.of("docs", Codec.of(text -> text, text -> text))
            .index(LENGTH)
            .revision(2);

    @TempDir
    private Path directory;

    private StoreConfig config;

    @BeforeEach
    void makeBeyondTheLimits() {
        config = StoreConfig.of("sqlite:" + directory.resolve("old.db"));
        List<FieldDefinition> fields = IntStream.range(0, 200)
                .mapToObj(i -> new FieldDefinition("f" + i, FieldKind.LONG, 0))
                .toList();
        List<IndexDefinition> indexes = IntStream.range(0, 100)
                .mapToObj(i -> new IndexDefinition("f" + i, false, List.of(new Sort("f" + i, false))))
                .toList();
        CollectionDefinition old = new CollectionDefinition("docs", 1, fields, indexes);
        try (StoreEngine engine = new SqliteStoreProvider().open(config)) {
            engine.define(old, (from, id, body) -> new Content.Body(body, Collections.nCopies(200, null)));
            try (EngineSession session = engine.begin(SessionMode.TRANSACTION)) {
                StoredDocument document = new StoredDocument("a", 1_000, 1_000, "four");
                session.load(old, List.of(new StoredRow(document, Collections.nCopies(200, 7L))));
                session.commit();
            }
        }
    }

    @Test
    void itIsOpenedAndBroughtWithinThem() {
        try (Store store = Stores.open(config)) {
            assertThat(store.summaries())
                    .singleElement()
                    .satisfies(one -> assertThat(one.documents()).isOne());
            assertThat(store.collection(WITHIN).where(LENGTH.eq(4)).list())
                    .extracting(document -> document.id() + " " + document.version())
                    .containsExactly("a 1000");
        }
    }

    @Test
    void itIsCopiedAsItIsAndNotExportedBefore() {
        StoreConfig target = StoreConfig.of("sqlite:" + directory.resolve("copy.db"));
        assertThat(Stores.copy(config, target, CopyOptions.DEFAULT).documents()).isOne();
        assertThat(Stores.compare(config, target, CopyOptions.DEFAULT).documents())
                .isOne();
        Path file = directory.resolve("export.zip");
        try (Store store = Stores.open(config)) {
            assertThatThrownBy(() -> store.exportTo(file, CopyOptions.DEFAULT))
                    .isInstanceOf(CopyException.class)
                    .hasMessageContainingAll("at most 150 fields and 60 indexes", "copy from store to store");
            store.collection(WITHIN);
            assertThat(store.exportTo(file, CopyOptions.DEFAULT).documents()).isOne();
        }
    }
}
