package dev.pagurus.examples.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * A run that measured some of the rows of a report.
 *
 * @param date the day
 * @param commit what was measured; with a plus if there were changes beside it
 * @param machine on what
 * @param command the arguments of Maven
 * @param quick whether it shows only that the benchmarks work
 */
record Part(String date, String commit, String machine, String command, boolean quick) {

    static Part now(Plan plan) {
        return new Part(
                LocalDate.now(ZoneOffset.UTC).toString(), head(), Machine.describe(), plan.toString(), plan.quick());
    }

    private static String head() {
        String commit = git("rev-parse", "--short=9", "HEAD");
        // What this program writes is no change of what it measures.
        String changes =
                git("status", "--porcelain", "--untracked-files=no", "--", ":!examples/benchmarks/benchmarks.*");
        return commit.isEmpty() ? "unknown" : commit + (changes.isEmpty() ? "" : "+");
    }

    /** Returns what git says; nothing where there is no git, or no repository. */
    private static String git(String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of("git"));
            command.addAll(List.of(arguments));
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? said : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
