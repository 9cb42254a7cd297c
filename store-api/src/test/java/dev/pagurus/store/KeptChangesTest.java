package dev.pagurus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How long a schema says that changes are kept. */
class KeptChangesTest {

    private static final Schema<String> NOTES = Schema.of("notes", Codec.of(text -> text, text -> text));

    @Test
    void itIsASecondToAHundredYears() {
        for (Duration retention : List.of(Duration.ofSeconds(1), Duration.ofDays(7), Duration.ofDays(36_500))) {
            assertThat(NOTES.changes(retention).changes()).contains(retention);
        }
        for (Duration retention : List.of(
                Duration.ZERO,
                Duration.ofDays(-7),
                Duration.ofSeconds(1).minusNanos(1),
                Duration.ofDays(36_500).plusNanos(1_000),
                Duration.ofSeconds(Long.MAX_VALUE))) {
            assertThatThrownBy(() -> NOTES.changes(retention))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContainingAll("'notes'", retention.toString());
        }
    }

    @Test
    void itIsInMicrosecondsAndOffUnlessSaid() {
        assertThat(NOTES.changes()).isEmpty();
        assertThat(NOTES.changes(Duration.ofSeconds(2).plusNanos(1_999)).changes())
                .contains(Duration.ofSeconds(2).plusNanos(1_000));
    }

    @Test
    void itStaysWithWhatElseIsSaid() {
        Duration week = Duration.ofDays(7);
        assertThat(NOTES.changes(week)
                        .revision(2)
                        .upgrade(1, body -> body)
                        .setAside("notes_aside")
                        .changes())
                .contains(week);
        Schema<String> last = NOTES.revision(3).setAside("notes_aside").changes(week);
        assertThat(last.revision()).isEqualTo(3);
        assertThat(last.changes()).contains(week);
    }
}
