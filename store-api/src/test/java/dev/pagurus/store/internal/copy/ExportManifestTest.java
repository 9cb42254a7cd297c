package dev.pagurus.store.internal.copy;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Sort;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What no import would take back is not exported. */
class ExportManifestTest {

    @Test
    void asManyCollectionsAndIndexesAreWrittenAsAreRead() {
        assertThatCode(() -> ExportManifest.requireWritable(collections(10_000, 0)))
                .doesNotThrowAnyException();
        assertThatCode(() -> ExportManifest.requireWritable(collections(1, Schema.MAX_INDEXES)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> ExportManifest.requireWritable(collections(10_001, 0)))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("10001 collections; copy from store to store");
        assertThatThrownBy(() -> ExportManifest.requireWritable(collections(1, Schema.MAX_INDEXES + 1)))
                .isInstanceOf(CopyException.class)
                .hasMessageContaining("fields and " + Schema.MAX_INDEXES + " indexes");
    }

    /** A manifest is of whoever wrote it. */
    @Test
    void aRetentionIsOneThatASchemaCanHave() {
        ExportSchema.requireDeclarable(kept(Duration.ofDays(7)));
        assertThatThrownBy(() -> ExportSchema.requireDeclarable(kept(Duration.ofDays(-7))))
                .hasMessageContaining("keeps changes for PT-168H");
        assertThatThrownBy(() -> ExportSchema.requireDeclarable(kept(Duration.ofNanos(1_000_000_001))))
                .hasMessageContaining("a retention in microseconds");
    }

    @Test
    void whatExpiresHasAnIndexForThat() {
        IndexDefinition byEnd = new IndexDefinition("end", false, List.of(new Sort("end", false)));
        ExportSchema.requireDeclarable(expiring(List.of(byEnd)));
        assertThatThrownBy(() -> ExportSchema.requireDeclarable(expiring(List.of())))
                .hasMessageContaining("an index over the time at which documents expire");
    }

    private static CollectionDefinition expiring(List<IndexDefinition> indexes) {
        return new CollectionDefinition(
                "notes", 1, List.of(new FieldDefinition("end", FieldKind.INSTANT, 0)), indexes, null, null, "end");
    }

    private static CollectionDefinition kept(Duration retention) {
        return new CollectionDefinition("notes", 1, List.of(), List.of(), null, retention);
    }

    private static List<CollectionDefinition> collections(int number, int indexes) {
        List<IndexDefinition> declared = IntStream.range(0, indexes)
                .mapToObj(i -> new IndexDefinition("f" + i, false, List.of(new Sort("f", false))))
                .toList();
        return IntStream.range(0, number)
                .mapToObj(i -> new CollectionDefinition(
                        "c" + i, 1, List.of(new FieldDefinition("f", FieldKind.LONG, 0)), declared))
                .toList();
    }
}
