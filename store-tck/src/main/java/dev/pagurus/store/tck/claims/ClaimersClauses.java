package dev.pagurus.store.tck.claims;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Document;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.Store;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Elsewhere;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.samples.Item;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Group K: several who claim at a time, by one handle and by two. */
public abstract class ClaimersClauses extends ClaimGroup {

    private static final int CLAIMERS = 8;
    private static final int PIECES = 400;

    /** On a store with one writer others wait; how long a test gives them to show that they need not. */
    private static final Duration PATIENCE = Duration.ofMillis(400);

    protected ClaimersClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    /** What one claimer got: versions by id. */
    private record Got(Map<String, Long> versions) {}

    @Proves(Clause.K2)
    void eachPieceGoesToOneOfManyThreads() throws Exception {
        fill(0, PIECES);
        requireEachOnce(claimAll(List.of(store), 1));
    }

    @Proves(Clause.K4)
    void eachPieceGoesToOneOfManyHandles() throws Exception {
        List<Store> handles = List.of(store, second());
        fill(0, PIECES);
        requireEachOnce(claimAll(handles, 1));
    }

    @Proves(Clause.K8)
    void soItIsWithSeveralAtATime() throws Exception {
        List<Store> handles = List.of(store, second());
        fill(0, PIECES);
        requireEachOnce(claimAll(handles, 7));
    }

    /** While others write the same documents, and more work comes. */
    @Proves(Clause.K4)
    void nothingIsLeftBesideWriters() throws Exception {
        List<Store> handles = List.of(store, second());
        fill(0, PIECES / 2);
        AtomicInteger writing = new AtomicInteger(2);
        List<Got> all = Race.results(CLAIMERS, number -> {
            Store by = handles.get(number % 2);
            Map<String, Long> got = new HashMap<>();
            if (number < 2) {
                try {
                    for (int i = number; i < PIECES / 2; i += 2) {
                        work(by).update(id(i), piece -> piece.withPayload("changed"));
                        work(by).put(id(PIECES / 2 + i), piece(PIECES / 2 + i));
                    }
                } finally {
                    writing.decrementAndGet();
                }
                return new Got(got);
            }
            boolean last = false;
            while (!last) {
                // Before it is asked, so that an empty answer after that is the last one.
                last = writing.get() == 0;
                List<Document<Item>> claimed = claim(by, number, 2);
                claimed.forEach(piece -> put(got, piece));
                last &= claimed.isEmpty();
            }
            return new Got(got);
        });
        Map<String, Long> versions = requireOnce(all, PIECES);
        work(store).query().stream()
                .forEach(piece -> assertThat(versions.get(piece.id()))
                        .as("the version that was claimed of '%s', which may have changed since", piece.id())
                        .isLessThanOrEqualTo(piece.version()));
    }

    @Proves(Clause.K4)
    void whoWasInterruptedKeepsNothingFromOthers() throws Exception {
        fill(0, 60);
        for (int round = 0; round < 5; round++) {
            CountDownLatch claiming = new CountDownLatch(CLAIMERS);
            List<Elsewhere<Boolean>> claimers = new ArrayList<>();
            for (int i = 0; i < CLAIMERS; i++) {
                claimers.add(Elsewhere.start(() -> claimUntilInterrupted(claiming)));
            }
            Elsewhere.await(claiming);
            claimers.forEach(Elsewhere::interrupt);
            for (Elsewhere<Boolean> claimer : claimers) {
                assertThat(claimer.result())
                        .as("whether a claimer that was interrupted keeps the interrupt")
                        .isTrue();
            }
            assertThat(ids(free(store).limit(100).claim(piece -> piece.withPayload("alone"))))
                    .as("what one gets who is alone by then, in round %d", round)
                    // Who has just lost some to others looks further from the head, for a moment.
                    .containsExactlyInAnyOrderElementsOf(ids(0, 60));
        }
    }

    /** What is claimed matches still. */
    private boolean claimUntilInterrupted(CountDownLatch claiming) {
        boolean first = true;
        while (!Thread.currentThread().isInterrupted()) {
            try {
                free(store).limit(3).claim(piece -> piece.withPayload("many"));
            } catch (UnavailableException | OutcomeUnknownException e) {
                return Thread.currentThread().isInterrupted();
            }
            if (first) {
                claiming.countDown();
                first = false;
            }
        }
        return true;
    }

    /** A version may be claimed once, though all that is claimed is to be had again. */
    @Proves(Clause.K2)
    void eachVersionGoesToOne() throws Exception {
        List<Store> handles = List.of(store, second());
        fill(0, 3);
        List<List<Document<Item>>> all = Race.results(CLAIMERS, number -> {
            List<Document<Item>> claimed = new ArrayList<>();
            for (int i = 0; i < 25; i++) {
                claimed.addAll(free(handles.get(number % 2))
                        .limit(1 + number % 2)
                        .claim(piece -> piece.withText(
                                piece.text() == null ? "1" : "" + (Integer.parseInt(piece.text()) + 1))));
            }
            return claimed;
        });
        Set<String> versions = new HashSet<>();
        int claimed = 0;
        for (List<Document<Item>> one : all) {
            for (Document<Item> piece : one) {
                claimed++;
                assertThat(versions.add(piece.id() + " " + piece.version()))
                        .as("whether version %d of '%s' was claimed once", piece.version(), piece.id())
                        .isTrue();
            }
        }
        int counted = work(store).query().stream()
                .mapToInt(piece -> piece.value().text() == null
                        ? 0
                        : Integer.parseInt(piece.value().text()))
                .sum();
        assertThat(counted).as("claims, as the documents count them").isEqualTo(claimed);
    }

    @Proves(Clause.K7)
    @Needs(Capability.TRANSACTIONS)
    void transactionsClaimEachPieceOnce() throws Exception {
        List<Store> handles = List.of(store, second());
        fill(0, 40);
        requireEachOnce(
                Race.results(4, number -> {
                    Map<String, Long> got = new HashMap<>();
                    Optional<Document<Item>> next;
                    do {
                        Store by = handles.get(number % 2);
                        next = number < 2
                                ? by.transaction(tx -> tx.collection(itemSchema())
                                        .where(Item.COLOR.eq(Item.Color.RED))
                                        .orderBy(Item.TIME.asc())
                                        .claimFirst(piece -> taken(piece, "tx")))
                                : free(by).claimFirst(piece -> taken(piece, "me"));
                        next.ifPresent(piece -> put(got, piece));
                    } while (next.isPresent());
                    return new Got(got);
                }),
                40);
    }

    @Proves(Clause.K8)
    @Needs(Capability.TRANSACTIONS)
    void whatATransactionHasChangedIsPassedBy() throws Exception {
        fill(0, 4);
        Store other = second();
        work(other);
        CountDownLatch changed = new CountDownLatch(1);
        CountDownLatch tried = new CountDownLatch(1);
        Elsewhere<Boolean> transaction = Elsewhere.start(() -> other.transaction(tx -> {
            tx.collection(itemSchema()).update(id(0), piece -> piece.withPayload("changed"));
            changed.countDown();
            Elsewhere.await(tried);
            return true;
        }));
        Elsewhere.await(changed);
        Elsewhere<Optional<Document<Item>>> claim =
                Elsewhere.start(() -> free(store).claimFirst(piece -> taken(piece, "me")));
        Optional<Optional<Document<Item>>> early;
        try {
            early = claim.within(PATIENCE);
        } finally {
            tried.countDown();
        }
        assertThat(transaction.result()).as("what the transaction returned").isTrue();
        Optional<Document<Item>> claimed = early.isPresent() ? early.get() : claim.result();
        // Where transactions lock nothing, the first is to be had, and the transaction is made again.
        assertThat(claimed.map(Document::id))
                .as("what was claimed beside a transaction that had changed '%s'", id(0))
                .isIn(Optional.of(id(0)), Optional.of(id(1)));
        List<Document<Item>> rest = free(store).limit(10).claim(piece -> taken(piece, "me"));
        assertThat(rest).as("what was left").hasSize(3);
        assertThat(existing(work(store), id(0)).value().payload()).isEqualTo("changed");
    }

    private List<Got> claimAll(List<Store> handles, int limit) throws Exception {
        return Race.results(CLAIMERS, number -> {
            Map<String, Long> got = new HashMap<>();
            List<Document<Item>> claimed;
            do {
                claimed = claim(handles.get(number % handles.size()), number, limit);
                claimed.forEach(piece -> put(got, piece));
            } while (!claimed.isEmpty());
            assertThat(free(handles.get(number % handles.size())).count())
                    .as("how much is left for who got nothing, which others may be taking")
                    .isLessThanOrEqualTo((CLAIMERS - 1L) * limit);
            return new Got(got);
        });
    }

    private List<Document<Item>> claim(Store by, int number, int limit) {
        List<Document<Item>> claimed = free(by).limit(limit).claim(piece -> taken(piece, "claimer " + number));
        assertThat(claimed).as("what one claim took").hasSizeLessThanOrEqualTo(limit);
        return claimed;
    }

    private static void put(Map<String, Long> got, Document<Item> piece) {
        assertThat(got.put(piece.id(), piece.version()))
                .as("what this claimer got before of '%s'", piece.id())
                .isNull();
    }

    private void requireEachOnce(List<Got> all) {
        requireEachOnce(all, PIECES);
    }

    private void requireEachOnce(List<Got> all, int pieces) {
        Map<String, Long> versions = requireOnce(all, pieces);
        work(store).query().stream()
                .forEach(piece -> assertThat(versions.get(piece.id()))
                        .as("the version that its claimer was told of '%s'", piece.id())
                        .isEqualTo(piece.version()));
    }

    private Map<String, Long> requireOnce(List<Got> all, int pieces) {
        Map<String, Long> versions = new HashMap<>();
        for (Got one : all) {
            one.versions()
                    .forEach((id, version) -> assertThat(versions.put(id, version))
                            .as("the version of '%s' that another claimer got", id)
                            .isNull());
        }
        assertThat(free(store).list()).as("what nobody has claimed").isEmpty();
        assertThat(versions.keySet()).as("what was claimed").hasSize(pieces);
        return versions;
    }
}
