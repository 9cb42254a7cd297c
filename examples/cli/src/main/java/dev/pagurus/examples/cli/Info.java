package dev.pagurus.examples.cli;

import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.FollowerSummary;
import dev.pagurus.store.Health;
import dev.pagurus.store.StepSummary;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.Tombstone;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Says what a store is and holds. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        description = {
            "Says how a store is and what it holds: its engine, its collections with their fields, indexes, numbers of"
                    + " documents, and what is known of their shape, the steps of its application that have run or are"
                    + " under way, how far its followers of changes have come, and which collections were dropped or renamed."
                    + " It changes nothing.",
            ""
        },
        footer = {"", "Example:", "  pagurus info sqlite:data/notes.db"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Info implements Callable<Integer> {

    @Mixin
    private OneStore store;

    @Mixin
    private Answer answer;

    @Override
    public Integer call() {
        StoreConfig config = store.asItIs();
        try (Store opened = Stores.open(config)) {
            Health health = opened.health();
            List<CollectionSummary> collections = opened.summaries();
            List<StepSummary> steps = opened.steps();
            List<FollowerSummary> followers = opened.followers();
            List<Tombstone> tombstones = opened.tombstones();
            int code = health.up() ? Main.DONE : Main.UNREACHABLE;
            answer.tell(code, keys(config.redactedUrl(), health, collections, steps, followers, tombstones), out -> {
                print(out, config.redactedUrl(), health, collections);
                print(out, steps);
                printFollowers(out, followers);
                printGone(out, tombstones);
            });
            return code;
        }
    }

    private static Map<String, @Nullable Object> keys(
            String url,
            Health health,
            List<CollectionSummary> collections,
            List<StepSummary> steps,
            List<FollowerSummary> followers,
            List<Tombstone> tombstones) {
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("store", url);
        keys.put("engine", health.engine());
        keys.put("up", health.up());
        keys.put("latency_ms", health.latency().toMillis());
        if (!health.up()) {
            keys.put("error", health.problem());
        }
        keys.put("details", health.details());
        List<Map<String, Object>> all = new ArrayList<>();
        for (CollectionSummary one : collections) {
            Map<String, Object> collection = new LinkedHashMap<>();
            collection.put("name", one.name());
            collection.put("revision", one.revision());
            collection.put("documents", one.documents());
            collection.put("definition", one.definition().lines().toList());
            all.add(collection);
        }
        keys.put("collections", all);
        keys.put("steps", steps.stream().map(Info::keys).toList());
        keys.put("followers", followers.stream().map(Info::keys).toList());
        keys.put("gone", tombstones.stream().map(Info::keys).toList());
        return keys;
    }

    private static Map<String, @Nullable Object> keys(StepSummary one) {
        Map<String, @Nullable Object> step = new LinkedHashMap<>();
        step.put("name", one.name());
        step.put("at", one.at().toString());
        step.put("done", one.done());
        step.put("collection", one.collection());
        step.put("documents", one.documents());
        step.put("place", one.place());
        return step;
    }

    private static Map<String, @Nullable Object> keys(FollowerSummary one) {
        Map<String, @Nullable Object> follower = new LinkedHashMap<>();
        follower.put("name", one.name());
        follower.put("collections", one.collections());
        follower.put("at", one.at().toString());
        follower.put(
                "behind_since",
                one.behindSince() == null ? null : one.behindSince().toString());
        follower.put("lost", one.lost());
        return follower;
    }

    private static Map<String, @Nullable Object> keys(Tombstone one) {
        Map<String, @Nullable Object> gone = new LinkedHashMap<>();
        gone.put("name", one.name());
        gone.put("at", one.at().toString());
        gone.put("revision", one.revision());
        gone.put("renamed_to", one.newName());
        return gone;
    }

    private static void printFollowers(PrintWriter out, List<FollowerSummary> followers) {
        if (!followers.isEmpty()) {
            out.printf(Locale.ROOT, "%nfollowers%n");
        }
        for (FollowerSummary one : followers) {
            String how = one.behindSince() == null ? "at the end" : "behind since " + one.behindSince();
            out.println("  " + shown(one.name()) + " of " + String.join(", ", one.collections()) + ": "
                    + (one.lost() ? "lost, and must begin anew" : how) + ", took in the last changes at " + one.at());
        }
    }

    private static void printGone(PrintWriter out, List<Tombstone> tombstones) {
        if (!tombstones.isEmpty()) {
            out.printf(Locale.ROOT, "%ngone%n");
        }
        for (Tombstone one : tombstones) {
            String how = one.newName() == null ? "dropped" : "renamed to " + one.newName();
            out.printf(Locale.ROOT, "  %s, of revision %d, was %s at %s%n", one.name(), one.revision(), how, one.at());
        }
    }

    private static void print(PrintWriter out, List<StepSummary> steps) {
        if (!steps.isEmpty()) {
            out.printf(Locale.ROOT, "%nsteps%n");
        }
        for (StepSummary one : steps) {
            String over = one.collection() == null
                    ? ""
                    : String.format(Locale.ROOT, ", over %s, %,d documents", one.collection(), one.documents());
            String place = one.place() == null ? "" : ", last " + shown(one.place());
            out.println("  " + shown(one.name()) + ": " + (one.done() ? "done" : "under way") + " at " + one.at() + over
                    + place);
        }
    }

    /** Names of steps and ids may hold anything, line breaks too. */
    private static String shown(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static void print(PrintWriter out, String url, Health health, List<CollectionSummary> collections) {
        out.println(url);
        out.printf(
                Locale.ROOT,
                "%s, %s, answered in %d ms%n",
                health.engine(),
                health.up() ? "up" : "down: " + health.problem(),
                health.latency().toMillis());
        health.details().forEach((name, value) -> out.printf(Locale.ROOT, "  %-20s %s%n", name, value));
        for (CollectionSummary one : collections) {
            out.printf(Locale.ROOT, "%n%s: %,d documents%n", one.name(), one.documents());
            one.definition().lines().forEach(line -> out.println("  " + line));
        }
    }
}
