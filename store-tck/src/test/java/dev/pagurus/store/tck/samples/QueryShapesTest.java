package dev.pagurus.store.tck.samples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryShapesTest {

    @Test
    void thereAreFortyWithNamesOfTheirOwn() {
        assertThat(QueryShapes.all()).hasSize(40).extracting(QueryShape::name).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(ints = {3_000, 20_000})
    void entriesHaveTheValuesThatAreSaidOfThem(int count) {
        List<Entry> entries = Entries.of(count, 300).toList();

        assertThat(share(entries, Entry::unread)).isBetween(0.64, 0.69);
        assertThat(share(entries, entry -> entry.feed().equals(Entries.BUSY_FEED)))
                .isBetween(0.15, 0.19);
        assertThat(share(entries, entry -> entry.stage() == Entry.Stage.DRAFT)).isBetween(0.019, 0.021);
        assertThat(share(entries, entry -> entry.stage() == Entry.Stage.OPEN)).isBetween(0.61, 0.67);
        assertThat(share(entries, entry -> entry.owner() == null)).isBetween(0.18, 0.22);
        assertThat(share(entries, entry -> entry.title().startsWith("q"))).isBetween(0.03, 0.05);
        assertThat(share(entries, entry -> entry.tags().contains("common"))).isBetween(0.48, 0.52);
        assertThat(entries.stream().filter(entry -> entry.tags().contains("rare")))
                .hasSize(10);
        assertThat(entries.stream().filter(entry -> entry.language().equals("xx")))
                .hasSize(5);
        assertThat(entries)
                .extracting(Entry::code)
                .filteredOn(code -> code != null)
                .doesNotHaveDuplicates();
        assertThat(entries)
                .extracting(Entry::at)
                .isSorted()
                .startsWith(Entries.FIRST)
                .allMatch(at -> at.isBefore(Instant.parse("2026-09-27T00:00:00Z")));
        assertThat(new HashSet<>(IntStream.range(0, count).mapToObj(Entries::id).toList()))
                .hasSize(count);
    }

    @Test
    void theSameNumberOfEntriesIsTheSameEntries() {
        assertThat(Entries.of(2_000, 300))
                .containsExactlyElementsOf(Entries.of(2_000, 300).toList());
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 3 * 1024})
    void bodiesAreAboutAsLongAsAsked(int body) throws Exception {
        Codec<Entry> json = Codec.json(Entry.class);
        double sum = 0;
        for (Entry entry : Entries.of(1_000, body).toList()) {
            sum += json.encode(entry).length();
        }

        assertThat(sum / 1_000).isBetween(body * 0.97, body * 1.03);
    }

    /** Where nothing matches, no plan can lose anything. */
    @Test
    void fewShapesFindNothing() {
        List<Document<Entry>> documents = documents(5_000);
        Map<String, Long> found = QueryShapes.all().stream()
                .collect(Collectors.toMap(
                        QueryShape::name,
                        shape -> documents.stream()
                                .filter(document -> Model.matches(shape.filter(), document))
                                .count()));

        assertThat(found).containsEntry("two that never meet, latest", 0L).containsEntry("one code, latest", 1L);
        assertThat(found.values())
                .as("so few entries have few of a score or prefix, or none")
                .filteredOn(count -> count == 0)
                .hasSizeLessThanOrEqualTo(3);
        for (QueryShape shape : QueryShapes.all()) {
            assertThat(found.get(shape.name())).as(shape.name()).isGreaterThanOrEqualTo(shape.before());
        }
    }

    private static double share(List<Entry> entries, Predicate<Entry> wanted) {
        return (double) entries.stream().filter(wanted).count() / entries.size();
    }

    private static List<Document<Entry>> documents(int count) {
        List<Entry> entries = Entries.of(count, 300).toList();
        return IntStream.range(0, count)
                .mapToObj(number -> new Document<>(Entries.id(number), 1, Instant.EPOCH, entries.get(number)))
                .toList();
    }
}
