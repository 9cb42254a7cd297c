package dev.pagurus.examples.cli;

import dev.pagurus.store.MigrationException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Says whether a database has the store's own tables as this release needs them, and what an administrator must run if not. */
@Command(
        name = "migrations",
        mixinStandardHelpOptions = true,
        description = {
            "Says whether a database has the store's own tables as this release needs them, and changes nothing.",
            "",
            "If something is missing, the exit code is 1 and the SQL to run is printed to the standard output, all else to"
                    + " the standard error. For PostgreSQL it also grants what the user of the URL needs: name the"
                    + " application's user, and run the SQL as an administrator.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  pagurus migrations postgres://app@host:5432/notes > notes.sql",
            "  psql -v ON_ERROR_STOP=1 -h host -U admin -f notes.sql notes",
            "  pagurus migrations --apply sqlite:data/notes.db"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Migrations implements Callable<Integer> {

    @Mixin
    private OneStore store;

    @Option(names = "--apply", description = "Bring the database up to this release, as opening it does.")
    private boolean apply;

    @Mixin
    private Answer answer;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        StoreConfig config = store.config();
        try {
            return say(config, "is up to date, at", StoreUrl.asItIs(config));
        } catch (MigrationException e) {
            @Nullable String sql = e.sql();
            if (sql == null) {
                throw e;
            }
            return apply ? say(config, "was brought to", config) : missing(config, sql);
        }
    }

    private int missing(StoreConfig config, String sql) {
        String what = config.redactedUrl() + " does not have all of the store's own tables that this release needs.";
        String advice = "An administrator must run this SQL; if you may, the same command with --apply does it.";
        Map<String, @Nullable Object> keys = new LinkedHashMap<>();
        keys.put("store", config.redactedUrl());
        keys.put("up_to_date", false);
        keys.put("sql", sql);
        keys.put("error", what);
        keys.put("advice", advice);
        answer.tell(Main.REFUSED, keys, out -> {
            err().println(what);
            err().println(advice);
            err().flush();
            out.print(sql);
        });
        return Main.REFUSED;
    }

    private int say(StoreConfig config, String what, StoreConfig opening) {
        try (Store opened = Stores.open(opening)) {
            @Nullable String version = opened.health().details().get("catalogue_version");
            Map<String, @Nullable Object> keys = new LinkedHashMap<>();
            keys.put("store", config.redactedUrl());
            keys.put("up_to_date", true);
            keys.put("version", version);
            answer.tell(Main.DONE, keys, out -> {
                err().println(config.redactedUrl() + " " + what + " version " + version
                        + " of the store's own tables.");
                err().flush();
            });
            return Main.DONE;
        }
    }

    private PrintWriter err() {
        return command.commandLine().getErr();
    }
}
