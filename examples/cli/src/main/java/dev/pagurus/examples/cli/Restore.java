package dev.pagurus.examples.cli;

import dev.pagurus.store.StoreConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a backup in the place of a database. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        description = {
            "Puts a file that 'backup' has written in the place of an SQLite database. Stop the application first.",
            "",
            "The backup is checked before anything is changed. The database is refused while any program has it open; it"
                    + " has its old contents or its new ones, whole, at every moment, whatever stops this. To copy the"
                    + " file with other tools can mix them: what stands in an old -wal file beside it would come back.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  pagurus restore /backups/notes-monday.db sqlite:data/notes.db",
            "  pagurus copy sqlite:/backups/notes-monday.db \\",
            "      postgres://app@host:5432/notes"
        })
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Restore implements Runnable {

    @Parameters(index = "0", paramLabel = "BACKUP", description = "The file to read; it stays as it is.")
    private String backup;

    @Parameters(index = "1", paramLabel = "STORE", description = "URL of the database, such as sqlite:data/notes.db.")
    private String target;

    @Option(
            names = "--overwrite",
            description =
                    "Replace all that the database holds. It is not kept: save it with 'backup' if it may be wanted.")
    private boolean overwrite;

    @Mixin
    private Answer answer;

    @Spec
    private CommandSpec command;

    @Override
    public void run() {
        BackupFile source = new BackupFile(path());
        StoreConfig config = StoreUrl.config(target, false, StoreUrl.PASSWORD);
        if (!config.scheme().equals("sqlite")) {
            throw new Refused(
                    Main.WRONG,
                    "A backup is an SQLite database, and " + config.redactedUrl() + " is not one.",
                    "Run: pagurus copy " + FileName.quoted(FileName.storeUrl(source.file())) + " "
                            + FileName.quoted(config.redactedUrl().replace(":***@", "@")) + ".");
        }
        DatabaseFile database = DatabaseFile.of(config);
        database.require(overwrite, source.file());
        PrintWriter err = command.commandLine().getErr();
        say(err, "Checking " + source.file());
        source.check();
        say(err, "Restoring " + database.file());
        database.restore(source);
        answer.tell(
                Main.DONE,
                new TreeMap<>(Map.of("file", source.file().toString(), "store", config.redactedUrl())),
                out -> out.println("Restored " + config.redactedUrl() + " from " + source.file() + "."));
    }

    /** The URL of an SQLite store names a file as well. */
    private Path path() {
        if (FileName.isUrl(backup)) {
            StoreConfig config = StoreConfig.of(backup);
            if (!config.scheme().equals("sqlite")) {
                throw new Refused(
                        Main.WRONG,
                        config.redactedUrl() + " is not a backup.",
                        "Name the file that 'pagurus backup' has written. From store to store, use 'pagurus copy'.");
            }
            return DatabaseFile.of(config).file();
        }
        return DatabaseFile.real(FileName.path(backup));
    }

    private static void say(PrintWriter err, String what) {
        err.println(what);
        err.flush();
    }
}
