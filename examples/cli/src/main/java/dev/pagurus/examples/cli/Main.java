package dev.pagurus.examples.cli;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.CopyException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.UnsupportedCapabilityException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** What operators do with stores, one command each. */
@Command(
        name = "pagurus",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        description = "Looks into stores, copies, saves and compares them.",
        subcommands = {Info.class, Copy.class, Export.class, Import.class, Backup.class, Verify.class, Migrations.class
        },
        footerHeading = "%nPasswords:%n",
        footer = {
            "  Leave the password out of the URL and give it in the environment variable",
            "  PAGURUS_PASSWORD (of a second store: PAGURUS_TARGET_PASSWORD), or let the",
            "  command ask for it with --ask-password.",
            "",
            "Exit codes:",
            "  0  done",
            "  1  refused, or not the same: the message says what has become of the target",
            "  2  the command or a URL is wrong",
            "  3  a database cannot be reached now",
        })
final class Main {

    static final int REFUSED = 1;
    static final int WRONG = 2;
    static final int UNREACHABLE = 3;

    private Main() {}

    /** Runs one command and exits with its code. */
    public static void main(String[] args) {
        // What is not the answer is for people who look for a cause.
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", System.getProperty("log", "warn"));
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (!(failure instanceof StoreException refused)) {
                        throw failure;
                    }
                    PrintWriter err = command.getErr();
                    err.println(failure.getMessage());
                    err.flush();
                    return code(refused);
                });
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
