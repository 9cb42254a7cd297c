package dev.pagurus.examples.jobs;

import com.cronutils.model.CronType;
import com.cronutils.model.definition.CronDefinitionBuilder;
import com.cronutils.model.time.ExecutionTime;
import com.cronutils.parser.CronParser;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The times of a cron expression (five fields: minute, hour, day of month, month, day of week) in a time zone. Where clocks are
 * set forward, what the missing hour would have had comes once, at its end. Where they are set back, what stands at given hours
 * comes the first time only; what comes every hour ({@code *} or a step of it) comes both times.
 */
final class Cron {

    private static final CronParser PARSER = new CronParser(CronDefinitionBuilder.instanceDefinitionFor(CronType.UNIX));

    private final ExecutionTime times;
    private final ZoneId zone;
    private final boolean everyHour;

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none
     */
    Cron(String expression, ZoneId zone) {
        this.times = ExecutionTime.forCron(PARSER.parse(expression).validate());
        this.zone = zone;
        this.everyHour = expression.strip().split("\\s+", 3)[1].startsWith("*");
    }

    /** Returns the next time after that one; empty if there is none, as on a 30th of February. */
    Optional<Instant> next(Instant after) {
        Optional<ZonedDateTime> regular = times.nextExecution(after.atZone(zone));
        while (!everyHour && regular.isPresent() && isSecondTime(regular.get())) {
            regular = times.nextExecution(regular.get());
        }
        Optional<Instant> next = regular.map(ZonedDateTime::toInstant);
        @Nullable ZoneOffsetTransition change = zone.getRules().nextTransition(after);
        while (next.isPresent() && change != null && change.getInstant().isBefore(next.get())) {
            if (change.isGap() && hasOneWithin(change.getDateTimeBefore(), change.getDateTimeAfter())) {
                return Optional.of(change.getInstant());
            }
            change = zone.getRules().nextTransition(change.getInstant());
        }
        return next;
    }

    private static boolean isSecondTime(ZonedDateTime time) {
        return !time.withEarlierOffsetAtOverlap().equals(time);
    }

    /** By the clock on the wall, as if it had those times. */
    private boolean hasOneWithin(LocalDateTime from, LocalDateTime to) {
        return times.nextExecution(from.minusSeconds(1).atZone(ZoneOffset.UTC))
                .filter(one -> one.toLocalDateTime().isBefore(to))
                .isPresent();
    }
}
