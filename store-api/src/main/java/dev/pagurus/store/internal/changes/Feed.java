package dev.pagurus.store.internal.changes;

import dev.pagurus.store.Change;
import dev.pagurus.store.ChangeFeed;
import dev.pagurus.store.ChangePage;
import dev.pagurus.store.internal.access.StoreAccess;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.internal.watch.Seen;
import dev.pagurus.store.internal.watch.Watch;
import dev.pagurus.store.spi.ChangeChunk;
import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoredChange;
import dev.pagurus.store.spi.StoredDocument;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A feed of some collections: first their documents by id, if asked for, then the changes since before that. */
public final class Feed implements ChangeFeed {

    private static final int USUAL_LIMIT = 500;
    private static final Duration LONGEST_WAIT = Duration.ofDays(365);
    private static final List<Sort> BY_ID = List.of(new Sort("id", false));

    private final StoreEngine engine;
    private final StoreAccess access;
    private final Waiting waiting;
    private final Map<String, Mapping<?>> mappings;
    private final List<CollectionDefinition> collections;
    private final Start start;

    /** Where a reader begins, and how much of it there is at a time. */
    private record Start(@Nullable String after, boolean withState, int limit) {}

    /**
     * Makes the feed that starts at the oldest change that is known.
     *
     * @param mappings of the collections, which are in order of name
     */
    public Feed(StoreEngine engine, StoreAccess access, Waiting waiting, List<Mapping<?>> mappings) {
        this(
                engine,
                access,
                waiting,
                mappings.stream()
                        .collect(Collectors.toUnmodifiableMap(
                                one -> one.definition().name(), Function.identity())),
                mappings.stream().map(Mapping::definition).toList(),
                new Start(null, false, USUAL_LIMIT));
    }

    private Feed(
            StoreEngine engine,
            StoreAccess access,
            Waiting waiting,
            Map<String, Mapping<?>> mappings,
            List<CollectionDefinition> collections,
            Start start) {
        this.engine = engine;
        this.access = access;
        this.waiting = waiting;
        this.mappings = mappings;
        this.collections = collections;
        this.start = start;
    }

    /** Says whether it reads from an engine. */
    public boolean isOf(StoreEngine other) {
        return engine == other;
    }

    List<CollectionDefinition> collections() {
        return collections;
    }

    String names() {
        return collections.stream().map(CollectionDefinition::name).collect(Collectors.joining(","));
    }

    @Override
    public Feed startAfter(@Nullable String position) {
        return position == null ? this : with(new Start(position, start.withState, start.limit));
    }

    @Override
    public Feed startWithState() {
        return with(new Start(start.after, true, start.limit));
    }

    @Override
    public Feed limit(int changes) {
        if (changes < 1 || changes > MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "A page has between 1 and " + MAX_LIMIT + " changes, not " + changes + ".");
        }
        return with(new Start(start.after, start.withState, changes));
    }

    private Feed with(Start other) {
        return new Feed(engine, access, waiting, mappings, collections, other);
    }

    @Override
    public String end() {
        Watch watch = access.watch();
        return watch.isOff() ? now() : watch.see("changesEnd", names(), this::now, null);
    }

    private String now() {
        return Position.behind(engineEnd()).text(collections);
    }

    private String engineEnd() {
        return access.call("end of the changes", () -> engine.changesEnd(collections));
    }

    @Override
    public ChangePage page() {
        Watch watch = access.watch();
        return watch.isOff()
                ? read()
                : watch.see(
                        "changes", names(), this::read, page -> page.changes().size());
    }

    /** Reads a page, as a part of what this thread does. */
    ChangePage read() {
        @Nullable Position position = start.after == null ? null : Position.of(start.after, collections);
        if (position == null && start.withState) {
            position = new Position(engineEnd(), 0, "");
        }
        return position != null && position.state() != null
                ? stateFrom(position, position.state())
                : changesAfter(position == null ? null : position.engine());
    }

    @Override
    public ChangePage page(Duration patience) {
        Duration wait =
                Objects.requireNonNull(patience, "patience").compareTo(LONGEST_WAIT) < 0 ? patience : LONGEST_WAIT;
        long deadline = System.nanoTime() + wait.toNanos();
        Feed rest = this;
        waiting.join(collections);
        try {
            while (true) {
                long seen = waiting.seen();
                ChangePage page = rest.page();
                if (!page.changes().isEmpty() || System.nanoTime() - deadline >= 0) {
                    return page;
                }
                rest = rest.startAfter(page.position());
                try {
                    waiting.await(seen, deadline);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return page;
                }
            }
        } finally {
            waiting.leave(collections);
        }
    }

    /** What is there in the collections from this one on; behind the last, what has changed meanwhile. */
    private ChangePage stateFrom(Position position, int first) {
        String last = position.last();
        for (int i = first; i < collections.size(); i++) {
            CollectionDefinition collection = collections.get(i);
            Range rest = last.isEmpty() ? Range.ALL : new Range(List.of(), new Range.Tail.After(List.of(last)));
            Scan scan = new Scan(collection, Condition.EVERYTHING, BY_ID, List.of(rest), start.limit, Scan.CHUNK_BYTES);
            Chunk chunk = access.read(reads -> reads.scan(scan));
            List<StoredDocument> documents = chunk.documents();
            if (!documents.isEmpty()) {
                List<Change> changes = documents.stream()
                        .map(one -> change(new StoredChange(collection.name(), one.id(), one.version(), one)))
                        .toList();
                String shown = documents.get(documents.size() - 1).id();
                return new ChangePage(changes, new Position(position.engine(), i, shown).text(collections), false);
            }
            last = "";
        }
        return changesAfter(position.engine());
    }

    private ChangePage changesAfter(@Nullable String position) {
        ChangeScan scan = new ChangeScan(collections, position, start.limit, Scan.CHUNK_BYTES);
        ChangeChunk chunk = access.call("changes", () -> engine.changes(scan));
        @Nullable Seen seen = access.watch().current();
        if (seen != null && !chunk.changes().isEmpty()) {
            seen.behindSince(Micros.toInstant(chunk.changes().get(0).version()));
        }
        return new ChangePage(
                chunk.changes().stream().map(this::change).toList(),
                Position.behind(chunk.position()).text(collections),
                chunk.complete());
    }

    private Change change(StoredChange stored) {
        return new SeenChange(stored, Objects.requireNonNull(mappings.get(stored.collection())));
    }

    @Override
    public String toString() {
        return "ChangeFeed[" + Position.names(collections) + "]";
    }
}
