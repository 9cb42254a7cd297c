package dev.pagurus.examples.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Berlin sets its clocks forward on 2026-03-29 at 2:00 (1:00 UTC) to 3:00, and back on 2026-10-25 at 3:00 (1:00 UTC) to 2:00. */
class CronTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // What the hour that is missing would have had comes once, at its end.
                "30 2 * * * | 2026-03-28T02:00 | 2026-03-29T01:00 2026-03-30T00:30 2026-03-31T00:30",
                "15,45 2 * * * | 2026-03-28T12:00 | 2026-03-29T01:00 2026-03-30T00:15 2026-03-30T00:45",
                "0 2,3 * * * | 2026-03-28T12:00 | 2026-03-29T01:00 2026-03-30T00:00 2026-03-30T01:00",
                "30 2 29 3 * | 2026-03-28T12:00 | 2026-03-29T01:00 2027-03-29T00:30",
                "*/30 * * * * | 2026-03-29T00:10 | 2026-03-29T00:30 2026-03-29T01:00 2026-03-29T01:30",
                "30 4 * * * | 2026-03-28T12:00 | 2026-03-29T02:30 2026-03-30T02:30",
                // What stands in the hour that comes twice comes the first time, unless it comes every hour.
                "30 2 * * * | 2026-10-24T12:00 | 2026-10-25T00:30 2026-10-26T01:30",
                "0 2-3 * * * | 2026-10-24T12:00 | 2026-10-25T00:00 2026-10-25T02:00 2026-10-26T01:00",
                "*/15 2 * * * | 2026-10-25T00:20 | 2026-10-25T00:30 2026-10-25T00:45 2026-10-26T01:00",
                "30 * * * * | 2026-10-25T00:00 | 2026-10-25T00:30 2026-10-25T01:30 2026-10-25T02:30",
                // Within the second hour, too.
                "30 2 * * * | 2026-10-25T01:10 | 2026-10-26T01:30",
                "0 0 29 2 * | 2026-03-01T00:00 | 2028-02-28T23:00 2032-02-28T23:00",
                "0 9 * * 1-5 | 2026-03-27T12:00 | 2026-03-30T07:00 2026-03-31T07:00"
            })
    void comesWhenItShould(String expression, LocalDateTime after, String times) {
        Cron cron = new Cron(expression, BERLIN);
        List<String> found = new ArrayList<>();
        Instant time = after.toInstant(ZoneOffset.UTC);
        for (int i = times.strip().split(" ", -1).length; i > 0; i--) {
            time = cron.next(time).orElseThrow();
            found.add(time.atOffset(ZoneOffset.UTC).toLocalDateTime().toString());
        }

        assertThat(String.join(" ", found)).isEqualTo(times.strip());
    }

    @Test
    void aYearOfADailyOneHasEachDayOnce() {
        for (String zone : List.of("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata")) {
            for (String expression : List.of("30 1 * * *", "10 2 * * *", "30 2 * * *", "0 3 * * *")) {
                Cron cron = new Cron(expression, ZoneId.of(zone));
                Instant time = Instant.parse("2026-01-01T00:00:00Z");
                int days = 0;
                List<Object> dates = new ArrayList<>();
                for (; days < 365; days++) {
                    time = cron.next(time).orElseThrow();
                    dates.add(time.atZone(ZoneId.of(zone)).toLocalDate());
                }
                assertThat(dates).as(zone + " " + expression).doesNotHaveDuplicates();
                assertThat(time).isBefore(Instant.parse("2027-01-02T12:00:00Z"));
            }
        }
    }

    @Test
    void whatIsNoTimeIsRefused() {
        for (String wrong : List.of("", "x", "* * * *", "60 * * * *", "* * * * * *", "0 25 * * *")) {
            assertThatThrownBy(() -> new Cron(wrong, BERLIN)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(new Cron("0 0 30 2 *", BERLIN).next(Instant.parse("2026-01-01T00:00:00Z")))
                .isEmpty();
    }
}
