package dev.pagurus.store.tck.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Aggregate;
import dev.pagurus.store.BulkResult;
import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Page;
import dev.pagurus.store.ReadQuery;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Row;
import dev.pagurus.store.Selection;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.VersionConflictException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.samples.Item;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Group D: what has expired is not there, in any read or write, and what it held is free. */
public abstract class ExpiryClauses extends ExpiryGroup {

    private static final List<String> IDS = List.of("a", "b", "c");

    protected ExpiryClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    private void putThree() {
        int number = 0;
        for (String id : IDS) {
            Item until = id.equals("c") ? Item.NOTHING : until(10L * ++number);
            notes.put(
                    id,
                    until.withText("text")
                            .withNumber(number)
                            .withColor(Item.Color.RED)
                            .tagged("tag", id));
        }
    }

    /** What each kind of read finds of the three; none may differ from another. */
    private Map<String, Set<String>> found(ReadableCollection<Item> in) {
        Map<String, Set<String>> found = new LinkedHashMap<>();
        found.put("get", IDS.stream().filter(id -> in.get(id).isPresent()).collect(Collectors.toSet()));
        found.put("exists", IDS.stream().filter(in::exists).collect(Collectors.toSet()));
        found.put("getAll", in.getAll(IDS).keySet());
        found.put("query", ids(in.query()));
        found.put("ids", ids(in.where(schema.id().in(IDS.toArray(String[]::new)))));
        found.put("an index", ids(in.where(Item.COLOR.eq(Item.Color.RED))));
        found.put("a field without an index", ids(in.where(Item.FLAG.isNull())));
        found.put("tags", ids(in.where(Item.TAGS.contains("tag"))));
        found.put("several indexes", ids(in.where(Item.TEXT.eq("text").and(Item.TAGS.contains("tag")))));
        found.put("an or", ids(in.where(Item.TEXT.eq("text").or(Item.COLOR.eq(Item.Color.RED)))));
        found.put("in order of the time", ids(in.query().orderBy(Item.TIME.asc())));
        found.put(
                "in order of a number",
                ids(in.query().orderBy(Item.NUMBER.desc()).limit(3)));
        found.put("in two orders", ids(in.where(Item.TAGS.contains("tag")).orderBy(Item.TEXT.asc())));
        found.put(
                "countBy",
                in.query().countBy(Item.TAGS).keySet().stream()
                        .filter(tag -> !"tag".equals(tag))
                        .collect(Collectors.toSet()));
        found.put("rows", rows(in.query().select(schema.id(), Item.TAGS, Item.TEXT)));
        found.put(
                "rows of an index", rows(in.where(Item.COLOR.eq(Item.Color.RED)).select(schema.id(), Item.COLOR)));
        found.put(
                "rows in order of a number",
                rows(in.where(Item.TAGS.contains("tag"))
                        .orderBy(Item.NUMBER.asc())
                        .select(schema.id())));
        found.put("distinct", tags(in.query().distinct(Item.TAGS).stream()));
        found.put(
                "groups",
                tags(in.query().groupBy(Item.TAGS, Item.COLOR).aggregate(Item.NUMBER.sum()).stream()
                        .map(row -> row.get(Item.TAGS).get(0))));
        return found;
    }

    private Set<String> rows(Selection rows) {
        return rows.list().stream()
                .map(row -> String.valueOf(row.get(schema.id())))
                .collect(Collectors.toSet());
    }

    private static Set<String> tags(Stream<String> tags) {
        return tags.filter(tag -> !"tag".equals(tag)).collect(Collectors.toSet());
    }

    private static Set<String> ids(ReadQuery<Item> query) {
        return query.list().stream().map(Document::id).collect(Collectors.toSet());
    }

    private void requireFound(ReadableCollection<Item> in, String when, String... wanted) {
        found(in)
                .forEach((how, found) -> assertThat(found)
                        .as("what is found %s, by %s", when, how)
                        .containsExactlyInAnyOrder(wanted));
        assertThat(in.query().count()).as("how many there are %s", when).isEqualTo(wanted.length);
        assertThat(in.where(Item.TEXT.eq("text")).count())
                .as("how many have a text %s", when)
                .isEqualTo(wanted.length);
        assertThat(in.where(Item.TEXT.eq("text").or(Item.TAGS.contains("tag"))).count())
                .as("how many have a text or a tag %s", when)
                .isEqualTo(wanted.length);
        assertThat(in.query().countBy(Item.COLOR).getOrDefault(Item.Color.RED, 0L))
                .as("how many of a colour there are %s", when)
                .isEqualTo(wanted.length);
        Row made = in.query().aggregate(Aggregate.count(), Item.NUMBER.max(), Item.REAL.sum());
        assertThat(made.get(Aggregate.count()))
                .as("how many were measured %s", when)
                .isEqualTo(wanted.length);
        assertThat(in.query().aggregate(Item.NUMBER.max()).get(Item.NUMBER.max()))
                .as("the greatest number %s", when)
                .isEqualTo(made.get(Item.NUMBER.max()))
                .isEqualTo(
                        wanted.length == 0 ? null : Long.valueOf(List.of(wanted).equals(List.of("a")) ? 1 : 2));
        assertThat(in.query().first().isPresent())
                .as("whether there is a first one %s", when)
                .isEqualTo(wanted.length > 0);
    }

    @Proves(Clause.D1)
    void noReadFindsWhatHasExpired() {
        putThree();
        requireFound(notes, "before", "a", "b", "c");
        at(10);
        requireFound(notes, "at the time of the first", "b", "c");
        assertThat(notes.raw().get("a")).as("the raw text of the first").isEmpty();
        at(20);
        requireFound(notes, "at the time of the second", "c");
        at(1_000_000_000);
        requireFound(notes, "much later, where the time is null", "c");
    }

    @Proves(Clause.D1)
    void pagesLeaveOutWhatHasExpired() {
        notes.insertAll(
                IntStream.range(0, 30).mapToObj(i -> until(i % 3 == 0 ? 10 : 20).withNumber(i)),
                one -> "n" + one.number(),
                OnConflict.FAIL);
        at(10);
        int found = 0;
        Page<Item> page = notes.query().orderBy(Item.NUMBER.asc()).limit(7).page();
        while (true) {
            found += page.items().size();
            assertThat(page.items())
                    .as("a page")
                    .noneMatch(
                            one -> one.value().number() == null || one.value().number() % 3 == 0);
            if (page.nextCursor() == null) {
                break;
            }
            page = notes.query()
                    .orderBy(Item.NUMBER.asc())
                    .limit(7)
                    .startAfter(page.nextCursor())
                    .page();
        }
        assertThat(found).as("documents on all pages").isEqualTo(20);
    }

    @Proves(Clause.D2)
    void itsIdIsFree() {
        Document<Item> put = notes.put("put", until(10));
        Document<Item> inserted = notes.insert("inserted", until(10));
        notes.put("bulk", until(10));
        notes.put("left", until(20));
        at(10);
        requireNew(put, notes.put("put", Item.of("new")));
        requireNew(inserted, notes.insert("inserted", Item.of("new")));
        BulkResult bulk = notes.insertAll(
                Stream.of(Item.of("bulk"), Item.of("left"), Item.of("other")), Item::text, OnConflict.SKIP);
        assertThat(bulk.written()).as("documents of the bulk insert").isEqualTo(2);
        assertThat(existing(notes, "bulk").createdAt())
                .as("when the one of the bulk insert was created")
                .isEqualTo(clock.instant());
        assertThatThrownBy(() -> notes.insert("left", Item.of("too early")), "an insert over what has not expired")
                .isInstanceOf(DuplicateIdException.class);
    }

    private void requireNew(Document<Item> before, Document<Item> now) {
        assertThat(now.createdAt()).as("when '%s' was created", now.id()).isEqualTo(clock.instant());
        assertThat(now.version()).as("the version of '%s'", now.id()).isGreaterThan(before.version());
        assertThat(existing(notes, now.id())).as("'%s' as it is read", now.id()).isEqualTo(now);
    }

    @Proves(Clause.D2)
    @Needs(Capability.UNIQUE_INDEXES)
    void itsUniqueValuesAreFree() {
        notes.put("a", until(10).withCode("a"));
        notes.put("b", until(10).withCode("b"));
        notes.put("c", until(10).withCode("c"));
        notes.put("d", until(20).withCode("d"));
        Document<Item> other = notes.put("other", Item.of("other"));
        assertThatThrownBy(() -> notes.insert("early", Item.NOTHING.withCode("a")), "a value that is not free yet")
                .isInstanceOf(UniqueViolationException.class);
        at(10);
        notes.insert("new a", Item.NOTHING.withCode("a"));
        notes.replace(other.withValue(Item.NOTHING.withCode("b")));
        BulkResult bulk = notes.putAll(
                Stream.of("c", "d", "e").map(code -> Item.of("new " + code).withCode(code)),
                Item::text,
                OnConflict.SKIP);
        assertThat(bulk.written()).as("documents with values that are free").isEqualTo(2);
        assertThat(notes.query().list().stream()
                        .map(one -> one.id() + "=" + one.value().code()))
                .as("who has which value")
                .containsExactlyInAnyOrder("new a=a", "other=b", "new c=c", "d=d", "new e=e");
    }

    @Proves(Clause.D3)
    void nothingIsDoneToWhatHasExpired() {
        Document<Item> gone = notes.put("gone", until(10).withColor(Item.Color.RED));
        notes.put("there", until(20).withColor(Item.Color.RED));
        at(10);
        assertThatThrownBy(() -> notes.replace(gone.withValue(until(99))), "a replacement of what has expired")
                .isInstanceOf(VersionConflictException.class);
        assertThat(notes.update("gone", item -> until(99))).as("an update").isEmpty();
        assertThat(notes.delete("gone")).as("whether it was deleted").isFalse();
        assertThat(notes.delete("gone", gone.version()))
                .as("whether this version was deleted")
                .isFalse();
        assertThat(notes.where(Item.COLOR.eq(Item.Color.RED)).updateAll(item -> item.withFlag(true)))
                .as("how many were updated")
                .isEqualTo(1);
        List<Document<Item>> claimed = notes.where(Item.COLOR.eq(Item.Color.RED))
                .orderBy(Item.TIME.asc())
                .limit(5)
                .claim(item -> item.withText("claimed"));
        assertThat(claimed).as("what was claimed").extracting(Document::id).containsExactly("there");
        if (has(Capability.TRANSACTIONS)) {
            assertThat(notes.where(Item.TIME.isNotNull()).deleteAll())
                    .as("how many were deleted")
                    .isEqualTo(1);
        }
        assertThat(notes.compute("gone", was -> Optional.of(Item.of(was.isPresent() ? "was there" : "new")))
                        .orElseThrow()
                        .value())
                .as("what was computed from nothing")
                .isEqualTo(Item.of("new"));
    }

    @Proves(Clause.D4)
    void anotherTimeCountsIfItIsWrittenBeforeTheOldOneHasCome() {
        Document<Item> longer = notes.put("longer", until(10));
        notes.put("shorter", until(10));
        notes.put("never", until(10));
        notes.put("late", Item.NOTHING);
        at(5);
        Document<Item> kept = notes.replace(longer.withValue(until(30)));
        notes.put("shorter", until(5));
        notes.update("never", item -> Item.NOTHING);
        notes.put("late", until(5));
        assertThat(ids(notes.query())).as("what is there at once").containsExactlyInAnyOrder("longer", "never");
        at(20);
        assertThat(ids(notes.query())).as("what is there later").containsExactlyInAnyOrder("longer", "never");
        assertThat(kept.createdAt())
                .as("when the one with more time was created")
                .isEqualTo(longer.createdAt());
        at(30);
        assertThat(ids(notes.query())).as("what is there at last").containsExactly("never");
        at(0);
        notes.put("set back", until(1));
        assertThat(notes.get("set back"))
                .as("what expires by a clock that was set back")
                .isPresent();
    }

    @Proves(Clause.D5)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void aTransactionOrSnapshotJudgesByItsBeginning() {
        putThree();
        store.snapshot(view -> {
            at(0);
            ReadableCollection<Item> seen = view.collection(schema);
            assertThat(seen.query().count()).as("documents at the beginning").isEqualTo(3);
            at(15);
            // Elsewhere time goes on, and what has expired may be removed.
            assertThat(CompletableFuture.supplyAsync(() -> ids(notes.query())).join())
                    .as("what others find meanwhile")
                    .containsExactlyInAnyOrder("b", "c");
            assertThat(CompletableFuture.supplyAsync(() -> store.removeExpired())
                            .join())
                    .as("how many are removed meanwhile")
                    .isBetween(0L, 1L);
            requireFound(seen, "in a snapshot that began before", "a", "b", "c");
            return true;
        });
        requireFound(notes, "after it", "b", "c");
        store.runTransaction(tx -> {
            at(15);
            DocumentCollection<Item> seen = tx.collection(schema);
            assertThat(seen.query().count()).as("documents at the beginning").isEqualTo(2);
            at(20);
            requireFound(seen, "in a transaction that began before", "b", "c");
            assertThat(seen.update("b", item -> item.withFlag(true)))
                    .as("an update in it")
                    .isPresent();
            seen.put("a", until(40).withCode("new"));
            assertThat(seen.get("a")).as("a document that was written in it").isPresent();
        });
        assertThat(ids(notes.query())).as("what is there after it").containsExactlyInAnyOrder("a", "c");
    }

    @Proves(Clause.D6)
    void whatHasExpiredIsRemovedWithLaterWrites() {
        fill(250);
        at(10);
        for (int i = 1; i <= 20; i++) {
            at(10 + 100 * i);
            notes.put("later", Item.ofNumber(i));
        }
        assertThat(store.removeExpired()).as("how many twenty writes have left").isZero();
        assertThat(notes.query().count()).as("documents that are left").isEqualTo(1);
    }

    @Proves(Clause.D6)
    void allIsRemovedForTheAsking() {
        fill(250);
        notes.put("stays", until(20));
        store.collection(itemSchema("others").expiresAt(Item.TIME)).put("gone", until(10));
        store.collection(itemSchema("plain").index(Item.TIME)).put("stays", until(10));
        assertThat(store.removeExpired()).as("how many were removed before").isZero();
        at(10);
        assertThat(store.removeExpired()).as("how many were removed").isEqualTo(251);
        assertThat(store.removeExpired()).as("how many were left").isZero();
        assertThat(ids(notes.query())).as("what stays").containsExactly("stays");
        assertThat(store.collection(itemSchema("plain").index(Item.TIME)).get("stays"))
                .as("a document where none expires")
                .isPresent();
    }
}
