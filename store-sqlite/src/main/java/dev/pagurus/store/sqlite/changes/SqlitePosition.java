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
 * @param tag the random number that the newest one has
 */
record SqlitePosition(long lives, long at, long newest, int tag) {

    private static final Pattern FORM =
            Pattern.compile("sqlite ([0-9a-f]{1,16}) (\\d{1,18}) (\\d{1,18}) (-?\\d{1,10})");

    /** Returns the one in the same state that is behind another change. */
    SqlitePosition at(long change) {
        return new SqlitePosition(lives, change, newest, tag);
    }

    String text() {
        return "sqlite " + Long.toHexString(lives) + " " + at + " " + newest + " " + tag;
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
