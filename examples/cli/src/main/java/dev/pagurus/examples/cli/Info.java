package dev.pagurus.examples.cli;

import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.Health;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what a store is and holds. */
@Command(
        name = "info",
        mixinStandardHelpOptions = true,
        description = {
            "Says how a store is and what it holds: its engine, its collections with their fields, indexes and numbers of"
                    + " documents. It changes nothing.",
            ""
        },
        footer = {"", "Example:", "  pagurus info sqlite:data/notes.db"})
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Info implements Callable<Integer> {

    @Mixin
    private OneStore store;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        StoreConfig config = store.asItIs();
        try (Store opened = Stores.open(config)) {
            Health health = opened.health();
            PrintWriter out = command.commandLine().getOut();
            out.println(config.redactedUrl());
            out.printf(
                    Locale.ROOT,
                    "%s, %s, answered in %d ms%n",
                    health.engine(),
                    health.up() ? "up" : "down: " + health.problem(),
                    health.latency().toMillis());
            health.details().forEach((name, value) -> out.printf("  %-20s %s%n", name, value));
            for (CollectionSummary one : opened.summaries()) {
                out.printf(Locale.ROOT, "%n%s: %,d documents%n", one.name(), one.documents());
                one.definition().lines().forEach(line -> out.println("  " + line));
            }
            out.flush();
            return health.up() ? Main.DONE : Main.UNREACHABLE;
        }
    }
}
