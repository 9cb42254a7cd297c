package dev.pagurus.examples.benchmarks.words;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both engines are filled and searched, and answer right. */
class WordSearchTest {

    @TempDir
    private Path folder;

    @Test
    void everySearchHasFigures() throws Exception {
        String text = IntStream.range(0, 20_000)
                .mapToObj(i -> i % 3 == 0 ? "the" : i % 5 == 0 ? "of" : "word" + i % (1 + i % 997))
                .collect(Collectors.joining("\n"));
        Files.writeString(folder.resolve("text"), text);
        List<WordSearch.Line> lines =
                WordSearch.run(new WordSearch.Amounts(1_000, List.of(500, 1_000), 2), List.of(folder));

        assertThat(lines)
                .hasSize(2 * (2 + 2 * 16))
                .allSatisfy(line -> assertThat(line.value()).as(line.what()).isPositive());
    }
}
