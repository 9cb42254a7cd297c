package dev.pagurus.store.tck.moves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/**
 * Group X: exports that somebody made to do harm. That something is refused can be seen here; that it is refused before it
 * is read as a whole, which each message says, is a matter of memory, and tested where there is one store.
 */
public abstract class HostileExportClauses extends CopyGroup {

    private static final String LINES = "collections/items.jsonl";
    private static final String MANIFEST = "manifest.json";

    @TempDir
    Path directory;

    protected HostileExportClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.X18)
    void aDocumentBeyondALimitIsRefused() throws Exception {
        items().insert("a", Item.of("one").withNumber(1).withReal(0.5).tagged("t"));
        Map<String, String[]> attacks = new LinkedHashMap<>();
        String tags =
                IntStream.rangeClosed(0, 100).mapToObj(i -> "\"t" + i + "\"").collect(Collectors.joining(","));
        attacks.put("\"t\"", new String[] {tags, "after 100 values"});
        attacks.put("[\"t\"]", new String[] {"[\"t\",\"t\"]", "another value"});
        attacks.put("\"tags\":[\"t\"", new String[] {"\"tags\":[\"" + "t".repeat(256) + "\"", "255"});
        attacks.put("\"number\":1", new String[] {"\"number\":1" + "0".repeat(100), "exceeds the maximum"});
        attacks.put("\"real\":0.5", new String[] {"\"real\":1e999", "a real that can be"});
        attacks.put("\"real\":0.5,", new String[] {"\"real\":-0.0,", "a real that can be"});
        attacks.put("\"time\":null", new String[] {"\"time\":-9223372036854775808", "years 1 to 9999"});
        attacks.put("\"number\"", new String[] {"\"" + "number".repeat(100) + "\"", "exceeds the maximum"});
        attacks.put("\"text\":\"one\"", new String[] {"\"text\":\"" + "o".repeat(1025) + "\"", "1024"});
        attacks.put("{\"id\":\"a\"", new String[] {"{\"id\":\"" + "a".repeat(256) + "\"", "255"});
        attacks.put("}\n", new String[] {"}" + " ".repeat(2 << 20) + "\n", "no more are allowed"});
        attacks.put("\"body\":\"{", new String[] {"\"body\":\"" + " ".repeat(1000) + "{", "1024"});
        for (Map.Entry<String, String[]> attack : attacks.entrySet()) {
            requireRefused(LINES, text -> text.replace(attack.getKey(), attack.getValue()[0]), attack.getValue()[1]);
        }
        requireRefused(LINES, text -> text + text.replace("\"id\":\"a\"", "\"id\":\"b\""), "after 1 documents");
    }

    @Proves(Clause.X18)
    void aManifestBeyondALimitIsRefused() throws Exception {
        store.collection(itemSchema());
        String entry =
                "{\"name\":\"NAME\",\"definition\":\"NAME revision 1\",\"documents\":0,\"bytes\":0,\"sha256\":\"\"}";
        String many = IntStream.rangeClosed(0, 10_000)
                .mapToObj(i -> entry.replace("NAME", "c" + (100_000 + i)))
                .collect(Collectors.joining(","));
        requireRefused(MANIFEST, text -> text.replaceFirst("\\[.*]", "[" + many + "]"), "after 10000");
        requireRefused(MANIFEST, text -> text.replace("[", "[" + " ".repeat(17 << 20)), "16777216 bytes");
        requireRefused(MANIFEST, text -> text + "{}", "the end of the manifest");
        Map<String, String> definitions = new LinkedHashMap<>();
        definitions.put(
                repeated(Schema.MAX_FIELDS + 1, "\\nfield f# LONG 0"), "after " + Schema.MAX_FIELDS + " fields");
        definitions.put(
                "\\nfield f LONG 0" + repeated(Schema.MAX_INDEXES + 1, "\\nindex f: f"),
                "after " + Schema.MAX_INDEXES + " indexes");
        definitions.put("\\nfield f LONG 0" + repeated(2, "\\nindex f: f"), "the index f twice");
        definitions.put("\\nfield f TEXT 1025", "between 1 and 1024");
        definitions.put("\\nfield f TEXT 0", "between 1 and 1024");
        definitions.put("\\nfield f MANY 256", "a limit that is one");
        definitions.put("\\nfield f LONG 8", "a limit that is one");
        definitions.put("\\nfield ctid LONG 0", "'ctid' is not allowed");
        definitions.put(repeated(3, "\\nfield f# TEXT 1024") + "\\nindex f1_f2_f3: f1, f2, f3", "2300");
        definitions.put("\\nfield f MANY 255\\nunique index f: f", "not uniquely");
        definitions.put("\\nfield f LONG 0\\nindex f_f: f, f", "fewer fields|twice");
        definitions.put("\\nfield f LONG 0\\nindex g: f", "the index f");
        definitions.put("\\nindex g: g", "a field for each term");
        definitions.put("\\nshape b text\\nshape a text", "a shape that a schema can have");
        definitions.put("\\nshape a\\u001b[1m text", "a shape that a schema can have");
        definitions.put("\\nshape " + "a".repeat(Schema.MAX_SHAPE_BYTES + 1), "a shape that a schema can have");
        definitions.put("\\n" + "x".repeat(10_000), "not the text of a collection's definition");
        definitions.put(" ".repeat(300_000), "262144 characters");
        for (Map.Entry<String, String> attack : definitions.entrySet()) {
            String definition = "\"definition\":\"items revision 1" + attack.getKey() + "\"";
            requireRefused(
                    MANIFEST,
                    text -> text.replaceFirst("\"definition\":\"[^\"]*\"", definition.replace("\\", "\\\\")),
                    attack.getValue());
        }
    }

    /** The steps that have run go along with an export; nothing else of ours does, and they have one definition. */
    @Proves(Clause.S45)
    void aCollectionOfOursIsRefused() throws Exception {
        store.collection(itemSchema());
        for (String definition : List.of(
                "pagurus_copy revision 1",
                "pagurus_other revision 1",
                "pagurus_steps revision 2",
                "pagurus_steps revision 1\\nfield f LONG 0",
                "sqlite_steps revision 1")) {
            String name = definition.substring(0, definition.indexOf(' '));
            requireRefused(
                    MANIFEST,
                    text -> text.replaceFirst(
                            "\"name\":\"items\",\"definition\":\"[^\"]*\"",
                            ("\"name\":\"" + name + "\",\"definition\":\"" + definition + "\"").replace("\\", "\\\\")),
                    "'" + name + "' is not allowed");
        }
    }

    @Proves(Clause.X18)
    void aZipBeyondALimitIsRefused() throws Exception {
        items().insert("a", Item.of("one"));
        export();
        Files.writeString(file(), "more", StandardOpenOption.APPEND);
        requireRefused("does not end as one");
        for (String more : new String[] {"more.txt", "../items.jsonl", "collections/items2.jsonl"}) {
            export();
            try (FileSystem zip = FileSystems.newFileSystem(file())) {
                Path path = zip.getPath("/" + more).normalize();
                Files.writeString(path, "{}");
            }
            requireRefused("holds 3 files");
        }
        export();
        try (FileSystem zip = FileSystems.newFileSystem(file())) {
            String name = "n".repeat(4000);
            for (int i = 0; i < 1100; i++) {
                Files.writeString(zip.getPath(name + i), "");
            }
        }
        requireRefused("list of files");
    }

    /** A stream may never end: what it begins with says that it is no export. */
    @Proves(Clause.X18)
    void anEndlessStreamIsNotReadToItsEnd() throws Exception {
        AtomicLong read = new AtomicLong();
        InputStream endless = new InputStream() {
            @Override
            public int read() {
                return read.incrementAndGet() > 1 << 20 ? -1 : '[';
            }

            @Override
            public int read(byte[] bytes, int offset, int length) {
                int some = read.get() > 1 << 20 ? -1 : length;
                read.addAndGet(length);
                return some;
            }
        };
        CopyException refused =
                thrown(CopyException.class, () -> Stores.importFrom(endless, target.config(), CopyOptions.DEFAULT));
        assertThat(refused).as("the message").hasMessageContaining("does not begin as one");
        assertThat(read.get()).as("bytes that were read").isLessThan(100);
    }

    private static String repeated(int times, String text) {
        return IntStream.rangeClosed(1, times)
                .mapToObj(i -> text.replace("#", "" + i))
                .collect(Collectors.joining());
    }

    private void requireRefused(String name, UnaryOperator<String> change, String fragment) throws Exception {
        export();
        try (FileSystem zip = FileSystems.newFileSystem(file())) {
            String text = Files.readString(zip.getPath(name), StandardCharsets.UTF_8);
            String changed = change.apply(text);
            assertThat(changed.equals(text))
                    .as("whether the attack is none: " + fragment)
                    .isFalse();
            Files.writeString(zip.getPath(name), changed);
        }
        requireRefused(fragment);
    }

    private void requireRefused(String fragment) throws Exception {
        StoreConfig small = target.config().toBuilder().maxBodyBytes(1024).build();
        CopyException refused = thrown(
                CopyException.class, () -> Stores.importFrom(file(), small, CopyOptions.DEFAULT.withOverwrite()));
        assertThat(refused.getMessage())
                .as("the message")
                .contains("export.zip")
                .containsPattern(fragment)
                .hasSizeLessThan(1500);
        // Would be refused too if a copy had begun.
        try (Store opened = target.open()) {
            assertThat(opened.summaries()).as("collections of the target").isEmpty();
        }
    }

    /** Each attack begins with the same whole export, which is made once. */
    private void export() throws Exception {
        Path whole = directory.resolve("whole.zip");
        if (!Files.exists(whole)) {
            store.exportTo(whole, CopyOptions.DEFAULT);
        }
        Files.copy(whole, file(), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path file() {
        return directory.resolve("export.zip");
    }
}
