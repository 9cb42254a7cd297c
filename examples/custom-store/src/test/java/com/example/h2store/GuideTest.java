package com.example.h2store;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The snippets of the guide are the code of this project, and of what it is made of. */
class GuideTest {

    private static final Path GUIDE = Path.of("README.md");

    /** What this store is made of, and the guide explains too. */
    private static final Path ROOM_FOR_JDBC = Path.of("../../store-api/src/main/java/dev/pagurus/store/spi/jdbc");

    @Test
    void everySnippetIsRealCode() throws IOException {
        String code = withoutWhiteSpace(files().stream().map(GuideTest::read).collect(Collectors.joining("\n")));
        Matcher blocks = Pattern.compile("```(java|xml)\n(.*?)```", Pattern.DOTALL).matcher(read(GUIDE));
        int snippets = 0;
        while (blocks.find()) {
            assertTrue(code.contains(withoutWhiteSpace(blocks.group(2))), "not in the code: " + blocks.group(2));
            snippets++;
        }
        assertTrue(snippets >= 10, "the guide has only " + snippets + " snippets");
    }

    @Test
    void everyFileIsLinkedAndEveryLinkIsAFile() throws IOException {
        String guide = read(GUIDE);
        Matcher links = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(guide);
        while (links.find()) {
            assertTrue(Files.exists(Path.of(links.group(1))), "no such file: " + links.group(1));
        }
        for (Path file : files()) {
            assertFalse(file.startsWith("src/main") && !guide.contains("(" + file + ")"), "not in the guide: " + file);
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"));
                Stream<Path> room = Files.walk(ROOM_FOR_JDBC)) {
            return Stream.concat(Stream.concat(files, room).filter(Files::isRegularFile), Stream.of(Path.of("pom.xml")))
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** Indentation differs. */
    private static String withoutWhiteSpace(String text) {
        return text.replaceAll("\\s", "");
    }
}
