package dev.pagurus.store.spi;

import dev.pagurus.store.MigrationException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A migration of an engine's own tables, as the history in the database keeps it.
 *
 * @param version its number, from 1 without gaps
 * @param name what it is called, such as the name of its file
 * @param sha256 what it said, as a hash in hex digits
 */
public record AppliedMigration(int version, String name, String sha256) {

    /** Returns what the history will keep of a migration with this text. */
    public static AppliedMigration of(int version, String name, String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return new AppliedMigration(version, name, HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }

    /**
     * Holds the history of a database, in order of version, against the migrations of this release, and returns how many of
     * these are applied. Ask it under the lock under which the rest will be applied.
     *
     * @param shown what messages call the database, without secrets
     * @throws MigrationException if the database was migrated by a newer release, has a gap, or had another migration of
     *     the same number
     */
    public static int count(List<AppliedMigration> history, List<AppliedMigration> ours, String shown) {
        if (history.size() > ours.size()) {
            AppliedMigration newest = history.get(history.size() - 1);
            throw refused(
                    shown,
                    "was brought to version " + newest.version() + " (" + newest.name()
                            + ") by a newer release of Pagurus; this one knows " + ours.size()
                            + ". Use the newer release.");
        }
        for (int i = 0; i < history.size(); i++) {
            AppliedMigration theirs = history.get(i);
            AppliedMigration known = ours.get(i);
            if (theirs.version() != known.version()) {
                throw refused(
                        shown,
                        "has a gap in its history: version " + known.version() + " is missing before "
                                + theirs.version() + ". Restore a backup.");
            }
            if (!theirs.sha256().equals(known.sha256())) {
                throw refused(
                        shown,
                        "was migrated by " + theirs.name() + ", which is not the file " + known.name()
                                + " of this release (their SHA-256 differ). Use the release that made it.");
            }
        }
        return history.size();
    }

    private static MigrationException refused(String shown, String why) {
        return new MigrationException("The database " + shown + " " + why + " Nothing was changed.");
    }
}
