package dev.pagurus.store.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScanTest {

    private static final CollectionDefinition NOTES = new CollectionDefinition("notes", 1, List.of(), List.of());
    private static final List<Sort> ORDER =
            List.of(new Sort("a", false), new Sort("b", true), new Sort("c", true), new Sort("id", true));
    private static final Condition FILTER = new Condition.IsNotNull("x");

    @Test
    void aWholeOrderIsTheFilter() {
        assertThat(parts(Range.ALL)).containsExactly(and());
    }

    @Test
    void aRowIsTakenApartFromItsEnd() {
        Range range = new Range(Arrays.asList("x"), new Range.Tail.After(List.of(1L, 2L, "i")));
        assertThat(parts(range))
                .containsExactly(
                        and(equal("a", "x"), equal("b", 1L), equal("c", 2L), less("id", "i")),
                        and(equal("a", "x"), equal("b", 1L), less("c", 2L)),
                        and(equal("a", "x"), less("b", 1L)));
    }

    @Test
    void anAscendingTermGoesUp() {
        assertThat(parts(new Range(List.of(), new Range.Tail.After(List.of("x")))))
                .containsExactly(and(new Condition.Compare("a", Condition.Operator.GT, "x")));
    }

    @Test
    void nullsAreAskedForAsSuch() {
        assertThat(parts(new Range(Arrays.asList((Object) null), new Range.Tail.IsNull())))
                .containsExactly(and(new Condition.IsNull("a"), new Condition.IsNull("b")));
        assertThat(parts(new Range(List.of(), new Range.Tail.NotNull())))
                .containsExactly(and(new Condition.IsNotNull("a")));
    }

    @Test
    void aChunkEndsWhereADocumentIsLeftOut() {
        Chunk.Builder chunk = new Chunk.Builder(scan(2, 1000));
        assertThat(chunk.limit()).isEqualTo(3);
        assertThat(chunk.isEmpty()).isTrue();
        add(chunk, "a", "body");
        add(chunk, "b", "body");
        assertThat(chunk.limit()).isEqualTo(1);
        assertThat(chunk.isFull()).isFalse();
        assertThat(chunk.build().next()).isNull();
        assertThat(chunk.hasRoom()).isFalse();
        assertThat(chunk.isFull()).isTrue();
        assertThat(chunk.build().next()).isEqualTo(List.of("b"));
    }

    @Test
    void aChunkEndsWithTheDocumentThatReachesTheSize() {
        Chunk.Builder chunk = new Chunk.Builder(scan(100, 6));
        add(chunk, "a", "body");
        add(chunk, "b", "body");
        assertThat(chunk.hasRoom()).isFalse();
        assertThat(chunk.build().documents()).extracting(StoredDocument::id).containsExactly("a", "b");
    }

    private static void add(Chunk.Builder chunk, String id, String body) {
        assertThat(chunk.hasRoom()).isTrue();
        StoredDocument document = new StoredDocument(id, 1, 1, body);
        chunk.add(document, chunk.isLast(document) ? List.of(id) : List.of("not looked at"));
    }

    private static List<Condition> parts(Range range) {
        return new Scan(NOTES, FILTER, ORDER, List.of(range), 10, 10).parts();
    }

    private static Scan scan(int maxDocuments, long maxBytes) {
        return new Scan(NOTES, FILTER, List.of(new Sort("id", false)), List.of(Range.ALL), maxDocuments, maxBytes);
    }

    private static Condition and(Condition... range) {
        return new Condition.And(List.of(new Condition.And(List.of(range)), FILTER));
    }

    private static Condition equal(String field, @Nullable Object value) {
        return value == null ? new Condition.IsNull(field) : new Condition.Compare(field, Condition.Operator.EQ, value);
    }

    private static Condition less(String field, Object value) {
        return new Condition.Compare(field, Condition.Operator.LT, value);
    }
}
