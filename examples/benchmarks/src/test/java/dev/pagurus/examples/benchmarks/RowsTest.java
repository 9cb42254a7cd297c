package dev.pagurus.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.examples.benchmarks.Comparison.Measure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are made in parts become one. */
class RowsTest {

    private static final Part OLD = new Part("2026-11-23", "aaa", "a machine", "-Dmode=long", false);
    private static final Part NEW =
            new Part("2026-11-26", "bbb", "a machine", "-Dmode=long -Donly=\"works=put\"", false);

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsReadAgainAsItWas() throws IOException {
        List<Row> rows = List.of(
                row(Work.PUT, 32, "jdbc", 600, OLD),
                row(Work.OPEN, 1, "jdbc", 2, NEW),
                new Row(shape("unread, latest", 2000), 1_000_000, NEW));
        Path file = folder.resolve("benchmarks.json");
        new Report(rows).write(file);

        assertThat(Rows.read(file)).isEqualTo(rows);
    }

    @Test
    void ofTheSameRowTheNewerOneStays() {
        List<Row> before = List.of(row(Work.GET, 1, "jdbc", 10, OLD), row(Work.PUT, 32, "jdbc", 600, OLD));
        List<Row> now = List.of(row(Work.PUT, 32, "jdbc", 700, NEW), row(Work.PUT, 32, "limit", 500, NEW));

        assertThat(Rows.merged(before, now)).containsExactly(now.get(0), now.get(1), before.get(0));
    }

    @Test
    void eachShapeIsARowOfItsOwnInTheirOrder() {
        Row first = new Row(shape("unread, latest", 1), 10, OLD);
        Row second = new Row(shape("all by size", 1), 10, OLD);
        Row again = new Row(shape("all by size", 2), 10, NEW);

        assertThat(Rows.merged(List.of(second), List.of(first))).containsExactly(first, second);
        assertThat(Rows.merged(List.of(first, second), List.of(again))).containsExactly(first, again);
    }

    @Test
    void aFileThatIsNotThereIsEmpty() throws IOException {
        assertThat(Rows.read(folder.resolve("none.json"))).isEmpty();
    }

    @Test
    void aFileOfSomethingElseIsRefused() throws IOException {
        Path file = folder.resolve("other.json");
        for (String text :
                List.of("[{\"name\": \"put\", \"engine\": \"sqlite\"}]", "no JSON", "[{\"work\": \"dance\"}]")) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> Rows.read(file))
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("other.json", "into=", "move this one away");
        }
    }

    /** Nothing is measured before it is known that the result can be kept. */
    @Test
    void aRunThatCannotBeAddedDoesNotBegin() throws IOException {
        Path file = folder.resolve("other.json");
        Files.writeString(file, "[{}]");

        assertThatThrownBy(() -> Benchmarks.main(new String[] {"quick", "into=" + file}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(file).hasContent("[{}]");
    }

    @Test
    void aReportWritesThePagesAnew() throws IOException {
        Path file = folder.resolve("benchmarks.json");
        new Report(List.of(row(Work.PUT, 32, "jdbc", 600, OLD))).write(file);
        Files.delete(folder.resolve("benchmarks.md"));

        Benchmarks.main(new String[] {"report", "into=" + file});

        assertThat(folder.resolve("benchmarks.md")).content().contains("put, 300 B", "2026-11-23");
        assertThat(Rows.read(file)).containsExactly(row(Work.PUT, 32, "jdbc", 600, OLD));
    }

    private static Row row(Work work, int threads, String baseline, double ops, Part part) {
        Cell cell = new Cell(work, Engine.SQLITE, threads, false);
        return new Row(
                new Comparison(
                        cell,
                        Measure.OPS,
                        baseline,
                        List.of(figures(ops), figures(ops + 1)),
                        List.of(figures(100), figures(101))),
                100_000,
                part);
    }

    private static Comparison shape(String name, double micros) {
        Cell cell = new Cell(Work.SHAPES, Engine.POSTGRES, 1, false);
        return new Comparison(
                cell,
                Measure.TIME,
                Comparison.BEST_PLAN,
                name,
                "ids first",
                List.of(figures(micros)),
                List.of(figures(1)));
    }

    private static Figures figures(double number) {
        return new Figures(number, 1_000_000 / number, 3, 4.5);
    }
}
