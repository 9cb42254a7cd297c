package dev.pagurus.store.sqlite.changes;

import dev.pagurus.store.PositionLostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a reader is: behind a change of one of its collections, of which it tells enough to know it again.
 *
 * @param lives of the collections, in one number
 * @param at the number of the change; 0 before all
 * @param version that of the change
 * @param idHash of its id
 */
record SqlitePosition(long lives, long at, long version, int idHash) {

    private static final Pattern FORM =
            Pattern.compile("sqlite ([0-9a-f]{1,16}) (\\d{1,18}) (-?\\d{1,19}) (-?\\d{1,10})");

    static SqlitePosition beforeAll(long lives) {
        return new SqlitePosition(lives, 0, 0, 0);
    }

    static SqlitePosition behind(long lives, long at, String id, long version) {
        return new SqlitePosition(lives, at, version, id.hashCode());
    }

    /** Says whether this is the change that it tells of. */
    boolean isBehind(String id, long itsVersion) {
        return version == itsVersion && idHash == id.hashCode();
    }

    String text() {
        return "sqlite " + Long.toHexString(lives) + " " + at + " " + version + " " + idHash;
    }

    static SqlitePosition of(String text) {
        Matcher form = FORM.matcher(text);
        try {
            if (form.matches()) {
                return new SqlitePosition(
                        Long.parseUnsignedLong(form.group(1), 16),
                        Long.parseLong(form.group(2)),
                        Long.parseLong(form.group(3)),
                        Integer.parseInt(form.group(4)));
            }
        } catch (NumberFormatException e) {
            throw new PositionLostException(notOurs(), e);
        }
        throw new PositionLostException(notOurs());
    }

    private static String notOurs() {
        return "The position is not one of SQLite: it is of another store. " + startAnew();
    }

    static String startAnew() {
        return "Start anew, usually with the state: feed.startWithState().";
    }
}
