package dev.pagurus.examples.cli;

import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.Health;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says what a store is and holds. */
@Command(name = "info", mixinStandardHelpOptions = true, description = "Says what a store is and what it holds.")
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Info implements Callable<Integer> {

    @Mixin
    private OneStore store;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        try (Store opened = Stores.open(store.existing())) {
            Health health = opened.health();
            out.printf(
                    "%s%n%s, %s, answered in %d ms%n",
                    store.config().redactedUrl(),
                    health.engine(),
                    health.up() ? "up" : "down: " + health.problem(),
                    health.latency().toMillis());
            health.details().forEach((name, value) -> out.printf("  %-20s %s%n", name, value));
            for (CollectionSummary one : opened.summaries()) {
                out.printf("%n%s: %,d documents%n", one.name(), one.documents());
                one.definition().lines().forEach(line -> out.println("  " + line));
            }
            out.flush();
            return health.up() ? 0 : Main.UNREACHABLE;
        }
    }
}
