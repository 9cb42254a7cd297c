package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports that unpack to several times the memory of the JVM that imports them: small files, written by whoever. */
class SqliteHostileExportTest {

    @TempDir
    private Path directory;

    @Test
    void anExportTakesNoMoreMemoryThanItsLimitsAllow() throws Exception {
        List<String> command = ChildJvm.command(Importer.class, directory);
        command.replaceAll(part -> part.startsWith("-Xmx") ? "-Xmx48m" : part);
        try (ChildJvm importer = ChildJvm.start(command)) {
            assertThat(importer.await("an endless array: ")).contains("after 100 values");
            assertThat(importer.await("endless collections: ")).contains("after 10000");
            assertThat(importer.await("a sea of blanks: ")).contains("bytes where no more are allowed");
            assertThat(importer.await("wide documents: ")).contains("is not what its manifest says");
            importer.finish();
        }
        assertThat(directory.resolve("target.db")).doesNotExist();
    }

    /** Runs in a small JVM. */
    static final class Importer {

        private static final String WIDE = IntStream.range(0, 30)
                .mapToObj(i -> "field f" + i + " MANY 255")
                .collect(Collectors.joining("\\n", "\\n", ""));

        private static final String VALUES = IntStream.range(0, 100)
                .mapToObj(i -> "\"" + (1000 + i) + "x".repeat(251) + "\"")
                .collect(Collectors.joining(",", ":[", "]"));

        private final Path file;
        private final StoreConfig target;

        private Importer(Path directory) {
            this.file = directory.resolve("export.zip");
            this.target = StoreConfig.of(
                    "sqlite:" + directory.resolve("target.db").toUri().getPath() + "?body.max=64KiB");
        }

        public static void main(String[] arguments) throws IOException {
            Importer importer = new Importer(Path.of(arguments[0]));
            importer.tell("an endless array: ", "\\nfield tags MANY 255", lines -> {
                lines.write("{\"id\":\"a\",\"version\":1,\"created_at\":1,\"fields\":{\"tags\":[\"0\"");
                for (int i = 1; i < 1_000_000; i++) {
                    lines.write(",\"" + i + "\"");
                }
                lines.write("]},\"body\":\"\"}");
            });
            importer.tell("endless collections: ", "", lines -> {});
            importer.tell("a sea of blanks: ", "", lines -> {
                for (int i = 0; i < 10_000; i++) {
                    lines.write(" ".repeat(1_000));
                }
            });
            importer.tell("wide documents: ", WIDE, lines -> {
                for (int i = 100; i < 180; i++) {
                    lines.write("{\"id\":\"" + i + "\",\"version\":1,\"created_at\":1,\"fields\":{");
                    for (int field = 0; field < 30; field++) {
                        lines.write((field == 0 ? "" : ",") + "\"f" + field + "\"" + VALUES);
                    }
                    lines.write("},\"body\":\"\"}\n");
                }
            });
        }

        private interface Lines {
            void write(BufferedWriter lines) throws IOException;
        }

        private void tell(String what, String definition, Lines lines) throws IOException {
            boolean many = what.startsWith("endless collections");
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file));
                    BufferedWriter out = new BufferedWriter(new OutputStreamWriter(zip, StandardCharsets.UTF_8))) {
                zip.setLevel(Deflater.BEST_SPEED);
                zip.putNextEntry(new ZipEntry("collections/things.jsonl"));
                lines.write(out);
                out.flush();
                zip.putNextEntry(new ZipEntry("manifest.json"));
                out.write(
                        "{\"format\":\"pagurus-export\",\"version\":1,\"source\":\"\",\"written_at\":\"\",\"collections\":[");
                for (int i = 0; i < (many ? 150_000 : 1); i++) {
                    String name = many ? "c" + (1_000_000 + i) : "things";
                    out.write(
                            (i == 0 ? "" : ",") + "{\"name\":\"" + name + "\",\"definition\":\"" + name + " revision 1"
                                    + (many ? "" : definition)
                                    + "\",\"documents\":1000000,\"bytes\":0,\"sha256\":\"" + "0".repeat(64) + "\"}");
                }
                out.write("]}");
                out.flush();
            }
            try {
                Stores.importFrom(file, target, CopyOptions.DEFAULT);
                System.out.println(what + "imported");
            } catch (CopyException e) {
                System.out.println(what + e.getMessage());
            }
        }
    }
}
