package dev.pagurus.store.internal.copy;

import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.internal.value.Texts;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoredRow;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;

/** A store in a file: a ZIP of JSON Lines, see {@link dev.pagurus.store.Store#exportTo}. Used by one thread. */
final class ExportFile implements CopySource, AutoCloseable {

    private static final String MANIFEST = "manifest.json";
    private static final int LONGEST_MESSAGE = 500;

    private final Path path;
    private final long maxBodyBytes;
    private final JsonFactory factory;
    private final ExportZip zip;
    private final ExportManifest manifest;

    /** The collection that is being read, and where. */
    private @Nullable String reading;

    private @Nullable JsonParser lines;
    private ExportZip.@Nullable Limited stream;
    private long documents;

    private ExportFile(Path path, long maxBodyBytes, ExportZip zip) throws IOException {
        this.path = path;
        this.maxBodyBytes = maxBodyBytes;
        this.factory = factory(maxBodyBytes);
        this.zip = zip;
        ExportZip.Limited stream = zip.open(MANIFEST);
        stream.allow(ExportManifest.MAX_BYTES);
        try (JsonParser json = parser(stream)) {
            this.manifest = ExportManifest.read(json);
        } catch (JacksonException e) {
            throw damaged(e.getOriginalMessage(), e);
        } catch (StoreException | IllegalArgumentException e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        }
    }

    /** What is done with a file. */
    @FunctionalInterface
    interface Work<R> {
        R run(ExportFile file) throws IOException;
    }

    /** Opens an export, and says of every failure which file it is. */
    static <R> R with(Path path, long maxBodyBytes, Work<R> work) {
        try (ExportZip zip = new ExportZip(path);
                ExportFile file = new ExportFile(path, maxBodyBytes, zip)) {
            return work.run(file);
        } catch (NoSuchFileException e) {
            throw new UnavailableException("There is no file " + path + ".", e);
        } catch (ZipException | IllegalArgumentException e) {
            throw new CopyException(path + " is not an export, or a part of one only: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new UnavailableException("The file " + path + " could not be read: " + e, e);
        }
    }

    /** Writes an export. */
    public static CopyResult write(CopySource source, OutputStream stream, CopyOptions options) {
        ExportManifest.requireWritable(source.definitions());
        CopyWatch watch = new CopyWatch(CopyProgress.Step.COPYING, source.documents(), options.progress());
        List<CopyResult.Collection> contents = new ArrayList<>();
        try {
            ZipOutputStream zip = new ZipOutputStream(new BufferedOutputStream(stream, 1 << 16));
            for (CollectionDefinition collection : source.definitions()) {
                zip.putNextEntry(new ZipEntry(entry(collection)));
                ContentHash hash = new ContentHash(collection);
                try (JsonGenerator json = generator(zip)) {
                    List<StoredRow> rows = source.rows(collection, "");
                    while (!rows.isEmpty()) {
                        for (StoredRow row : rows) {
                            ExportJson.write(json, collection, row);
                            json.writeRaw('\n');
                        }
                        hash.addAll(rows);
                        watch.tell(collection.name(), hash);
                        rows = source.rows(collection, rows.get(rows.size() - 1).id());
                    }
                }
                watch.done(hash);
                contents.add(hash.result());
                zip.closeEntry();
            }
            zip.putNextEntry(new ZipEntry(MANIFEST));
            try (JsonGenerator json = generator(zip)) {
                new ExportManifest(source.definitions(), contents).write(json, source.shown());
            }
            zip.closeEntry();
            zip.finish();
            zip.flush();
            return new CopyResult(contents);
        } catch (IOException e) {
            throw new UnavailableException("The export could not be written: " + e, e);
        } catch (JacksonException e) {
            throw new UnavailableException("The export could not be written: " + e.getOriginalMessage(), e);
        }
    }

    /** Reads all of it, and compares it with what the manifest says. */
    CopyResult check(CopyOptions options) {
        CopyWatch watch = new CopyWatch(CopyProgress.Step.CHECKING, documents(), options.progress());
        if (zip.size() != manifest.definitions().size() + 1) {
            throw damaged("it holds " + zip.size() + " files, its manifest speaks of others.", null);
        }
        for (int i = 0; i < manifest.definitions().size(); i++) {
            CollectionDefinition collection = manifest.definitions().get(i);
            CopyResult.Collection found = StateCopy.hash(this, collection, Set.of(), watch, () -> {});
            if (!found.equals(manifest.contents().get(i))) {
                throw damaged("collection '" + collection.name() + "' is not what its manifest says.", null);
            }
        }
        return new CopyResult(manifest.contents());
    }

    @Override
    public String shown() {
        return path.toString();
    }

    @Override
    public List<CollectionDefinition> definitions() {
        return manifest.definitions();
    }

    @Override
    public long documents() {
        return new CopyResult(manifest.contents()).documents();
    }

    @Override
    public List<StoredRow> rows(CollectionDefinition collection, String after) {
        try {
            JsonParser json = lines;
            ExportZip.Limited in = stream;
            if (json == null
                    || in == null
                    || after.isEmpty()
                    || !collection.name().equals(reading)) {
                close();
                in = zip.open(entry(collection));
                json = parser(in);
                stream = in;
                lines = json;
                reading = collection.name();
                documents = 0;
            }
            long mostBytes = ExportJson.maxBytes(collection, maxBodyBytes);
            long mostDocuments = manifest.documents(collection);
            List<StoredRow> rows = new ArrayList<>();
            String last = after;
            long size = 0;
            while (rows.size() < StoredRow.CHUNK && size < Scan.CHUNK_BYTES) {
                in.allow(mostBytes);
                if (json.nextToken() == null) {
                    return rows;
                }
                StoredRow row = ExportJson.read(json, collection, maxBodyBytes);
                ExportJson.require(Texts.compare(row.id(), last) > 0, "the next document in order of id");
                ExportJson.require(++documents <= mostDocuments, "the end, after " + mostDocuments + " documents");
                last = row.id();
                size += ExportJson.size(row);
                rows.add(row);
            }
            return rows;
        } catch (IOException e) {
            throw damaged(String.valueOf(e.getMessage()), e);
        } catch (JacksonException e) {
            throw damaged(e.getOriginalMessage(), e);
        } catch (InvalidValueException e) {
            throw new CopyException("The export " + path + " cannot be imported: " + e.getMessage(), e);
        } catch (CopyException e) {
            throw damaged("in collection '" + collection.name() + "': " + e.getMessage(), e);
        }
    }

    CopyException damaged(String how, @Nullable Throwable cause) {
        return new CopyException(
                "The export " + path + " is damaged, was changed, or is of another release: " + cut(how)
                        + " Nothing was changed; use another copy of the file.",
                cause);
    }

    @Override
    public void close() {
        if (lines != null) {
            lines.close();
        }
    }

    private static String cut(String message) {
        return message.length() > LONGEST_MESSAGE ? message.substring(0, LONGEST_MESSAGE) + "..." : message;
    }

    private static String entry(CollectionDefinition collection) {
        return "collections/" + collection.name() + ".jsonl";
    }

    private JsonParser parser(InputStream in) {
        return factory.createParser(ObjectReadContext.empty(), in);
    }

    private static JsonGenerator generator(OutputStream stream) {
        return factory(0).createGenerator(ObjectWriteContext.empty(), stream);
    }

    private static JsonFactory factory(long maxBodyBytes) {
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxStringLength((int) Math.min(Integer.MAX_VALUE - 8, Math.max(maxBodyBytes, 1 << 20)))
                .maxNumberLength(ExportJson.MAX_NUMBER_LENGTH)
                .maxNameLength(100)
                .maxNestingDepth(10)
                .build();
        return JsonFactory.builder()
                .streamReadConstraints(limits)
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
                .rootValueSeparator("")
                .build();
    }
}
