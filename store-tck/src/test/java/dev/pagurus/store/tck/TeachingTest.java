package dev.pagurus.store.tck;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A failure of the kit teaches: an assertion whose own words are no more than "expected true" says what it is about. */
class TeachingTest {

    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "pagurus", "store", "tck");

    /** Their failures show neither what was asked nor what came. */
    private static final Pattern SAYS_NOTHING =
            Pattern.compile("\\.(isTrue|isFalse|isNull|isNotNull|isPresent|isNotEmpty|allMatch|anyMatch|noneMatch)\\(");

    private static final Pattern DESCRIBED = Pattern.compile("\\.(as|describedAs|withFailMessage)\\(\\s*\\S");
    private static final Pattern ASSERTION = Pattern.compile("assertThat\\(");
    private static final Pattern THROWING = Pattern.compile("assertThatThrownBy\\(");

    @Test
    void assertionsThatSayNothingAreDescribed() throws IOException {
        List<String> bare = new ArrayList<>();
        int assertions = 0;
        for (Path file : sources()) {
            String text = Files.readString(file);
            Matcher assertion = ASSERTION.matcher(text);
            while (assertion.find()) {
                assertions++;
                String chain = chainAfter(text, assertion.end());
                if (SAYS_NOTHING.matcher(chain).find()
                        && !DESCRIBED.matcher(chain).find()) {
                    long line = text.substring(0, assertion.start()).lines().count();
                    bare.add(file.getFileName() + ":" + line + " " + chain.strip());
                }
            }
        }
        assertThat(assertions).as("assertions that were found").isGreaterThan(500);
        assertThat(bare).as("assertions that need .as(...)").isEmpty();
    }

    /** It fails before the description comes, and nobody learns what was called. */
    @Test
    void whatShallBeThrownIsDescribedWhereItIsCalled() throws IOException {
        List<String> tooLate = new ArrayList<>();
        for (Path file : sources()) {
            String text = Files.readString(file);
            Matcher assertion = THROWING.matcher(text);
            while (assertion.find()) {
                String chain = chainAfter(text, assertion.end());
                if (DESCRIBED.matcher(chain.strip()).lookingAt()) {
                    tooLate.add(file.getFileName() + " " + chain.strip());
                }
            }
        }
        assertThat(tooLate)
                .as("descriptions that belong into assertThatThrownBy(call, description)")
                .isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }

    /** What is called on the assertion, up to the end of its statement or argument. */
    private static String chainAfter(String text, int opened) {
        int begin = closing(text, opened, 1) + 1;
        int end = begin;
        while (text.charAt(end) != ';' && text.charAt(end) != ',' && text.charAt(end) != ')') {
            end = text.charAt(end) == '(' ? closing(text, end + 1, 1) + 1 : end + 1;
        }
        return text.substring(begin, end);
    }

    /** Where the parenthesis ends that was opened before this place; texts in quotes do not count. */
    private static int closing(String text, int from, int open) {
        int depth = open;
        boolean quoted = false;
        for (int i = from; ; i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && c == '(') {
                depth++;
            } else if (!quoted && c == ')' && --depth == 0) {
                return i;
            }
        }
    }
}
