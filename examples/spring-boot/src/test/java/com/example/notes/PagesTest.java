package com.example.notes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Code of the README is code of this project. */
class PagesTest {

    private static final Pattern SNIPPET = Pattern.compile("```(?:java|xml)\n(.*?)```", Pattern.DOTALL);

    @Test
    void everySnippetIsCodeThatIsRun() throws IOException {
        StringBuilder code = new StringBuilder(Files.readString(Path.of("pom-boot-3.5.xml")));
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                code.append(Files.readString(file));
            }
        }
        List<MatchResult> snippets = SNIPPET.matcher(Files.readString(Path.of("README.md")))
                .results()
                .toList();

        assertThat(snippets).hasSizeGreaterThanOrEqualTo(4);
        assertThat(snippets)
                .allSatisfy(snippet -> assertThat(squeezed(code.toString())).contains(squeezed(snippet.group(1))));
    }

    private static String squeezed(String code) {
        return code.replaceAll("\\s", "");
    }
}
