package dev.pagurus.store;

import dev.pagurus.store.internal.OpenStore;
import dev.pagurus.store.internal.copy.Moves;
import dev.pagurus.store.spi.StoreProvider;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Opens stores.
 *
 * <pre>{@code
 * try (Store store = Stores.open(System.getenv().getOrDefault("DATABASE_URL", "sqlite:notes.db"))) {
 *     DocumentCollection<Note> notes = store.collection(Notes.SCHEMA);
 *     notes.insert(new Note("milk"));
 * }
 * }</pre>
 *
 * <p>The stores themselves are found on the class path or module path by {@link java.util.ServiceLoader}; the URL's
 * scheme says which one is meant.
 */
public final class Stores {

    private Stores() {}

    /**
     * Opens the store that the URL means, and creates the database's tables if they are missing.
     *
     * @param url see {@link StoreConfig}
     * @throws ConfigurationException if no store on the path knows the scheme, several do, or the URL is wrong
     * @throws UnavailableException if the database cannot be reached now
     * @throws MigrationException if the database is newer than this release, or cannot be brought up to it
     */
    public static Store open(String url) {
        return open(StoreConfig.of(url));
    }

    /**
     * Opens the store that the configuration means.
     *
     * @throws ConfigurationException if no store on the path knows the scheme, several do, or the URL is wrong
     * @throws UnavailableException if the database cannot be reached now
     * @throws MigrationException if the database is newer than this release, or cannot be brought up to it
     */
    public static Store open(StoreConfig config) {
        Objects.requireNonNull(config, "config");
        return loaded(() -> OpenStore.open(config));
    }

    /**
     * Opens a store of the given provider, whatever the scheme and without looking for providers.
     *
     * @throws ConfigurationException if the provider was made for another version of the SPI, or the URL is wrong
     * @throws UnavailableException if the database cannot be reached now
     * @throws MigrationException if the database is newer than this release, or cannot be brought up to it
     */
    public static Store open(StoreProvider provider, StoreConfig config) {
        Objects.requireNonNull(provider, "provider");
        return open(Objects.requireNonNull(config, "config").toBuilder()
                .provider(provider)
                .build());
    }

    /**
     * Copies a whole store to another one of any kind, and compares them: every collection with its definition, every
     * document with its id, version, creation time, body and fields. Needs no schema and no codec.
     *
     * <p>Both are opened as applications open them: an SQLite file that is not there becomes an empty one, unless the URL
     * says {@code migrate=validate}. The copy is the state of the source at one moment; the source may be read and written
     * meanwhile. It takes the memory of a few chunks. While it is under way, and if it breaks off, the target cannot be
     * opened; copying again goes on where it stopped. At the end the target is read once more, and each collection's number
     * of documents and content hash are compared with what was read from the source. With {@link CopyOptions#followUntil}, what
     * is written to the source meanwhile is brought over too.
     *
     * <pre>{@code
     * CopyResult copied = Stores.copy(
     *         StoreConfig.of("sqlite:notes.db"), StoreConfig.of("postgres://app:secret@db/notes"), CopyOptions.DEFAULT);
     * }</pre>
     *
     * @throws CopyException if both are the same database, the target holds documents and is not to be overwritten or a
     *     collection that cannot be brought to the source's definition, another copy into it is under way, or the copy broke
     *     off, or it is to follow a source that keeps no changes; nothing has changed in the source
     * @throws ConfigurationException if no store on the path knows a scheme, several do, or a URL is wrong
     * @throws UnavailableException if one of the databases cannot be reached now
     * @throws MigrationException if one of the databases cannot be brought up to this release
     * @throws UnsupportedCapabilityException if one has no {@link Capability#SNAPSHOTS}, or the target no {@link
     *     Capability#TRANSACTIONS}, or no unique indexes or no {@link Capability#CHANGES} and needs them; nothing has changed
     */
    public static CopyResult copy(StoreConfig source, StoreConfig target, CopyOptions options) {
        return loaded(() -> Moves.copy(
                Objects.requireNonNull(source, "source"),
                Objects.requireNonNull(target, "target"),
                Objects.requireNonNull(options, "options")));
    }

    /**
     * Compares two whole stores of any kind, each as it is at one moment: definitions, and each collection's number of
     * documents and content hash. Needs no schema and no codec, and changes nothing.
     *
     * @return what both hold
     * @throws CopyException if they are not the same; the message names the collections that differ
     * @throws UnavailableException if one of the databases cannot be reached now
     * @throws UnsupportedCapabilityException if one has no {@link Capability#SNAPSHOTS}
     */
    public static CopyResult compare(StoreConfig one, StoreConfig other, CopyOptions options) {
        return loaded(() -> Moves.compare(
                Objects.requireNonNull(one, "one"),
                Objects.requireNonNull(other, "other"),
                Objects.requireNonNull(options, "options")));
    }

    /**
     * Reads an export through, as {@link #importFrom} does before it changes anything, and with the same limits; bodies may
     * be as large as any store allows (512 MiB, in memory).
     *
     * @return what it holds
     * @throws CopyException if the file is damaged, was changed, goes beyond a limit, or is of a newer release
     * @throws ConfigurationException if Jackson is not on the path
     * @throws UnavailableException if the file cannot be read
     */
    public static CopyResult check(Path export, CopyOptions options) {
        return loaded(() ->
                Moves.check(Objects.requireNonNull(export, "export"), Objects.requireNonNull(options, "options")));
    }

    /**
     * Fills a store from a file that {@link Store#exportTo(Path, CopyOptions)} wrote. The file is read through and checked
     * before anything is changed; then it is as with {@link #copy}.
     *
     * <p>The file may come from anybody: limits are held while it is read, in the memory of a few chunks of 8 MiB and the
     * largest bodies in them, however much it unpacks to. It holds at most 10,000 collections, as a {@link Schema} could
     * declare them, with at most 200 indexes each, a manifest of 16 MiB, and as many documents as that says; a document has
     * at most what its fields and the target's {@link StoreConfig.Builder#maxBodyBytes} allow.
     *
     * @throws CopyException if the file is damaged, was changed, goes beyond a limit, or is of a newer release, or as with
     *     {@link #copy}
     * @throws ConfigurationException if Jackson is not on the path, or as with {@link #copy}
     * @throws UnavailableException if the file cannot be read, or the database cannot be reached now
     * @throws InvalidValueException if a document is larger than the target allows
     */
    public static CopyResult importFrom(Path file, StoreConfig target, CopyOptions options) {
        return loaded(() -> Moves.importFrom(
                Objects.requireNonNull(file, "file"),
                Objects.requireNonNull(target, "target"),
                Objects.requireNonNull(options, "options")));
    }

    /**
     * The same from a stream, which is not closed. All of it is kept in a temporary file until it is checked; whoever gets it
     * from strangers limits its length.
     *
     * @throws CopyException as with a file
     */
    public static CopyResult importFrom(InputStream stream, StoreConfig target, CopyOptions options) {
        return loaded(() -> Moves.importFrom(
                Objects.requireNonNull(stream, "stream"),
                Objects.requireNonNull(target, "target"),
                Objects.requireNonNull(options, "options")));
    }

    /** SLF4J is needed before anything else is, where nobody could say so any more. */
    private static <R> R loaded(Supplier<R> work) {
        try {
            return work.get();
        } catch (LinkageError e) {
            if (!Libraries.isMissing("org.slf4j.Logger", Stores.class)) {
                throw e;
            }
            throw new ConfigurationException("Pagurus cannot be used.", e, Stores.class);
        }
    }
}
