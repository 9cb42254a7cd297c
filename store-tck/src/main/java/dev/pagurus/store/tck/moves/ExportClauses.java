package dev.pagurus.store.tck.moves;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.Document;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Samples;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;

/** Group X: a whole store is written to a file, and read from one. */
public abstract class ExportClauses extends CopyGroup {

    private static final String LINES = "collections/items.jsonl";
    private static final String MANIFEST = "manifest.json";

    @TempDir
    Path directory;

    protected ExportClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.X13)
    void anExportIsTheSameStoreAgain() throws Exception {
        Samples.store(items(), Samples.items(7, 300));
        store.collection(itemSchema("others")).insert("o", Item.of("another collection"));
        CopyResult exported = store.exportTo(export(), CopyOptions.DEFAULT);
        CopyResult imported = Stores.importFrom(export(), target.config(), CopyOptions.DEFAULT);
        assertThat(imported).as("what was imported").isEqualTo(exported);
        requireSame("items");
    }

    @Proves(Clause.X13)
    void aStreamIsAsGoodAsAFile() throws Exception {
        fill(MANY);
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        CopyResult exported = store.exportTo(written, CopyOptions.DEFAULT);
        InputStream stream = new ByteArrayInputStream(written.toByteArray());
        assertThat(Stores.importFrom(stream, target.config(), CopyOptions.DEFAULT))
                .as("what was imported")
                .isEqualTo(exported);
        requireSame("items");
    }

    @Proves(Clause.X13)
    void anEmptyStoreIsExportedToo() throws Exception {
        store.exportTo(export(), CopyOptions.DEFAULT);
        assertThat(Stores.importFrom(export(), target.config(), CopyOptions.DEFAULT)
                        .collections())
                .as("imported collections")
                .isEmpty();
    }

    @Proves(Clause.X13)
    void anExportShowsOneStateWhateverIsWritten() throws Exception {
        fill(MANY);
        List<Document<Item>> before = items().query().stream().toList();
        AtomicBoolean written = new AtomicBoolean();
        store.exportTo(export(), CopyOptions.DEFAULT.withProgress(progress -> {
            if (written.compareAndSet(false, true)) {
                // Another thread, for this one is at work in the store.
                elsewhere(() -> {
                    items().delete("i2100");
                    items().insert("i2101x", Item.of("new"));
                });
            }
        }));
        assertThat(items().query().count()).as("documents afterwards").isEqualTo(MANY);
        Stores.importFrom(export(), target.config(), CopyOptions.DEFAULT);
        try (Store copy = target.open()) {
            assertThat(copy.collection(itemSchema()).query().stream().toList())
                    .as("what was exported")
                    .isEqualTo(before);
        }
    }

    @Proves(Clause.X14)
    void aTruncatedExportIsRefused() throws Exception {
        fill(MANY);
        store.exportTo(export(), CopyOptions.DEFAULT);
        byte[] whole = Files.readAllBytes(export());
        for (int length : new int[] {0, 1, whole.length / 2, whole.length - 1}) {
            Files.write(export(), Arrays.copyOf(whole, length));
            requireRefused();
        }
    }

    @Proves(Clause.X14)
    void aChangedExportIsRefused() throws Exception {
        items().insert("a", Item.of("one").withNumber(1).tagged("t"));
        items().insert("b", Item.of("two").withNumber(2));
        Map<String, UnaryOperator<String>> changes = new LinkedHashMap<>();
        changes.put("a changed body", text -> text.replace("\\\"text\\\":\\\"one\\\"", "\\\"text\\\":\\\"eno\\\""));
        changes.put("a changed field", text -> text.replace("\"number\":2", "\"number\":3"));
        changes.put("a changed version", text -> text.replaceFirst("\"version\":1", "\"version\":2"));
        changes.put("a changed id", text -> text.replace("{\"id\":\"b\"", "{\"id\":\"c\""));
        changes.put("a lost document", text -> text.substring(0, text.indexOf("{\"id\":\"b\"")));
        changes.put("a document twice", text -> text + text.substring(text.indexOf("{\"id\":\"b\"")));
        changes.put("no JSON", text -> text + "and more");
        changes.put("a lone surrogate", text -> text.replace("\"id\":\"b\"", "\"id\":\"\\ud800\""));
        changes.put("a field more", text -> text.replace("\"fields\":{", "\"fields\":{\"more\":1,"));
        changes.put("a field of another kind", text -> text.replace("\"number\":2", "\"number\":\"2\""));
        for (Map.Entry<String, UnaryOperator<String>> change : changes.entrySet()) {
            requireRefusedAfter(LINES, change.getKey(), change.getValue());
        }
    }

    @Proves(Clause.X14)
    void aChangedManifestIsRefused() throws Exception {
        items().insert("a", Item.of("one"));
        Map<String, UnaryOperator<String>> changes = new LinkedHashMap<>();
        changes.put("a newer version", text -> text.replaceFirst("\"version\":\\d+", "\"version\":99"));
        changes.put("another format", text -> text.replace("pagurus-export", "another-export"));
        changes.put("another count", text -> text.replace("\"documents\":1", "\"documents\":2"));
        changes.put("another name", text -> text.replace("\"name\":\"items\"", "\"name\":\"other\""));
        changes.put("a name that is SQL", text -> text.replace("items", "x; drop table items"));
        changes.put("a field name that is SQL", text -> text.replace("field real", "field r);drop"));
        changes.put("a name of ours", text -> text.replace("items", "pagurus_items"));
        changes.put("half of it", text -> text.substring(0, text.length() / 2));
        changes.put("nothing", text -> "");
        for (Map.Entry<String, UnaryOperator<String>> change : changes.entrySet()) {
            requireRefusedAfter(MANIFEST, change.getKey(), change.getValue());
        }
    }

    /** By somebody who can count hashes: that of a collection without documents is the hash of its definition. */
    @Proves(Clause.X14)
    void namesThatAreNotAllowedAreRefused() throws Exception {
        store.collection(Schema.of("plain", Item.class));
        for (String name : List.of("pagurus_copy", "Plain", "x; drop table items", "x/../y", "")) {
            Files.deleteIfExists(export());
            store.exportTo(export(), CopyOptions.DEFAULT);
            try (FileSystem zip = FileSystems.newFileSystem(export())) {
                String manifest = Files.readString(zip.getPath(MANIFEST), StandardCharsets.UTF_8)
                        .replace("plain", name)
                        .replaceFirst("\"sha256\":\"[0-9a-f]+\"", "\"sha256\":\"" + hashOfNothing(name) + "\"");
                Files.writeString(zip.getPath(MANIFEST), manifest);
                Path moved = zip.getPath("collections/" + name + ".jsonl").normalize();
                Files.createDirectories(moved.getParent());
                Files.move(zip.getPath("collections/plain.jsonl"), moved);
            }
            requireRefused();
        }
    }

    private static String hashOfNothing(String collection) throws Exception {
        byte[] definition = (collection + " revision 1").getBytes(StandardCharsets.UTF_8);
        MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
        sha256.update(ByteBuffer.allocate(Long.BYTES).putLong(definition.length).array());
        return HexFormat.of().formatHex(sha256.digest(definition));
    }

    @Proves(Clause.X14)
    void whatIsNoExportIsRefused() throws Exception {
        requireRefused();
        Files.writeString(export(), "SQLite format 3");
        requireRefused();
        Files.delete(export());
        Files.createDirectory(export());
        requireRefused();
    }

    @Proves(Clause.X10)
    void aDocumentIsImportedUpToTheTargetsLimit() throws Exception {
        items().insert("large", Item.NOTHING.withPayload("\u00e9\"\n\uD83D\uDE00".repeat(300)));
        long bytes = store.exportTo(export(), CopyOptions.DEFAULT).bytes();
        StoreConfig tooSmall =
                target.config().toBuilder().maxBodyBytes(bytes - 1).build();
        CopyException refused =
                thrown(CopyException.class, () -> Stores.importFrom(export(), tooSmall, CopyOptions.DEFAULT));
        assertThat(refused).as("the message").hasMessageContaining("'large'").hasMessageContaining("" + (bytes - 1));
        target.open().close();
        StoreConfig justLarge = target.config().toBuilder().maxBodyBytes(bytes).build();
        Stores.importFrom(export(), justLarge, CopyOptions.DEFAULT);
        requireSame("items");
    }

    @Proves(Clause.X5)
    void anImportThatBrokeOffIsMarked() throws Exception {
        fill(MANY);
        store.exportTo(export(), CopyOptions.DEFAULT);
        CopyOptions breakingOff = CopyOptions.DEFAULT.withProgress(progress -> {
            if (progress.step() == CopyProgress.Step.COPYING) {
                throw new IllegalStateException("broken off by the test");
            }
        });
        thrown(CopyException.class, () -> Stores.importFrom(export(), target.config(), breakingOff));
        CopyException refused = thrown(CopyException.class, () -> target.open().close());
        assertThat(refused).as("the message").hasMessageContaining("not finished");
        Stores.importFrom(export(), target.config(), CopyOptions.DEFAULT);
        requireSame("items");
    }

    @Proves(Clause.X19)
    void anExportIsForItsOwnerAlone() throws Exception {
        items().insert("a", Item.of("one"));
        store.exportTo(export(), CopyOptions.DEFAULT);
        Permissions.requireOwnerOnly(export());
        Permissions.letOthersRead(export());
        store.exportTo(export(), CopyOptions.DEFAULT.withOverwrite());
        Permissions.requireOwnerOnly(export());
    }

    @Proves(Clause.X15)
    void aFileThatExistsIsNotOverwrittenUnasked() throws Exception {
        items().insert("a", Item.of("one"));
        Files.writeString(export(), "precious");
        thrown(CopyException.class, () -> store.exportTo(export(), CopyOptions.DEFAULT));
        // Asked or not, only an export is.
        thrown(CopyException.class, () -> store.exportTo(export(), CopyOptions.DEFAULT.withOverwrite()));
        assertThat(Files.readString(export())).as("the file").isEqualTo("precious");
        Files.delete(export());
        store.exportTo(export(), CopyOptions.DEFAULT);
        items().insert("b", Item.of("two"));
        assertThat(store.exportTo(export(), CopyOptions.DEFAULT.withOverwrite()).documents())
                .as("exported documents")
                .isEqualTo(2);
        requireOnly(export());
    }

    @Proves(Clause.X15)
    void anExportThatFailsLeavesNothing() throws Exception {
        fill(MANY);
        CopyOptions failing = CopyOptions.DEFAULT.withProgress(progress -> {
            throw new IllegalStateException("broken off by the test");
        });
        thrown(IllegalStateException.class, () -> store.exportTo(export(), failing));
        thrown(
                UnavailableException.class,
                () -> store.exportTo(directory.resolve("missing").resolve("file.zip"), CopyOptions.DEFAULT));
        requireOnly();
        assertThat(items().query().count()).as("documents afterwards").isEqualTo(MANY);
    }

    private void requireRefusedAfter(String file, String what, UnaryOperator<String> change) throws Exception {
        Files.deleteIfExists(export());
        store.exportTo(export(), CopyOptions.DEFAULT);
        try (FileSystem zip = FileSystems.newFileSystem(export())) {
            String text = Files.readString(zip.getPath(file), StandardCharsets.UTF_8);
            String changed = change.apply(text);
            assertThat(changed).as("the text with %s", what).isNotEqualTo(text);
            Files.writeString(zip.getPath(file), changed);
        }
        requireRefused();
    }

    private void requireRefused() throws Exception {
        StoreException refused = thrown(
                StoreException.class,
                () -> Stores.importFrom(export(), target.config(), CopyOptions.DEFAULT.withOverwrite()));
        assertThat(refused)
                .as("the message")
                .hasMessageContaining(export().getFileName().toString());
        // Nothing has changed: no mark is there, and no collection.
        try (Store untouched = target.open()) {
            assertThat(untouched.collection(itemSchema()).query().count())
                    .as("documents of the target")
                    .isZero();
        }
    }

    private void requireOnly(Path... files) throws IOException {
        try (Stream<Path> found = Files.list(directory)) {
            assertThat(found).as("files").containsExactlyInAnyOrder(files);
        }
    }

    private static void elsewhere(Runnable work) {
        CompletableFuture.runAsync(work, task -> new Thread(task).start()).join();
    }

    private Path export() {
        return directory.resolve("export.zip");
    }
}
