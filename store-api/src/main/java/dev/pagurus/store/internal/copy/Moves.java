package dev.pagurus.store.internal.copy;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.CopyException;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.internal.engine.Providers;
import dev.pagurus.store.internal.join.Retry;
import dev.pagurus.store.internal.watch.Watch;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.PrivateFile;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.WholeFile;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Whole stores from one place to another: what {@link Copying} does, with its ends opened and closed. */
public final class Moves {

    /** What no store is configured to exceed. */
    private static final long LARGEST_BODY_BYTES = 512L << 20;

    private static final byte[] ZIP = {'P', 'K', 3, 4};

    private Moves() {}

    /** See {@link dev.pagurus.store.Stores#copy}. */
    public static CopyResult copy(StoreConfig source, StoreConfig target, CopyOptions options) {
        return Watch.move("copy", target, () -> copied(source, target, options));
    }

    private static CopyResult copied(StoreConfig source, StoreConfig target, CopyOptions options) {
        try (StoreEngine from = Providers.open(source)) {
            if (options.followUntil() != null) {
                return follow(from, source, target, options);
            }
            try (StoreEngine to = Providers.open(target);
                    EngineSession session = from.begin(SessionMode.COPY)) {
                return new Copying(state(from, session), to, target, options).run(mark -> mark.isSeenBy(from));
            }
        } catch (SerializationFailure e) {
            throw new CopyException("The copy of " + source.redactedUrl() + " conflicted with others. Try again.", e);
        }
    }

    /** The target is opened when it is known that there is something to follow: a new one would be left behind. */
    private static CopyResult follow(StoreEngine from, StoreConfig source, StoreConfig target, CopyOptions options) {
        try (SourceStates states = new SourceStates(from, source.timeout())) {
            SourceStates.First first = states.first();
            try (StoreEngine to = Providers.open(target)) {
                return new Copying(first.state(), to, target, options)
                        .follow(mark -> mark.isSeenBy(from), states, first);
            }
        }
    }

    /** What is read once has nothing that could be followed. */
    private static void requireOnce(CopyOptions options) {
        if (options.followUntil() != null) {
            throw new IllegalArgumentException("Only a copy from store to store can follow what is written meanwhile:"
                    + " leave out followUntil(...) to compare, check, export or import.");
        }
    }

    /** See {@link dev.pagurus.store.Stores#compare}. */
    public static CopyResult compare(StoreConfig one, StoreConfig other, CopyOptions options) {
        return Watch.move("compare", one, () -> compared(one, other, options));
    }

    private static CopyResult compared(StoreConfig one, StoreConfig other, CopyOptions options) {
        requireOnce(options);
        try (StoreEngine here = Providers.open(one);
                StoreEngine there = Providers.open(other)) {
            // What expires while they are read, or has been removed by one of them only, makes no difference.
            long at = Math.max(now(here, one), now(there, other));
            return compared(one, other, contents(one, here, options, at), contents(other, there, options, at), at);
        }
    }

    private static long now(StoreEngine engine, StoreConfig store) {
        return Retry.untilSerialized("reading of the store's clock", store.timeout(), null, engine::now);
    }

    private static CopyResult compared(
            StoreConfig one,
            StoreConfig other,
            Map<String, CopyResult.Collection> here,
            Map<String, CopyResult.Collection> there,
            long at) {
        Set<String> names = new TreeSet<>(here.keySet());
        names.addAll(there.keySet());
        List<String> differences = new ArrayList<>();
        for (String name : names) {
            CopyResult.@Nullable Collection mine = here.get(name);
            CopyResult.@Nullable Collection yours = there.get(name);
            if (!Objects.equals(mine, yours)) {
                differences.add("'" + name + "' (" + differing(one, other, name, shown(mine), shown(yours), at) + ")");
            }
        }
        if (!differences.isEmpty()) {
            throw new CopyException(one.redactedUrl() + " and " + other.redactedUrl()
                    + " are not the same. They differ in " + String.join(", ", differences) + ".");
        }
        return new CopyResult(List.copyOf(here.values()));
    }

    private static String differing(
            StoreConfig one, StoreConfig other, String name, String mine, String yours, long at) {
        if (!mine.equals(yours)) {
            return mine + ", " + yours;
        }
        try (StoreEngine here = Providers.open(one);
                StoreEngine there = Providers.open(other);
                EngineSession left = here.begin(SessionMode.COPY);
                EngineSession right = there.begin(SessionMode.COPY)) {
            @Nullable
            String id = FirstDifference.find(
                    new SessionSource(one.redactedUrl(), left, at),
                    new SessionSource(other.redactedUrl(), right, at),
                    name);
            return mine + " each, with other versions or contents"
                    + (id == null ? "" : ", that of '" + id + "' the first");
        }
    }

    private static String shown(CopyResult.@Nullable Collection collection) {
        return collection == null
                ? "not there"
                : "revision " + collection.revision() + " with " + collection.documents() + " documents";
    }

    private static Map<String, CopyResult.Collection> contents(
            StoreConfig store, StoreEngine engine, CopyOptions options, long at) {
        try (EngineSession session = engine.begin(SessionMode.COPY)) {
            SessionSource source = new SessionSource(
                    engine.info().target(), state(engine, session).session(), at);
            CopyWatch watch = new CopyWatch(CopyProgress.Step.COMPARING, source.documents(), options.progress());
            Map<String, CopyResult.Collection> contents = new TreeMap<>();
            for (CollectionDefinition collection : source.definitions()) {
                contents.put(collection.name(), StateCopy.hash(source, collection, Set.of(), watch, () -> {}));
            }
            return contents;
        } catch (SerializationFailure e) {
            throw new CopyException("Reading " + store.redactedUrl() + " conflicted with others. Try again.", e);
        }
    }

    /** The mark is looked for in the state itself: a copy into this database may have begun since it was opened. */
    private static SessionSource state(StoreEngine engine, EngineSession session) {
        CopyMark.refuse(session, engine.info().target());
        return new SessionSource(engine.info().target(), session);
    }

    /** See {@link dev.pagurus.store.Stores#check}. */
    public static CopyResult check(Path export, CopyOptions options) {
        requireOnce(options);
        requireJackson();
        return ExportFile.with(export, LARGEST_BODY_BYTES, file -> file.check(options));
    }

    /** See {@link dev.pagurus.store.Stores#importFrom}. */
    public static CopyResult importFrom(Path file, StoreConfig target, CopyOptions options) {
        return Watch.move("importFrom", target, () -> imported(file, target, options));
    }

    private static CopyResult imported(Path file, StoreConfig target, CopyOptions options) {
        requireOnce(options);
        requireJackson();
        return ExportFile.with(file, target.maxBodyBytes(), export -> {
            export.check(options);
            try (StoreEngine to = Providers.open(target)) {
                return new Copying(export, to, target, options).run(mark -> false);
            }
        });
    }

    /** The same from a stream, which is read to its end before anything is changed. */
    public static CopyResult importFrom(InputStream stream, StoreConfig target, CopyOptions options) {
        return Watch.move("importFrom", target, () -> imported(stream, target, options));
    }

    private static CopyResult imported(InputStream stream, StoreConfig target, CopyOptions options) {
        requireOnce(options);
        try {
            byte[] begin = stream.readNBytes(ZIP.length);
            if (!Arrays.equals(begin, ZIP)) {
                throw new CopyException(
                        "What is to be imported is not an export: it does not begin as one. Nothing was" + " changed.");
            }
            // What it holds is somebody's data.
            try (PrivateFile file = PrivateFile.temporary("pagurus-import-", ".zip")) {
                try (OutputStream out = Files.newOutputStream(file.path())) {
                    out.write(begin);
                    stream.transferTo(out);
                }
                return imported(file.path(), target, options);
            }
        } catch (IOException e) {
            throw new UnavailableException("The import could not be read: " + e + " Nothing was changed.", e);
        }
    }

    /** Exports to a file that has its name when it is whole. */
    public static CopyResult exportTo(Path file, StoreEngine engine, CopyOptions options) {
        requireOnce(options);
        if (options.overwrite()) {
            requireExport(file);
        }
        return new WholeFile(file, options.overwrite()).write(unfinished -> {
            try (OutputStream out = Files.newOutputStream(unfinished)) {
                return exportTo(out, engine, options);
            }
        });
    }

    public static CopyResult exportTo(OutputStream stream, StoreEngine engine, CopyOptions options) {
        requireOnce(options);
        requireJackson();
        try (EngineSession session = engine.begin(SessionMode.COPY)) {
            return ExportFile.write(state(engine, session), stream, options);
        } catch (SerializationFailure e) {
            throw new CopyException("The export conflicted with others. Try again.", e);
        }
    }

    /** What is overwritten could be anything, even a database that is open. */
    private static void requireExport(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            if (Arrays.equals(in.readNBytes(ZIP.length), ZIP)) {
                return;
            }
        } catch (IOException e) {
            throw new UnavailableException("The file " + file + " could not be read: " + e, e);
        }
        throw new CopyException("The file " + file + " exists and is no export; only an export is overwritten by one.");
    }

    /** To be asked before {@link ExportFile} is touched, which cannot even be loaded without it. */
    private static void requireJackson() {
        try {
            Class.forName("tools.jackson.core.JacksonException");
        } catch (ClassNotFoundException e) {
            throw new ConfigurationException(
                    "Exporting and importing need Jackson, which is not there. Add the dependency"
                            + " tools.jackson.core:jackson-databind (on the module path, also require"
                            + " tools.jackson.databind), or copy from store to store, which needs none.",
                    e);
        }
    }
}
