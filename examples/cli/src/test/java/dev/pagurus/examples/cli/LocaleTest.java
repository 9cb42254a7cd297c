package dev.pagurus.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On machines with other digits, another "i" and another day, scripts read what they read elsewhere. */
class LocaleTest {

    private final Locale locale = Locale.getDefault();
    private final TimeZone zone = TimeZone.getDefault();

    @TempDir
    private Path directory;

    @AfterEach
    void goHome() {
        Locale.setDefault(locale);
        TimeZone.setDefault(zone);
    }

    @Test
    void everyCommandSaysTheSameWhereverTheMachineStands() {
        String source = "sqlite:" + directory.resolve("source.db");
        Notes.fill(source, 1500);
        Locale.setDefault(Locale.ROOT);
        List<String> expected = said(source, directory.resolve("root"));
        assertThat(String.join("\n", expected)).contains("notes: 1,500 documents", "1 collections, 1,500 documents");
        for (String tag : List.of("ar-EG", "tr-TR", "th-TH-u-nu-thai")) {
            Locale.setDefault(Locale.forLanguageTag(tag));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Kiritimati"));
            assertThat(said(source, directory.resolve(tag))).as(tag).isEqualTo(expected);
        }
    }

    /** Returns what the commands print, without names of files and without how long anything took. */
    private List<String> said(String source, Path beside) {
        String target = "sqlite:" + beside + ".db";
        String file = beside + ".zip";
        List<String> said = new ArrayList<>();
        for (List<String> command : List.of(
                List.of("info", source),
                List.of("copy", source, target),
                List.of("verify", source, target),
                List.of("export", source, file),
                List.of("import", target, file, "--overwrite"),
                List.of("backup", source, beside + ".backup"),
                List.of("migrations", source))) {
            Run run = Run.done(command.toArray(String[]::new));
            said.add((command.get(0) + ": " + run.out())
                    .replace(beside.toString(), "FILE")
                    .replaceAll("answered in \\d+ ms", "answered"));
        }
        return said;
    }
}
