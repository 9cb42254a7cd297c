package dev.pagurus.store.sqlite;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.ChangeChunk;
import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoredChange;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.group.SettableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An engine on a file, with a clock of its own, and what the tests of its log of changes do with it. */
final class Changes implements AutoCloseable {

    static final Duration WEEK = Duration.ofDays(7);

    /** Its field is unique, and it has a many-field. */
    static final CollectionDefinition NOTES = definition("notes", 1, WEEK);

    static final CollectionDefinition TASKS = new CollectionDefinition("tasks", 1, List.of(), List.of(), null, WEEK);

    final SettableClock clock;
    final StoreEngine engine;

    Changes(Path file, SettableClock clock) {
        this.clock = clock;
        this.engine = new SqliteStoreProvider()
                .open(StoreConfig.builder("sqlite:" + file + "?timeout=10s")
                        .clock(clock)
                        .build());
    }

    Changes(Path file) {
        this(file, new SettableClock(Instant.parse("2026-05-01T08:00:00Z")));
    }

    static CollectionDefinition definition(String name, int revision, @Nullable Duration retention) {
        return new CollectionDefinition(
                name,
                revision,
                List.of(
                        new FieldDefinition("title", FieldKind.TEXT, 100),
                        new FieldDefinition("tags", FieldKind.MANY, 0)),
                List.of(new IndexDefinition("title", true, List.of(new Sort("title", false)))),
                null,
                retention);
    }

    /** Brings a collection to a definition; fields get no values. */
    Changes define(CollectionDefinition definition) {
        engine.define(definition, (from, id, body) -> body(definition, body, null));
        return this;
    }

    /** The same, and those documents are set aside whose ids are among these. */
    void define(CollectionDefinition definition, CollectionDefinition aside, Set<String> ids) {
        engine.define(definition, new Filler() {
            @Override
            public Content.Body fill(int from, String id, String body) {
                return body(definition, body, null);
            }

            @Override
            public CollectionDefinition aside() {
                return aside;
            }

            @Override
            public boolean setsAside(int from, String id, String body) {
                return ids.contains(id);
            }
        });
    }

    static Content.Body body(CollectionDefinition collection, String text, @Nullable String title) {
        List<@Nullable Object> values = new ArrayList<>();
        if (!collection.fields().isEmpty()) {
            values.add(title);
            values.add(List.of("a", "b"));
        }
        return new Content.Body(text, values);
    }

    static Write write(CollectionDefinition collection, String id, Write.Precondition precondition, String title) {
        return new Write(collection, id, precondition, body(collection, "{\"id\":\"" + id + "\"}", title));
    }

    static Write put(CollectionDefinition collection, String id) {
        return new Write(collection, id, Write.Precondition.NONE, body(collection, "{\"id\":\"" + id + "\"}", null));
    }

    static Write delete(CollectionDefinition collection, String id) {
        return new Write(collection, id, Write.Precondition.NONE, new Content.Delete());
    }

    /** Writes one, a moment later than the one before; returns its version, or 0 if there is none. */
    long run(Write write) {
        clock.set(clock.instant().plusMillis(1));
        return engine.write(write) instanceof WriteOutcome.Written written ? written.version() : 0;
    }

    /** Does something in a transaction. */
    void transaction(java.util.function.Consumer<EngineSession> action) {
        try (EngineSession session = engine.begin(SessionMode.TRANSACTION)) {
            action.accept(session);
            session.commit();
        }
    }

    ChangeChunk page(@Nullable String after, int limit, CollectionDefinition... collections) {
        return engine.changes(new ChangeScan(List.of(collections), after, limit, 8 << 20));
    }

    ChangeChunk page(@Nullable String after, CollectionDefinition... collections) {
        return page(after, 1_000, collections);
    }

    /** Goes on to the end, page by page, and returns what the changes are, as {@link #told}. */
    List<String> rest(@Nullable String after, int limit, CollectionDefinition... collections) {
        List<String> all = new ArrayList<>();
        @Nullable String position = after;
        ChangeChunk page;
        do {
            page = page(position, limit, collections);
            all.addAll(told(page));
            position = page.position();
        } while (!page.complete());
        return all;
    }

    /** Collection and id of each change, with a minus where the document is not there. */
    static List<String> told(ChangeChunk page) {
        return page.changes().stream().map(Changes::told).toList();
    }

    private static String told(StoredChange change) {
        StoredDocument document = change.document();
        if (document != null && !document.id().equals(change.id())) {
            throw new AssertionError(change);
        }
        return (document == null ? "-" : "") + change.collection() + "/" + change.id();
    }

    @Override
    public void close() {
        engine.close();
    }
}
