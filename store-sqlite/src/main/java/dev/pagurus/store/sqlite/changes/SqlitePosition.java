package dev.pagurus.store.sqlite.changes;

import dev.pagurus.store.PositionLostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a reader is, and the newest change of his collections that was there when he read: documents of that state he may have
 * seen already, so it must be there still, as it was, or he has seen what never will have been.
 *
 * @param lives of the collections, in one number
 * @param at the number of the last change that he has seen; 0 before all
 * @param newest the number of the newest one, not before that; 0 if there was none
 * @param version that of the newest one
 * @param idHash of its id
 */
record SqlitePosition(long lives, long at, long newest, long version, int idHash) {

    private static final Pattern FORM =
            Pattern.compile("sqlite ([0-9a-f]{1,16}) (\\d{1,18}) (\\d{1,18}) (-?\\d{1,19}) (-?\\d{1,10})");

    /** Returns the position behind the newest change. */
    static SqlitePosition behind(long lives, long newest, String id, long version) {
        return new SqlitePosition(lives, newest, newest, version, id.hashCode());
    }

    /** Returns the one in the same state that is behind another change. */
    SqlitePosition at(long change) {
        return new SqlitePosition(lives, change, newest, version, idHash);
    }

    /** Says whether this is the newest change that it tells of. */
    boolean tellsOf(String id, long itsVersion) {
        return version == itsVersion && idHash == id.hashCode();
    }

    String text() {
        return "sqlite " + Long.toHexString(lives) + " " + at + " " + newest + " " + version + " " + idHash;
    }

    static SqlitePosition of(String text) {
        Matcher form = FORM.matcher(text);
        try {
            if (form.matches()) {
                return new SqlitePosition(
                        Long.parseUnsignedLong(form.group(1), 16),
                        Long.parseLong(form.group(2)),
                        Long.parseLong(form.group(3)),
                        Long.parseLong(form.group(4)),
                        Integer.parseInt(form.group(5)));
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
