package dev.pagurus.examples.cli;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
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
            "Looks into the stores of Pagurus, copies, saves, restores and compares them.",
            "Run it as: java -jar pagurus.jar COMMAND; each command has its --help."
        },
        commandListHeading = "%nCommands:%n",
        subcommands = {
            Info.class,
            Explain.class,
            Copy.class,
            Export.class,
            Import.class,
            Backup.class,
            Restore.class,
            Verify.class,
            Rename.class,
            Drop.class,
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
        "  2   the command, a URL, a password or a setting is wrong; nothing was changed",
        "  3   a database or a file cannot be reached now, or is in use; try again later",
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
        if (args.length == 0) {
            command.usage(command.getErr());
            command.getErr().flush();
            return WRONG;
        }
        Failure wrong = new Failure(
                Arguments.of(List.of(args)).complaint(failure),
                "See '" + command.getCommandSpec().qualifiedName() + " --help'.",
                WRONG);
        return Answer.failed(command, List.of(args), wrong);
    }

    private static int failed(Exception exception, CommandLine command, ParseResult parsed) {
        List<String> args = parsed.originalArgs();
        @Nullable Failure failure = Failure.of(exception, Typed.of(args));
        if (failure != null) {
            return Answer.failed(command, args, failure);
        }
        String trace = Arguments.of(args).hiddenIn(Arguments.trace(exception));
        command.getErr().println(trace);
        return Answer.failed(
                command,
                args,
                new Failure("This is a fault of this program.", "Please report what it printed above.", FAULT));
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
