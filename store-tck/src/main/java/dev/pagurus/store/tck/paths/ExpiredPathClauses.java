package dev.pagurus.store.tck.paths;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Capability;
import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.Document;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Order;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.moves.CopyTarget;
import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.Model;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Group D: beside all documents lie others that have expired and are not removed yet, more than any step reads at once, before
 * and between them in each order. They make no difference, whatever is asked and done.
 */
@Needs({Capability.TRANSACTIONS, Capability.SNAPSHOTS})
public abstract class ExpiredPathClauses extends PathGroup {

    /** More than a chunk of whatever it is, all in a row by their ids. */
    private static final int MANY = 2_100;

    private static final String EXPIRES = "expires";

    private static final Instant THEN = Instant.parse("2026-05-02T08:00:00.000001Z");

    private static final InstantField<Parcel> UNTIL =
            InstantField.of("until", parcel -> EXPIRES.equals(parcel.item().payload()) ? THEN : null);

    protected ExpiredPathClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    @Proves(Clause.D1)
    void whatHasExpiredMakesNoDifferenceToAnyAnswer() throws Exception {
        expired(trials -> {
            for (Trial trial : trials) {
                go(trial, path -> {
                    path.examine();
                    path.store.snapshot(view -> {
                        path.examine("a snapshot", view.collection(path.wanted.schema()));
                        return true;
                    });
                });
            }
        });
    }

    @Proves(Clause.D3)
    void whoClaimsGetsWhatIsBehindThoseThatHaveExpired() throws Exception {
        expired(trials -> {
            for (Trial trial : trials) {
                go(trial, path -> {
                    for (Order<Parcel> order :
                            List.of(Parcel.NUMBER.asc(), Parcel.TEXT.asc(), Parcel.REAL.desc(), UNTIL.desc())) {
                        claim(path, order, 1 + path.random.nextInt(3));
                    }
                    path.examine();
                });
            }
        });
    }

    @Proves(Clause.D2)
    void whatHasExpiredMakesNoDifferenceToWhatIsWritten() throws Exception {
        expired(trials -> {
            for (Trial trial : trials) {
                go(trial, path -> {
                    new BulkWrite(path, path.parcels.some(20)).insertAll(path.collection(), OnConflict.SKIP);
                    ManyPathClauses.updateSome(path, path.collection());
                    new Verbs(path, path.collection()).use(10);
                    ManyPathClauses.deleteSome(path, path.collection());
                    path.store.removeExpired();
                    path.examine();
                });
            }
        });
    }

    @Proves(Clause.D9)
    void whatHasExpiredMakesNoDifferenceToACopy() throws Exception {
        expired(trials -> CopyTarget.use(fixture, target -> {
            Stores.copy(againWithItsClock(), target.config(), CopyOptions.DEFAULT);
            try (Store copy = target.open()) {
                for (Trial trial : trials) {
                    go(trial, path -> path.examine("the copy", copy.collection(path.wanted.schema())));
                }
            }
        }));
    }

    /** Claims the first of an order. */
    private static void claim(Trial trial, Order<Parcel> order, int count) {
        trial.tick();
        List<String> first = Model.list(trial.wanted.documents(), Parcel.FLAG.ne(true), List.of(order)).stream()
                .limit(count)
                .map(Document::id)
                .toList();
        List<Document<Parcel>> claimed = trial.collection()
                .where(Parcel.FLAG.ne(true))
                .orderBy(order)
                .limit(count)
                .claim(parcel -> parcel.withItem(parcel.item().withFlag(true)));
        assertThat(claimed.stream().map(Document::id).toList())
                .as("the first %s that were claimed by %s", count, order)
                .isEqualTo(first);
        claimed.forEach(document -> trial.wanted.put(document.id(), document.value(), document));
    }

    /** What is done where many have expired. */
    private interface Use {
        void with(List<Trial> trials) throws Exception;
    }

    /**
     * Fills each trial with some that stay and more that expire, and has the time come. The second handle, which is in this
     * process for the sake of its clock, has read before the latter were written.
     */
    private void expired(Use use) throws Exception {
        try (Store beside = fixture.open(againWithItsClock())) {
            List<Trial> trials = trials(beside);
            for (Trial trial : trials) {
                go(trial, path -> {
                    path.wanted.is(path.wanted.schema().expiresAt(UNTIL));
                    path.fill(path.size(65, 33, 129));
                    assertThat(path.seconds().query().count())
                            .as("documents that the second handle finds at first")
                            .isEqualTo(path.wanted.documents().size());
                    Map<String, Parcel> expiring = expiring(path);
                    List<String> ids = new ArrayList<>(expiring.keySet());
                    int[] next = {0};
                    assertThat(path.collection()
                                    .insertAll(expiring.values().stream(), any -> ids.get(next[0]++), OnConflict.FAIL)
                                    .written())
                            .as("documents that are written and will expire")
                            .isEqualTo(expiring.size());
                });
            }
            at(THEN);
            use.with(trials);
        }
    }

    private static Map<String, Parcel> expiring(Trial trial) {
        Map<String, Parcel> expiring = new LinkedHashMap<>();
        for (Document<Parcel> document : trial.wanted.documents()) {
            String like = trial.hazards.idThatIsNot(document.id());
            if (!trial.wanted.has(like)) {
                expiring.put(like, expiring(document.value()));
            }
        }
        int many = trial.size(MANY, 64, 300);
        for (int i = 0; i < many; i++) {
            Parcel extreme = trial.parcels
                    .small()
                    .withItem(Item.of(i % 2 == 0 ? "" : "\uD83E\uDD80\uD83E\uDD80")
                            .withNumber(i % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE)
                            .withReal(i % 2 == 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY));
            expiring.put("1 of those that expire " + (10_000 + i), expiring(extreme));
        }
        return expiring;
    }

    /** The same, with nothing unique: it is not to be refused. */
    private static Parcel expiring(Parcel parcel) {
        return new Parcel(parcel.item().withCode(null).withPayload(EXPIRES), null, Parcel.Route.NONE);
    }
}
