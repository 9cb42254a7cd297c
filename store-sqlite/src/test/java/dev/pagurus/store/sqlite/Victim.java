package dev.pagurus.store.sqlite;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A populated store that hostile input is thrown at, and how to tell that nothing about it has changed.
 *
 * @param surroundings a directory with other files and directories, for hostile URLs
 */
record Victim(
        Path surroundings, Store store, DocumentCollection<Specimen> specimens, DocumentCollection<Parcel> parcels)
        implements AutoCloseable {

    /** The largest body, low so that a larger one is quickly made. */
    static final int LARGEST_BODY = 64 << 10;

    /** The id of a document that is there. */
    static final String PRESENT = "s01";

    static Victim in(Path directory) throws IOException {
        Path surroundings = Files.createDirectory(directory.resolve("surroundings"));
        Files.createDirectory(surroundings.resolve("directory"));
        Files.writeString(surroundings.resolve("long.txt"), "A text, and no database. ".repeat(100));
        Files.writeString(surroundings.resolve("short.txt"), "hello");

        Store store = Stores.open("sqlite:" + directory.resolve("victim.db") + "?synchronous=off&body.max=64KiB");
        DocumentCollection<Specimen> specimens = store.collection(Specimen.SCHEMA);
        for (int number = 0; number < 20; number++) {
            specimens.insert(String.format(Locale.ROOT, "s%02d", number), Specimen.numbered(number));
        }
        specimens.insert("nulls", Specimen.named("nothing but a name"));
        DocumentCollection<Parcel> parcels = store.collection(Parcel.SCHEMA);
        parcels.insert("p1", new Parcel("text", "a text"));
        parcels.insert("p2", new Parcel("body", "[]"));
        return new Victim(surroundings, store, specimens, parcels);
    }

    /** Returns a hash that is another one after any change: of a document, of a column, of the files around. */
    String fingerprint() {
        String everything = store.snapshot(view -> {
            ReadableCollection<Specimen> seen = view.collection(Specimen.SCHEMA);
            return documents(seen)
                    + documents(view.collection(Parcel.SCHEMA))
                    + seen.query().countBy(Specimen.TEXT)
                    + seen.query().countBy(Specimen.NUMBER)
                    + seen.query().countBy(Specimen.TAGS);
        });
        return specimens.query().count() + " and " + parcels.query().count() + " documents with content "
                + UUID.nameUUIDFromBytes((everything + files()).getBytes(UTF_8));
    }

    /** Writes, reads, finds and deletes something. */
    void provesUsable() {
        Document<Specimen> written = specimens.insert("probe", Specimen.named("probe"));
        assertThat(specimens.get("probe")).contains(written);
        assertThat(specimens.where(Specimen.TEXT.eq("probe")).list()).containsExactly(written);
        assertThat(specimens.delete(written)).isTrue();
    }

    private static String documents(ReadableCollection<?> collection) {
        return collection.query().list().toString();
    }

    private String files() {
        try (Stream<Path> files = Files.walk(surroundings)) {
            return files.map(Path::toString).sorted().collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        store.close();
    }
}
