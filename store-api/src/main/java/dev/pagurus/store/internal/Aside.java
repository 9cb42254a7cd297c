package dev.pagurus.store.internal;

import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.internal.join.Retry;
import dev.pagurus.store.internal.value.Filling;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves the documents of a collection that cannot be brought to a new revision into a collection of texts. Some at a time, in
 * one transaction: each document is in one of the two, whenever this ends, and the next attempt goes on with the rest.
 */
final class Aside<T> {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store.schema");

    private static final int BATCH_DOCUMENTS = 100;
    private static final long BATCH_CHARS = 4L << 20;

    private final StoreEngine engine;
    private final CollectionDefinition stored;
    private final CollectionDefinition aside;
    private final Filling<T> filling;
    private final int revision;
    private final Supplier<Retry> patience;
    private final List<String> batch = new ArrayList<>();
    private long chars;
    private long moved;

    Aside(StoreEngine engine, Mapping<T> mapping, CollectionDefinition stored, String name, Supplier<Retry> patience) {
        this.engine = engine;
        this.stored = stored;
        this.filling = mapping.filling();
        this.revision = mapping.definition().revision();
        this.patience = patience;
        this.aside = definition(name);
    }

    private CollectionDefinition definition(String name) {
        @Nullable CollectionDefinition found = engine.definition(name);
        if (found == null) {
            found = new CollectionDefinition(name, 1, List.of(), List.of());
            engine.define(found, (from, id, body) -> new Content.Body(body, List.of()));
        }
        if (!found.fields().isEmpty() || found.shape() != null) {
            throw new SchemaException("Documents of collection '" + stored.name()
                    + "' cannot be set aside in collection '" + name
                    + "', which is one of other documents: it has fields or a shape. Nothing was changed. Name another one:"
                    + " Schema.setAside(\"" + stored.name() + "_aside\").");
        }
        return found;
    }

    /** Moves them all, and says whether there were any. */
    boolean move() {
        engine.forEach(stored, document -> {
            if (filling.isUnreadable(stored.revision(), document.id(), document.body())) {
                batch.add(document.id());
                chars += document.body().length();
                if (batch.size() == BATCH_DOCUMENTS || chars >= BATCH_CHARS) {
                    moveBatch();
                }
            }
        });
        if (!batch.isEmpty()) {
            moveBatch();
        }
        if (moved > 0) {
            LOG.warn("Collection '{}': {} documents in all were set aside in '{}'", stored.name(), moved, aside.name());
        }
        return moved > 0;
    }

    private void moveBatch() {
        Retry retry = patience.get();
        @Nullable List<String> done = null;
        while (done == null) {
            try (EngineSession session = engine.begin(SessionMode.TRANSACTION)) {
                done = move(session);
                session.commit();
            } catch (SerializationFailure e) {
                done = null;
                retry.pause(e);
            }
        }
        moved += done.size();
        batch.clear();
        chars = 0;
        if (!done.isEmpty()) {
            LOG.warn(
                    "Collection '{}': {} documents that cannot be brought to revision {} were set aside in '{}', as they were: {}",
                    stored.name(),
                    done.size(),
                    revision,
                    aside.name(),
                    String.join(", ", done));
        }
    }

    private List<String> move(EngineSession session) {
        List<StoredDocument> found = session.get(stored, batch).stream()
                .filter(one -> filling.isUnreadable(stored.revision(), one.id(), one.body()))
                .toList();
        Set<String> taken =
                session.get(aside, batch).stream().map(StoredDocument::id).collect(Collectors.toSet());
        List<String> names = new ArrayList<>();
        List<StoredRow> rows = new ArrayList<>();
        List<Write> deletions = new ArrayList<>();
        Set<String> used = new HashSet<>(taken);
        for (StoredDocument one : found) {
            String id = used.contains(one.id()) ? free(session, one.id(), used) : one.id();
            used.add(id);
            names.add(id.equals(one.id()) ? id : one.id() + " as " + id);
            rows.add(new StoredRow(new StoredDocument(id, one.version(), one.createdAt(), one.body()), List.of()));
            deletions.add(new Write(stored, one.id(), Write.Precondition.version(one.version()), new Content.Delete()));
        }
        if (rows.isEmpty()) {
            return names;
        }
        session.load(aside, rows);
        for (WriteOutcome outcome : session.write(deletions)) {
            if (!(outcome instanceof WriteOutcome.Deleted)) {
                throw new SerializationFailure("Somebody else has changed the collection meanwhile.", null);
            }
        }
        return names;
    }

    /** Returns an id that is free: what was set aside before stays as well. */
    private String free(EngineSession session, String id, Set<String> used) {
        for (int number = 2; ; number++) {
            String suffix = "~" + number;
            String candidate = shortened(id, Schema.MAX_ID_BYTES - suffix.length()) + suffix;
            if (!used.contains(candidate)
                    && session.get(aside, List.of(candidate)).isEmpty()) {
                return candidate;
            }
        }
    }

    private static String shortened(String id, int bytes) {
        String shorter = id;
        while (shorter.getBytes(StandardCharsets.UTF_8).length > bytes) {
            shorter = shorter.substring(0, shorter.offsetByCodePoints(shorter.length(), -1));
        }
        return shorter;
    }
}
