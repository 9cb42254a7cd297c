package dev.pagurus.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import picocli.CommandLine;

/** What a command has printed, and the code it ended with. */
record Run(int code, String out, String err) {

    /** Runs a command in this JVM. */
    static Run of(String... args) {
        return of(Main.commandLine(), args);
    }

    static Run of(CommandLine command, String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        command.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return new Run(command.execute(args), out.toString(), err.toString());
    }

    /** The same where it must end well. */
    static Run done(String... args) {
        return of(args).endsWith(Main.DONE);
    }

    Run endsWith(int expected) {
        assertThat(code).as(toString()).isEqualTo(expected);
        return this;
    }

    /** Where it must have said something, in one line that has neither a secret nor a stack trace. */
    Run says(String... words) {
        assertThat(err).contains(words).doesNotContain("\tat ", Postgres.PASSWORD);
        assertThat(out).doesNotContain(Postgres.PASSWORD);
        return this;
    }
}
