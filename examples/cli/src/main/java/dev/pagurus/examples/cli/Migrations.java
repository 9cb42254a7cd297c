package dev.pagurus.examples.cli;

import dev.pagurus.store.MigrationException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether a database has the tables of this release, and what an administrator must run if not. */
@Command(
        name = "migrations",
        mixinStandardHelpOptions = true,
        description = {
            "Says whether a database has the tables of this release.",
            "For PostgreSQL it changes nothing, and prints the SQL that an administrator must run; with --apply it runs it."
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Migrations implements Callable<Integer> {

    @Mixin
    private OneStore store;

    @Option(names = "--apply", description = "Bring the database up to this release.")
    private boolean apply;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        StoreConfig config = store.existing();
        boolean validates = config.scheme().startsWith("postgres") && !apply;
        try {
            Stores.open(validates ? validating(config) : config).close();
            out.println(config.redactedUrl() + " is up to date.");
            return 0;
        } catch (MigrationException e) {
            out.println(e.getMessage());
            return Main.REFUSED;
        } finally {
            out.flush();
        }
    }

    private static StoreConfig validating(StoreConfig config) {
        String url = config.url() + (config.url().contains("?") ? "&" : "?") + "migrate=validate";
        StoreConfig.Builder builder = StoreConfig.builder(url);
        if (config.password() != null) {
            builder.password(config.password());
        }
        return builder.build();
    }
}
