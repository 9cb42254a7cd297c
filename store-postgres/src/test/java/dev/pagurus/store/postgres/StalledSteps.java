package dev.pagurus.store.postgres;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What can be under way when a connection stalls: each operation, and where it matters each of its steps. */
final class StalledSteps {

    static final Schema<Thing> LATER = Schema.of("things", Thing.class).revision(2);
    private static final Schema<Thing> OTHER = Schema.of("others", Thing.class);

    /** As {@link FirstDocumentTest} counts them. */
    private static final int ROUND_TRIPS_OF_A_NEW_ONE = 5;

    private StalledSteps() {}

    /** A store whose way to the server can stall. */
    record Stage(Relay relay, Store store, DocumentCollection<Thing> things) {

        void stall() {
            relay.stallAfter(0);
        }
    }

    /** Does something that stalls at some step; it must end, and says how. */
    @FunctionalInterface
    interface Step {
        @Nullable
        Object run(Stage stage) throws Exception;
    }

    static Map<String, Step> all(Path directory) {
        Map<String, Step> steps = new TreeMap<>();
        steps.put("get", stage -> {
            stage.stall();
            return stage.things.get("one");
        });
        steps.put("get from connections that were idle", stage -> {
            // The pool asks such connections first whether they live.
            TimeUnit.MILLISECONDS.sleep(600);
            stage.stall();
            return stage.things.get("one");
        });
        steps.put("list", stage -> {
            stage.stall();
            return stage.things.query().list();
        });
        steps.put("count", stage -> {
            stage.stall();
            return stage.things.query().count();
        });
        steps.put("put", stage -> {
            stage.stall();
            stage.things.put("two", new Thing("second"));
            return null;
        });
        steps.put("put on connections that were idle", stage -> {
            TimeUnit.MILLISECONDS.sleep(600);
            stage.stall();
            stage.things.put("two", new Thing("second"));
            return null;
        });
        steps.put("putAll", stage -> {
            stage.stall();
            return stage.things.putAll(
                    Stream.of(new Thing("second"), new Thing("third")), Thing::name, OnConflict.FAIL);
        });
        steps.put("deleteAll", stage -> {
            stage.stall();
            return stage.things.query().deleteAll();
        });
        steps.put("the first statement of a transaction", stage -> {
            stage.stall();
            return stage.store.transaction(tx -> tx.collection(Thing.SCHEMA).get("one"));
        });
        steps.put(
                "a later statement of a transaction",
                stage -> stage.store.transaction(tx -> {
                    tx.collection(Thing.SCHEMA).get("one");
                    stage.stall();
                    tx.collection(Thing.SCHEMA).put("two", new Thing("second"));
                    return "done";
                }));
        steps.put(
                "a commit",
                stage -> stage.store.transaction(tx -> {
                    tx.collection(Thing.SCHEMA).put("two", new Thing("second"));
                    stage.stall();
                    return "done";
                }));
        steps.put(
                "a rollback",
                stage -> stage.store.transaction(tx -> {
                    tx.collection(Thing.SCHEMA).put("two", new Thing("second"));
                    stage.stall();
                    throw new IllegalArgumentException("given up");
                }));
        steps.put("the beginning of a snapshot", stage -> {
            stage.stall();
            return stage.store.snapshot(view -> "begun");
        });
        steps.put(
                "a search in a snapshot",
                stage -> stage.store.snapshot(view -> {
                    stage.stall();
                    return view.collection(Thing.SCHEMA).query().list();
                }));
        steps.put("an export", stage -> {
            stage.stall();
            return stage.store.exportTo(directory.resolve("export.zip"), CopyOptions.DEFAULT);
        });
        for (int roundTrips = 0; roundTrips < 7; roundTrips++) {
            int more = roundTrips;
            if (more < ROUND_TRIPS_OF_A_NEW_ONE) {
                steps.put("a new collection after round trip " + more, stage -> {
                    stage.relay.stallAfter(more);
                    return stage.store.collection(OTHER);
                });
            }
            steps.put("a changed collection after round trip " + more, stage -> {
                stage.relay.stallAfter(more);
                return stage.store.collection(LATER);
            });
        }
        return steps;
    }
}
