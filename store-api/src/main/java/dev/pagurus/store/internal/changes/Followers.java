package dev.pagurus.store.internal.changes;

import dev.pagurus.store.FollowerSummary;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.internal.access.StoreAccess;
import dev.pagurus.store.internal.value.FollowerMark;
import dev.pagurus.store.internal.value.Texts;
import dev.pagurus.store.spi.ChangeChunk;
import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The hidden collection of what followers have taken in. The first follower makes it. */
public final class Followers {

    private final StoreEngine engine;
    private final StoreAccess access;

    /** Whether it is known to be there, where it then stays. */
    private volatile boolean defined;

    public Followers(StoreEngine engine, StoreAccess access) {
        this.engine = engine;
        this.access = access;
    }

    void define() {
        if (!defined) {
            access.call("definition of collection '" + FollowerMark.COLLECTION.name() + "'", () -> {
                if (!areDefined()) {
                    engine.define(FollowerMark.COLLECTION, (from, id, body) -> new Content.Body(body, List.of()));
                }
                return true;
            });
            defined = true;
        }
    }

    private boolean areDefined() {
        @Nullable CollectionDefinition there = engine.definition(FollowerMark.COLLECTION.name());
        return there != null && there.serves(FollowerMark.COLLECTION);
    }

    static void checkName(String name) {
        if (name.isEmpty()) {
            throw new InvalidValueException("The name of a follower is empty. Give it one of 1 to "
                    + Schema.MAX_ID_BYTES + " UTF-8 bytes, under which its position is kept.");
        }
        Texts.check(name, Schema.MAX_ID_BYTES, "The name of a follower");
    }

    FollowerMark find(String name) {
        return FollowerMark.of(access.get(FollowerMark.COLLECTION, name));
    }

    /** Forgets how far one has come; says whether there was one. */
    public boolean forget(String name) {
        checkName(name);
        Write delete = new Write(FollowerMark.COLLECTION, name, Write.Precondition.NONE, new Content.Delete());
        return access.<Boolean>call("look for followers", this::areDefined)
                && access.write(delete) instanceof WriteOutcome.Deleted;
    }

    /** Returns all of them, by name. */
    public List<FollowerSummary> all() {
        return access.call("followers", () -> {
            List<StoredDocument> marks = new ArrayList<>();
            if (areDefined()) {
                engine.forEach(FollowerMark.COLLECTION, marks::add);
            }
            Map<String, CollectionDefinition> collections = engine.definitions().stream()
                    .collect(Collectors.toMap(CollectionDefinition::name, Function.identity()));
            return marks.stream().map(mark -> summary(mark, collections)).toList();
        });
    }

    private FollowerSummary summary(StoredDocument stored, Map<String, CollectionDefinition> collections) {
        FollowerMark mark = FollowerMark.of(List.of(stored));
        List<CollectionDefinition> feed = mark.feed().stream()
                .map(collections::get)
                .filter(one -> one != null && one.retention() != null)
                .toList();
        boolean lost = feed.size() < mark.feed().size();
        @Nullable Long since = null;
        try {
            if (!lost) {
                String after = Position.of(Objects.requireNonNull(mark.position()), feed)
                        .engine();
                ChangeChunk next = engine.changes(new ChangeScan(feed, after, 1, 1));
                since = next.changes().isEmpty() ? null : next.changes().get(0).version();
            }
        } catch (PositionLostException e) {
            lost = true;
        }
        return new FollowerSummary(
                stored.id(),
                mark.feed(),
                Micros.toInstant(stored.version()),
                since == null ? null : Micros.toInstant(since),
                lost);
    }
}
