package dev.pagurus.store.postgres;

import dev.pagurus.store.ChangePage;
import dev.pagurus.store.Codec;
import dev.pagurus.store.CollectionSource;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.postgres.connect.PostgresSettings;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.Write.Precondition;
import dev.pagurus.store.tck.group.SettableClock;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Has a store send whatever it can send; what it answers is asked for elsewhere. */
final class EveryStatement {

    private static final Duration WEEK = Duration.ofDays(7);

    /** More than are inserted in the hope that all are new. */
    private static final int MANY = 600;

    private static final TextField<String> WORD = TextField.of("word", text -> text);
    private static final Schema<String> PLAIN = Schema.of("plain", Codec.of(text -> text, text -> text));
    private static final Schema<String> KEPT =
            Schema.of("kept", PLAIN.codec()).index(WORD).changes(WEEK);
    private static final Schema<String> OTHER =
            Schema.of("other", PLAIN.codec()).index(WORD).changes(WEEK);

    private static final WordsField<String> WORDS = WordsField.of("words", text -> text);
    private static final Schema<String> EXPIRING = Schema.of("expiring", PLAIN.codec())
            .uniqueIndex(WORD)
            .expiresAt(InstantField.of("gone_at", text -> text.startsWith("gone") ? Instant.EPOCH : null))
            .changes(WEEK);

    private static final TextField<String> SAME = TextField.of("same", text -> "the same");
    private static final Schema<String> UPGRADED = Schema.of("many", PLAIN.codec())
            .field(ManyField.of("letters", text -> List.of(text.split(""))))
            .index(WORDS)
            .uniqueIndex(WORD)
            .revision(2)
            .upgrade(1, body -> {
                if (body.contains("bad")) {
                    throw new IllegalStateException("It is bad.");
                }
                return body.replace("m", "n");
            })
            .setAside("many_aside");

    private EveryStatement() {}

    /** Does all in schemas that are not there yet. */
    static void send(OwnServer server) throws Exception {
        StoreConfig config = StoreConfig.of(server.url("postgres", "postgres") + "?pool.minIdle=0&schema=every");
        SettableClock clock = new SettableClock(Instant.parse("2026-01-01T00:00:00Z"));
        for (StoreConfig each : List.of(config, config.toBuilder().clock(clock).build())) {
            try (Store store = Stores.open(each)) {
                writes(store);
                queries(store.collection(Ticket.SCHEMA));
                feed(store);
                // Another store's clock would have to be waited for.
                clock.set(clock.instant().plus(WEEK.dividedBy(2)));
                feed(store);
                clock.set(clock.instant().plus(WEEK.multipliedBy(3)));
                feed(store);
                others(store);
            }
        }
        engineLists(server, config);
        Stores.copy(config, StoreConfig.of(config.url().replace("every", "copied")), CopyOptions.DEFAULT);
        definitions(config);
    }

    private static void writes(Store store) throws Exception {
        DocumentCollection<Ticket> tickets = store.collection(Ticket.SCHEMA);
        alone(tickets);
        lists(tickets);
        store.runTransaction(tx -> {
            alone(tx.collection(Ticket.SCHEMA));
            lists(tx.collection(Ticket.SCHEMA));
        });
        store.snapshot(view -> view.collection(Ticket.SCHEMA).get("a").isPresent());
    }

    private static void expiry(CollectionSource source) {
        DocumentCollection<String> expiring = source.collection(EXPIRING);
        for (String id : List.of("a", "b", "c")) {
            expiring.put(id, "gone " + id);
        }
        expiring.get("a");
        expiring.getAll(List.of("a", "b"));
        expiring.insert("a", "here");
        expiring.insert("d", "gone b");
        expiring.insertAll(Stream.of("c", "e"), text -> text, OnConflict.SKIP);
        expiring.update("d", text -> text);
        expiring.delete("d");
        expiring.where(WORD.gt("a")).orderBy(WORD.asc()).list();
        expiring.query().count();
        expiring.query().countBy(WORD);
        expiring.query().deleteAll();
    }

    private static void alone(DocumentCollection<Ticket> tickets) {
        tickets.put("a", Ticket.of("a"));
        Document<Ticket> one = tickets.insert("b", Ticket.of("b"));
        Document<Ticket> changed = tickets.replace(one);
        tickets.update("b", ticket -> ticket.due(2));
        tickets.compute("c", none -> none.or(() -> Optional.of(Ticket.of("c"))));
        tickets.getAll(List.of("a", "b"));
        refused(() -> tickets.insert("a", Ticket.of("another")));
        refused(() -> tickets.insert("d", Ticket.of("a")));
        refused(() -> tickets.replace(changed));
        refused(() -> tickets.delete(changed));
        tickets.delete("c");
        tickets.delete(tickets.get("b").orElseThrow());
    }

    private static void lists(DocumentCollection<Ticket> tickets) {
        for (OnConflict how : OnConflict.values()) {
            refused(() -> tickets.insertAll(some(20), Ticket::title, how));
            refused(() -> tickets.putAll(some(MANY), Ticket::title, how));
        }
        tickets.where(Ticket.STATUS.eq("open")).updateAll(ticket -> ticket.due(3));
        tickets.where(Ticket.STATUS.eq("open")).deleteAll();
        tickets.where(Ticket.TITLE.eq("t1").and(Ticket.STATUS.eq("open"))).deleteAll();
        tickets.putAll(some(MANY), Ticket::title, OnConflict.FAIL);
    }

    private static Stream<Ticket> some(int count) {
        return IntStream.range(0, count).mapToObj(i -> Ticket.of("t" + i));
    }

    /** Lists that a store makes of calls that come at once, of which one waits for a row. */
    private static void engineLists(OwnServer server, StoreConfig config) throws Exception {
        try (StoreEngine engine = PostgresEngine.open(PostgresSettings.of(config));
                Connection other = server.connect("postgres");
                Statement statement = other.createStatement()) {
            for (CollectionDefinition one : engine.definitions()) {
                if (one.name().equals(KEPT.name()) || one.name().equals(Ticket.SCHEMA.name())) {
                    engine.write(list(one, Precondition.NONE, true));
                    other.setAutoCommit(false);
                    statement.execute("update every." + one.name() + " set version = version where id = 'l1'");
                    engine.write(list(one, Precondition.NONE, true));
                    other.rollback();
                    engine.write(list(one, Precondition.ABSENT, true));
                    engine.write(list(one, Precondition.PRESENT, true));
                    engine.write(list(one, Precondition.version(1), true));
                    engine.write(list(one, Precondition.version(1), false));
                    engine.write(list(one, Precondition.NONE, false));
                }
            }
        }
    }

    private static List<Write> list(CollectionDefinition of, Precondition precondition, boolean puts) {
        return Stream.of("l1", "l2")
                .map(id -> new Write(of, id, precondition, puts ? body(of, id) : new Content.Delete()))
                .toList();
    }

    private static Content.Body body(CollectionDefinition of, String id) {
        return of.fields().size() == 1
                ? new Content.Body(id, List.of(id))
                : new Content.Body(
                        "{\"title\":\"" + id + "\",\"status\":\"open\",\"tags\":[\"a\"]}",
                        Arrays.asList(id, "open", null, List.of("a")));
    }

    private static void queries(DocumentCollection<Ticket> tickets) {
        for (int limit : new int[] {5, MANY}) {
            tickets.query().limit(limit).page();
            tickets.where(Ticket.STATUS.eq("open"))
                    .orderBy(Ticket.DUE.asc())
                    .limit(limit)
                    .page();
            for (var filter : List.of(
                    Ticket.TITLE.startsWith("t"),
                    Ticket.TITLE.startsWith("t").and(Ticket.STATUS.eq("open")),
                    Ticket.TAGS.contains("home"),
                    Ticket.TAGS.contains("home").and(Ticket.STATUS.eq("none")),
                    Ticket.DUE.isNull().or(Ticket.STATUS.in("open", "done")))) {
                tickets.where(filter).limit(limit).page();
                tickets.where(filter).orderBy(Ticket.STATUS.asc()).limit(limit).page();
                tickets.where(filter)
                        .orderBy(Ticket.STATUS.desc())
                        .thenBy(Ticket.DUE.desc())
                        .limit(limit)
                        .page();
                tickets.where(filter)
                        .limit(limit)
                        .select(Ticket.DUE, Ticket.STATUS)
                        .page();
                tickets.where(filter)
                        .orderBy(Ticket.STATUS.desc())
                        .thenBy(Ticket.DUE.desc())
                        .limit(limit)
                        .select(Ticket.TITLE, Ticket.TAGS)
                        .page();
                tickets.where(filter).count();
                tickets.where(filter).countBy(Ticket.TAGS);
                tickets.where(filter).countBy(Ticket.STATUS);
                tickets.where(filter).aggregate(Ticket.DUE.sum(), Ticket.TITLE.max());
                tickets.where(filter)
                        .groupBy(Ticket.TAGS, Ticket.STATUS)
                        .orderBy(Ticket.DUE.max().desc())
                        .limit(limit)
                        .aggregate(Ticket.DUE.average());
            }
        }
        tickets.where(Ticket.TITLE.startsWith("t")).claimFirst(ticket -> ticket.due(9));
    }

    private static void feed(Store store) throws Exception {
        List<DocumentCollection<String>> both = List.of(store.collection(KEPT), store.collection(OTHER));
        @Nullable String position = store.changes(KEPT, OTHER).end();
        for (DocumentCollection<String> each : both) {
            each.put("one", "first");
            each.putAll(Stream.of("two", "three", "four"), text -> text, OnConflict.FAIL);
            store.runTransaction(tx -> tx.collection(KEPT).put("in", "a transaction"));
            each.where(WORD.eq("two")).deleteAll();
            each.delete("one");
            each.query().updateAll(text -> text + "!");
        }
        for (var feed : List.of(store.changes(KEPT), store.changes(KEPT, OTHER))) {
            ChangePage page = feed.limit(2).page();
            while (!page.complete()) {
                page = feed.limit(2).startAfter(page.position()).page();
            }
            feed.startAfter(page.position()).page();
        }
        store.changes(KEPT, OTHER).startAfter(position).page();
        store.follow(
                "follower",
                store.changes(KEPT),
                (tx, changes) -> tx.afterCommit(() -> Thread.currentThread().interrupt()));
        Thread.interrupted();
    }

    private static void others(Store store) throws Exception {
        store.now();
        store.step("a step", tx -> tx.collection(KEPT).query().count());
        store.step("over all", KEPT, (tx, batch) -> {});
        store.followers();
        store.summaries();
        store.steps();
        expiry(store);
        store.runTransaction(tx -> expiry(tx));
        store.removeExpired();
        store.changes(EXPIRING).page();
        store.tombstones();
        store.health();
    }

    private static void definitions(StoreConfig config) {
        try (Store store = Stores.open(config)) {
            store.collection(PLAIN).put("p", "{\"name\": \"p\"}");
            DocumentCollection<String> many = store.collection(Schema.of("many", PLAIN.codec()));
            IntStream.range(0, 10).forEach(i -> many.put("m" + i, i == 3 ? "bad" : "m" + i));
            words(store.collection(UPGRADED));
            refused(() -> store.collection(
                    Schema.of("many", PLAIN.codec()).revision(3).uniqueIndex(SAME)));
            store.collection(Schema.of("many", PLAIN.codec()).revision(3).index(WORD));
        }
        try (Store store = Stores.open(config)) {
            store.rename("many", "more");
            store.drop("more");
            store.rename("kept", "kept_on");
            store.drop("kept_on");
            store.collection(Schema.of("plain", Thing.class));
        }
    }

    private static void words(DocumentCollection<String> many) {
        many.put("w", "a text");
        many.update("w", text -> text + " and more");
        many.putAll(some(MANY).map(Ticket::title), text -> text, OnConflict.FAIL);
        for (var filter : List.of(
                WORDS.hasAll("text more"),
                WORDS.hasPrefix("text mo"),
                WORDS.hasPrefix("t1").and(WORD.gt("t2")),
                WORDS.hasPrefix("t1").not())) {
            many.where(filter).limit(5).page();
            many.where(filter).orderBy(WORD.desc()).limit(MANY).page();
            many.where(filter).count();
            many.where(filter).countBy(WORDS);
        }
        many.where(WORDS.hasPrefix("t1")).deleteAll();
        many.where(WORDS.hasPrefix("t").and(WORD.gt("t2"))).deleteAll();
    }

    private static void refused(Runnable call) {
        try {
            call.run();
        } catch (StoreException e) {
            // What it asks then is wanted.
            return;
        }
    }
}
