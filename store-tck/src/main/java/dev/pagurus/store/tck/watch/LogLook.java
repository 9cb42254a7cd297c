package dev.pagurus.store.tck.watch;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreLog;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/**
 * Looks through what was logged since the last look.
 *
 * @param log what the fixture supplies
 * @param config how the store was opened
 * @param mayWarn whether warnings may be another's, or are to be expected
 */
public record LogLook(Optional<StoreLog> log, StoreConfig config, boolean mayWarn) {

    /** The secret that tests give where a password goes; in no log line either. */
    public static final String SECRET = "hunter2-Secret";

    /** A password that is a common word would be found where nobody wrote it. */
    private static final int SHORTEST_PASSWORD = 8;

    /** Ends a test that cannot look. */
    public void requireLog() {
        if (log.isEmpty()) {
            throw Unproved.notRun("StoreFixture.log() supplies no log to look through");
        }
    }

    /** Fails on a secret or an unexpected warning; without a log there is nothing to find. */
    public void requireNothingWrong() {
        for (StoreLog.Line line : log.map(StoreLog::take).orElse(List.of())) {
            requireNoSecret(line);
            if (!mayWarn && line.level().getSeverity() >= Level.WARNING.getSeverity()) {
                throw new LeftBehind(
                        Clause.E13, "This was logged, though nothing is wrong with the store:\n" + line.text());
            }
        }
    }

    private void requireNoSecret(StoreLog.Line line) {
        String password = config.password();
        boolean shows = line.text().contains(SECRET)
                || (password != null
                        && password.length() >= SHORTEST_PASSWORD
                        && line.text().contains(password));
        if (shows) {
            String shown = line.text().replace(SECRET, "<the secret>");
            throw new LeftBehind(
                    Clause.E14,
                    "A log line shows a secret:\n"
                            + (password == null ? shown : shown.replace(password, "<the password>")));
        }
    }
}
