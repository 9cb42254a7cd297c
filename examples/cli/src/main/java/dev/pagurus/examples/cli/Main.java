package dev.pagurus.examples.cli;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.CopyException;
import dev.pagurus.store.MigrationException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.UnsupportedCapabilityException;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** What operators do with stores, one command each. */
@Command(
        name = "pagurus",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = {
            "Looks into the stores of Pagurus, copies, saves and compares them.",
            "Run it as: java -jar pagurus.jar COMMAND; each command has its --help."
        },
        commandListHeading = "%nCommands:%n",
        subcommands = {
            Info.class,
            Copy.class,
            Export.class,
            Import.class,
            Backup.class,
            Verify.class,
            Migrations.class,
            HelpCommand.class
        })
final class Main {

    static final int DONE = 0;
    static final int REFUSED = 1;
    static final int WRONG = 2;
    static final int UNREACHABLE = 3;
    static final int FAULT = 4;

    /** Ends the help of each command. */
    private static final String[] FOOTER = {
        "",
        "A store is named by its URL:",
        "  sqlite:data/notes.db             a file",
        "  postgres://app@host:5432/notes   a database of a server",
        "  Options follow after '?', as the application has them: ...?schema=app",
        "",
        "Passwords:",
        "  Leave the password out of the URL, where other users of the machine see it,",
        "  and give it in an environment variable or have it asked for:",
        "  PAGURUS_PASSWORD, --ask-password                 one store, the source",
        "  PAGURUS_TARGET_PASSWORD, --ask-target-password   the second one, the target",
        "",
        "Exit codes:",
        "  0   done",
        "  1   refused, broken off, or not the same: the message says why, and what has",
        "      become of the target",
        "  2   the command, a URL or a setting is wrong; nothing was changed",
        "  3   a database or a file cannot be reached now; try again later",
        "  4   a fault of this program: please report what it printed",
        "  130, 143   stopped by Ctrl-C or SIGTERM",
    };

    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        // What is not the answer is for people who look for a cause.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", System.getProperty("log", "warn"));
        Stopping stopping = new Stopping();
        Runtime.getRuntime().addShutdownHook(new Thread(stopping, "stopping"));
        int code = commandLine().setExecutionStrategy(stopping::run).execute(args);
        stopping.ended();
        System.exit(code);
    }

    static CommandLine commandLine() {
        CommandLine main = new CommandLine(new Main())
                .setParameterExceptionHandler(Main::wrong)
                .setExecutionExceptionHandler(Main::failed);
        Stream.concat(Stream.of(main), main.getSubcommands().values().stream()).forEach(Main::complete);
        return main;
    }

    private static void complete(CommandLine command) {
        command.getCommandSpec().versionProvider(new Version());
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        if (!usage.hidden() && !(command.getCommand() instanceof HelpCommand)) {
            usage.footer(
                    Stream.concat(Stream.of(usage.footer()), Stream.of(FOOTER)).toArray(String[]::new));
        }
    }

    private static int wrong(ParameterException failure, String[] args) {
        CommandLine command = failure.getCommandLine();
        PrintWriter err = command.getErr();
        if (args.length == 0) {
            command.usage(err);
        } else {
            err.println(Arguments.of(List.of(args)).complaint(failure));
            err.printf("See '%s --help'.%n", command.getCommandSpec().qualifiedName());
        }
        err.flush();
        return WRONG;
    }

    private static int failed(Exception failure, CommandLine command, ParseResult parsed) {
        Arguments arguments = Arguments.of(parsed.originalArgs());
        PrintWriter err = command.getErr();
        if (failure instanceof StoreException refused) {
            err.println(arguments.hiddenIn(message(refused)));
        } else {
            err.println(arguments.hiddenIn(Arguments.trace(failure)));
        }
        err.flush();
        return failure instanceof StoreException refused ? code(refused) : FAULT;
    }

    private static String message(StoreException failure) {
        String message = String.valueOf(failure.getMessage());
        int end = message.indexOf("Nothing was changed.");
        if (failure instanceof MigrationException migration && migration.sql() != null && end >= 0) {
            // What follows is for applications; here it is a command.
            return message.substring(0, end) + "Nothing was changed. If this is the right database, run"
                    + " 'pagurus migrations' with its URL, which says what is missing, or adds it.";
        }
        return message;
    }

    private static int code(StoreException failure) {
        if (failure instanceof ConfigurationException || failure instanceof UnsupportedCapabilityException) {
            return WRONG;
        }
        boolean unreachable = failure instanceof UnavailableException
                || (failure instanceof CopyException && failure.getCause() instanceof UnavailableException);
        return unreachable ? UNREACHABLE : REFUSED;
    }

    /** The release that is in the jar. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"pagurus " + (version == null ? "(not from a jar)" : version)};
        }
    }
}
