package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every link on every page of the repository leads to a file and a heading that exist. */
class PagesTest {

    private static final Path TOP = Path.of("..");

    /** {@code [text](target)}, and not what starts with a scheme. */
    private static final Pattern LINK = Pattern.compile("]\\((?![a-z]+:)([^)\\s]+)\\)");

    private static final Pattern HEADING = Pattern.compile("^#{1,6} (.+)$", Pattern.MULTILINE);

    private static final Pattern CODE = Pattern.compile("^```.*?^```", Pattern.MULTILINE | Pattern.DOTALL);

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<Path> pages = pages();
        List<String> broken = new ArrayList<>();
        int links = 0;
        for (Path page : pages) {
            String text = withoutCode(page);
            for (MatchResult link : LINK.matcher(text).results().toList()) {
                links++;
                if (!leadsSomewhere(page, link.group(1))) {
                    broken.add(TOP.relativize(page) + " -> " + link.group(1));
                }
            }
        }

        assertThat(broken).isEmpty();
        assertThat(pages).hasSizeGreaterThanOrEqualTo(9);
        assertThat(links).isGreaterThan(60);
    }

    /** So that a link is not good because nothing is looked at. */
    @ParameterizedTest
    @CsvSource({
        "README.md, true",
        "README.md#run-it, true",
        "#run-it, true",
        "examples, true",
        "examples/custom-store/README.md#13-the-report, true",
        "README.md#run-them, false",
        "#run-them, false",
        "READ.md, false",
        "examples/READ.md#run-it, false",
        "examples#run-it, false",
        "../README.md, false"
    })
    void aLinkIsJudged(String link, boolean good) {
        assertThat(leadsSomewhere(TOP.resolve("README.md"), link)).isEqualTo(good);
    }

    private static boolean leadsSomewhere(Path page, String link) {
        int hash = link.indexOf('#');
        String file = hash < 0 ? link : link.substring(0, hash);
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        // Outside of the repository nothing is there for who reads it elsewhere.
        if (target.startsWith(Path.of("../..")) || !Files.exists(target)) {
            return false;
        }
        return hash < 0 || (Files.isRegularFile(target) && anchors(target).contains(link.substring(hash + 1)));
    }

    /** As GitHub makes them: lower case, what is no letter, digit, dash or underscore left out, blanks as dashes. */
    private static Set<String> anchors(Path page) {
        Set<String> anchors = new HashSet<>();
        for (MatchResult heading : HEADING.matcher(withoutCode(page)).results().toList()) {
            String anchor = heading.group(1)
                    .strip()
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                    .replace(' ', '-');
            for (int again = 0; !anchors.add(again == 0 ? anchor : anchor + "-" + again); again++) {}
        }
        return anchors;
    }

    private static String withoutCode(Path page) {
        try {
            return CODE.matcher(Files.readString(page)).replaceAll("");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> pages() throws IOException {
        List<Path> pages = new ArrayList<>();
        Files.walkFileTree(TOP, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                String name = folder.getFileName().toString();
                boolean ours = name.equals("..") || (!name.startsWith(".") && !name.equals("target"));
                return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (file.toString().endsWith(".md")) {
                    pages.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return pages;
    }
}
