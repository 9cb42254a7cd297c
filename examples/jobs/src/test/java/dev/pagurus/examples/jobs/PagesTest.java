package dev.pagurus.examples.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Java in the README is code of these tests. */
class PagesTest {

    private static final Pattern JAVA = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    @Test
    void javaOfTheReadmeIsTested() throws IOException {
        StringBuilder tests = new StringBuilder();
        try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
            for (Path file :
                    files.filter(one -> one.toString().endsWith(".java")).toList()) {
                tests.append(Files.readString(file));
            }
        }
        List<MatchResult> blocks =
                JAVA.matcher(Files.readString(Path.of("README.md"))).results().toList();
        assertThat(blocks).hasSizeGreaterThanOrEqualTo(3);
        for (MatchResult block : blocks) {
            assertThat(squeezed(tests.toString())).contains(squeezed(block.group(1)));
        }
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s+", "");
    }
}
