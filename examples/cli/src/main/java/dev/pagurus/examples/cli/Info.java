package dev.pagurus.examples.cli;

import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.Health;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
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
                    + " documents, and what is known of their shape. It changes nothing.",
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
            int code = health.up() ? Main.DONE : Main.UNREACHABLE;
            answer.tell(
                    code,
                    keys(config.redactedUrl(), health, collections),
                    out -> print(out, config.redactedUrl(), health, collections));
            return code;
        }
    }

    private static Map<String, @Nullable Object> keys(String url, Health health, List<CollectionSummary> collections) {
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
        return keys;
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
