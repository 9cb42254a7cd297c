package dev.pagurus.store.tck.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Codec;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Page;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.moves.CopyTarget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Group X: what is copied, exported and imported, by values that break stores. */
@Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
public abstract class MovePathClauses extends PathGroup {

    private static final int HALF = (int) (Scan.CHUNK_BYTES / 2);

    /** Bodies that fill a chunk to the byte, lack one, and are one too long. */
    private static final List<Integer> SIZES = List.of(HALF, HALF, 1, HALF, HALF - 1, 2, 2 * HALF + 1, 3);

    /** How many are asked for one by one. */
    private static final int LOOKS = 20;

    /** As many places where a letter of four bytes may begin. */
    private static final int LETTERS_OF_FOUR = 4;

    private static final Schema<String> BODIES = Schema.of("bodies", Codec.of(body -> body, body -> body));

    protected MovePathClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.X20)
    void whatIsCopiedIsFoundByAllThatItIs() throws Exception {
        List<Trial> trials = filled();
        move(trials, target -> Stores.copy(again(), target.config(), CopyOptions.DEFAULT));
    }

    @Proves(Clause.X21)
    void whatIsImportedIsFoundByAllThatItIs() throws Exception {
        List<Trial> trials = filled();
        move(trials, target -> {
            ByteArrayOutputStream export = new ByteArrayOutputStream();
            store.exportTo(export, CopyOptions.DEFAULT);
            Stores.importFrom(new ByteArrayInputStream(export.toByteArray()), target.config(), CopyOptions.DEFAULT);
        });
    }

    @Proves(Clause.X22)
    void bodiesOfAnySizeAreReadAndCopied() throws Exception {
        Map<String, String> bodies = new LinkedHashMap<>();
        for (int size : SIZES) {
            String id = "body " + bodies.size();
            bodies.put(id, " ".repeat(size / 2) + (char) ('a' + bodies.size()) + " ".repeat(size - size / 2 - 1));
        }
        for (int i = 0; i < LETTERS_OF_FOUR; i++) {
            bodies.put("letters " + i, body(i));
        }
        DocumentCollection<String> collection = store.collection(BODIES);
        collection.insertAll(bodies.values().stream(), body -> idOf(bodies, body), OnConflict.FAIL);
        requireBodies("the source", collection, bodies);
        move(List.of(), target -> {
            Stores.copy(again(), target.config(), CopyOptions.DEFAULT);
            try (Store copy = target.open()) {
                requireBodies("the copy", copy.collection(BODIES), bodies);
            }
        });
    }

    /** All letters of four bytes, which begin somewhere else in each: wherever one is cut, it is seen. */
    private static String body(int number) {
        String letter = Character.toString('p' + number);
        return letter.repeat(1 + number) + "\uD83E\uDD80".repeat(HALF / 32) + letter;
    }

    private interface Move {
        void to(CopyTarget target) throws Exception;
    }

    private List<Trial> filled() throws Exception {
        List<Trial> trials = trialsOfOneHandle();
        for (Trial trial : trials) {
            go(trial, path -> {
                path.fill(path.size(StoredRow.CHUNK, 65, 300));
                new Verbs(path, path.collection()).use(10);
            });
        }
        Trial meaning = trialOfMeaningTexts();
        go(meaning, Trial::fillWithMeaningTexts);
        trials.add(meaning);
        return trials;
    }

    private void move(List<Trial> trials, Move move) throws Exception {
        CopyTarget target = new CopyTarget(fixture);
        try {
            // Somebody has looked at what is empty, and goes on looking.
            try (Store looking = target.open()) {
                for (Trial trial : trials) {
                    looks(trial, looking, new Wanted(Clock.systemUTC(), trial.wanted.schema()));
                }
                move.to(target);
                for (Trial trial : trials) {
                    looks(trial, looking, trial.wanted);
                }
            }
            try (Store copy = target.open()) {
                for (Trial trial : trials) {
                    go(trial, path -> {
                        DocumentCollection<Parcel> there = copy.collection(path.wanted.schema());
                        path.examine("the copy", there);
                        if (path.isOfMeaningTexts()) {
                            return;
                        }
                        // It goes on like its source, whose clock it does not have.
                        Verbs verbs = Verbs.elsewhere(path, there);
                        verbs.use(10);
                        verbs.putTaken();
                        verbs.putLess(10);
                        if (path.wanted.documents().size() <= Questions.FEW) {
                            path.examine("the copy that is written to", there);
                        }
                    });
                }
            }
        } finally {
            target.close();
        }
    }

    /** Asks for each document that is there, or will be, in ways that a store may remember; draws nothing. */
    private static void looks(Trial trial, Store who, Wanted there) {
        Map<String, Document<Parcel>> right = Wanted.byId(there.documents());
        List<String> ids = trial.wanted.ids();
        DocumentCollection<Parcel> collection = who.collection(trial.wanted.schema());
        String when = right.isEmpty() ? "before anything came" : "afterwards, by who had looked before";
        assertThat(new TreeMap<>(collection.getAll(ids)))
                .as("found by ids, %s", when)
                .isEqualTo(right);
        for (String id : ids.subList(0, Math.min(LOOKS, ids.size()))) {
            assertThat(Optional.ofNullable(right.get(id)))
                    .as("found by its id, %s", when)
                    .isEqualTo(collection.get(id));
            assertThat(collection.exists(id))
                    .as("whether it is there, %s", when)
                    .isEqualTo(right.containsKey(id));
        }
        assertThat(collection.query().count()).as("counted, %s", when).isEqualTo(right.size());
        assertThat(collection.query().stream().toList())
                .as("streamed, %s", when)
                .hasSize(right.size());
        assertThat(collection.query().countBy(Parcel.COLOR).values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .as("counted by their colours, %s", when)
                .isEqualTo(right.size());
    }

    /** By every way that reads whole documents. */
    private static void requireBodies(String who, ReadableCollection<String> found, Map<String, String> bodies) {
        requireSame(who + " as a list", found.query().list(), bodies);
        requireSame(who + " as a stream", found.query().stream().toList(), bodies);
        requireSame(who + " by ids", List.copyOf(found.getAll(bodies.keySet()).values()), bodies);
        List<Document<String>> pages = new ArrayList<>();
        @Nullable String cursor = null;
        do {
            Page<String> page = found.query().limit(3).startAfter(cursor).page();
            pages.addAll(page.items());
            cursor = page.nextCursor();
        } while (cursor != null);
        requireSame(who + " in pages", pages, bodies);
    }

    private static void requireSame(String how, List<Document<String>> found, Map<String, String> bodies) {
        Map<String, String> came = new LinkedHashMap<>();
        found.forEach(document -> came.put(document.id(), document.value()));
        if (found.size() != bodies.size() || !came.equals(bodies)) {
            throw new AssertionError("Read from " + how + ": " + Shown.difference(bodies, came));
        }
    }

    private static String idOf(Map<String, String> bodies, String body) {
        return bodies.entrySet().stream()
                .filter(entry -> entry.getValue().equals(body))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }
}
