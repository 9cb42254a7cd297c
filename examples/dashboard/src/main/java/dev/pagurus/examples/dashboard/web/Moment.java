package dev.pagurus.examples.dashboard.web;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Points in time as people say them. The script does the same while a page stays open. */
public final class Moment {

    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Moment() {}

    /** How long ago it was; the day, if that is long. */
    public static String ago(Instant then, Instant now) {
        Duration since = Duration.between(then, now);
        if (since.toMinutes() < 1) {
            return "just now";
        }
        if (since.toHours() < 1) {
            return count(since.toMinutes(), "minute");
        }
        if (since.toDays() < 1) {
            return count(since.toHours(), "hour");
        }
        return since.toDays() < 30 ? count(since.toDays(), "day") : DAY.format(then);
    }

    /** The day and minute. */
    public static String exactly(Instant then) {
        return MINUTE.format(then);
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s") + " ago";
    }
}
