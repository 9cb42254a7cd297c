package dev.pagurus.store.tck.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Page;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.samples.Item;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Groups R and Q: a single read is of one state, however much it reads, while others write so that two would show. */
public abstract class OneStateClauses extends ClauseGroup {

    /** All of them are such that the last document moves too. */
    private static final int TWENTY_CHUNKS = 20 * Scan.CHUNK_DOCUMENTS + 62;

    private static final int MANY = 5_005;
    private static final int SOME = 2_002;
    private static final int MANY_IDS = 70_000;

    /** Only a read during which something was written says anything; some stores write between reads only. */
    private static final int MOST_READS = 200;

    private final Seed seed = Seed.ofThisRun();

    protected OneStateClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.R5)
    @Needs(Capability.TRANSACTIONS)
    void getAllOfSeventyThousandIdsIsOfOneState() throws Exception {
        Exchange exchange = exchange(MANY);
        List<String> ids = new ArrayList<>(exchange.ids());
        IntStream.range(ids.size(), MANY_IDS).forEach(i -> ids.add("d" + i + " is missing"));
        Collections.shuffle(ids, new Random(seed.value()));
        requireOneState(exchange, exchange.question(ids), 3, List.of(Reading.GET_ALL));
    }

    @Proves(Clause.R5)
    void getAllIsOfOneStateWhileSingleWritesAreJoined() throws Exception {
        DocumentCollection<Item> items = filled();
        List<String> ids = new ArrayList<>(Relay.ids());
        ids.addAll(
                ids.size() / 2, IntStream.range(0, SOME).mapToObj(i -> "d" + i).toList());
        requireOneState(items, 20, () -> items.getAll(ids).values().stream().toList());
    }

    @Proves(Clause.Q27)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void aListOfTwentyChunksIsOfOneState() throws Exception {
        Exchange exchange = exchange(TWENTY_CHUNKS);
        requireOneState(
                exchange,
                exchange.question(List.of()),
                2,
                List.of(
                        Reading.LIST,
                        Reading.LIST_BY_NUMBER,
                        Reading.LIST_OF_TAGS,
                        Reading.LIST_WITH_LIMIT,
                        Reading.LIST_AFTER_A_PAGE));
    }

    @Proves(Clause.Q27)
    @Needs(Capability.SNAPSHOTS)
    void aLongListIsOfOneStateWhileSingleWritesAreJoined() throws Exception {
        DocumentCollection<Item> items = filled();
        requireOneState(items, 20, () -> items.query().list());
        requireOneState(
                items, 20, () -> items.query().orderBy(Item.SCHEMA.id().desc()).list());
    }

    @Proves(Clause.Q39)
    @Needs(Capability.TRANSACTIONS)
    void aCountIsOfOneStateHoweverManyDocumentsAndGroupsThereAre() throws Exception {
        Exchange exchange = exchange(MANY);
        requireOneState(
                exchange,
                exchange.question(exchange.movingIds()),
                10,
                List.of(
                        Reading.COUNT,
                        Reading.COUNT_OF_TAGS,
                        Reading.COUNT_UP_TO,
                        Reading.COUNT_OF_IDS,
                        Reading.COUNT_BY_TEXT,
                        Reading.COUNT_BY_TAG,
                        Reading.COUNT_BY_TIME));
    }

    @Proves(Clause.Q40)
    @Needs(Capability.TRANSACTIONS)
    void aPageAndTheFirstAreOfOneState() throws Exception {
        Exchange exchange = exchange(SOME);
        requireOneState(
                exchange,
                exchange.question(List.of()),
                10,
                List.of(
                        Reading.PAGE,
                        Reading.LATER_PAGE,
                        Reading.FIRST,
                        Reading.FIRST_OF_NUMBER,
                        Reading.EXISTS_OF_NUMBER,
                        Reading.EXISTS_ANY));
    }

    @Proves(Clause.Q44)
    @Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
    void rowsAreOfOneState() throws Exception {
        Exchange exchange = exchange(SOME);
        requireOneState(
                exchange,
                exchange.question(List.of()),
                10,
                List.of(Reading.ROWS, Reading.ROWS_BY_NUMBER, Reading.PAGE_OF_ROWS));
    }

    @Proves(Clause.Q28)
    @Needs(Capability.TRANSACTIONS)
    void aStreamOfTwentyChunksShowsWhatStaysOnceAndNothingTwice() throws Exception {
        Exchange exchange = exchange(TWENTY_CHUNKS);
        try (Others others = exchange.start(store)) {
            for (int i = 0; i < 3; i++) {
                others.awaitMoves(1);
                requireStayed(exchange, items().query().stream().toList());
            }
        }
    }

    @Proves(Clause.Q22)
    @Needs(Capability.TRANSACTIONS)
    void overManyPagesWhatStaysComesOnceAndNothingTwice() throws Exception {
        Exchange exchange = exchange(SOME);
        try (Others others = exchange.start(store)) {
            for (int pages : List.of(4, 20)) {
                List<Document<Item>> all = new ArrayList<>();
                @Nullable String cursor = null;
                do {
                    others.awaitMoves(1);
                    Page<Item> page = items().query()
                            .limit(SOME / pages)
                            .startAfter(cursor)
                            .page();
                    all.addAll(page.items());
                    cursor = page.nextCursor();
                } while (cursor != null);
                requireStayed(exchange, all);
            }
        }
    }

    /** In order of id: nobody changes his id, so nothing comes twice. */
    private static void requireStayed(Exchange exchange, List<Document<Item>> documents) {
        Set<String> staying = new HashSet<>(exchange.stayingIds());
        @Nullable String last = null;
        for (Document<Item> document : documents) {
            assertThat(last == null || last.compareTo(document.id()) < 0)
                    .as("whether '%s' comes after '%s', which came before it", document.id(), last)
                    .isTrue();
            last = document.id();
            staying.remove(document.id());
        }
        assertThat(staying.stream().sorted().limit(5))
                .as("documents that nobody wrote and that did not come, the first of %d", staying.size())
                .isEmpty();
    }

    private Exchange exchange(int documents) {
        return new Exchange(List.of(itemSchema()), documents, seed.value()).fill(store);
    }

    /** Asks each before anything moves, and again until it has been asked so often while something moved. */
    private void requireOneState(Exchange exchange, Question about, int telling, List<Reading> readings)
            throws Exception {
        DocumentCollection<Item> items = items();
        Map<Reading, Answer> before = new LinkedHashMap<>();
        readings.forEach(reading -> before.put(reading, reading.ask().of(items, about)));
        try (Others others = exchange.start(store)) {
            others.awaitMoves(1);
            before.forEach((reading, answer) -> {
                int told = 0;
                for (int i = 0; i < MOST_READS && told < telling; i++) {
                    long moves = others.moves();
                    exchange.requireOneState(reading, answer, reading.ask().of(items, about));
                    told += others.moves() > moves ? 1 : 0;
                }
            });
        }
    }

    private DocumentCollection<Item> filled() {
        DocumentCollection<Item> items = items();
        items.insertAll(
                IntStream.range(0, SOME).mapToObj(Item::ofNumber), item -> "d" + item.number(), OnConflict.FAIL);
        return items;
    }

    private static void requireOneState(
            DocumentCollection<Item> items, int telling, Supplier<List<Document<Item>>> read) throws Exception {
        try (Relay relay = new Relay(items)) {
            int told = 0;
            for (int i = 0; i < MOST_READS && told < telling; i++) {
                List<Long> before = relay.laps();
                Relay.requireOneState(read.get(), before);
                told += relay.laps().equals(before) ? 0 : 1;
            }
        }
    }
}
