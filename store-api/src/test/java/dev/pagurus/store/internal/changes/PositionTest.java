package dev.pagurus.store.internal.changes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.InvalidCursorException;
import dev.pagurus.store.PositionLostException;
import dev.pagurus.store.spi.CollectionDefinition;
import java.util.List;
import org.junit.jupiter.api.Test;

class PositionTest {

    private static final CollectionDefinition NOTES = new CollectionDefinition("notes", 1, List.of(), List.of());
    private static final CollectionDefinition OTHERS = new CollectionDefinition("others", 1, List.of(), List.of());
    private static final List<CollectionDefinition> BOTH = List.of(NOTES, OTHERS);

    private static final List<Position> POSITIONS = List.of(
            Position.behind("x"),
            Position.behind("e".repeat(10_000)),
            new Position("17:4", 0, ""),
            new Position("17:4", 1, "\uD83E\uDD80".repeat(63)));

    @Test
    void itsTextIsReadBack() {
        for (Position position : POSITIONS) {
            String text = position.text(BOTH);
            assertThat(Position.of(text, BOTH)).isEqualTo(position);
            assertThat(text).matches("[A-Za-z0-9_-]{1,16000}");
        }
    }

    /** With another character at each place, without each end, and with more. */
    @Test
    void aDamagedOneIsRefused() {
        for (Position position : POSITIONS) {
            String text = position.text(BOTH);
            for (int i = 0; i < text.length(); i += text.length() > 1_000 ? 97 : 1) {
                requireDamaged(text.substring(0, i));
                for (char other : new char[] {'A', '_', '=', ' ', '\u00E9'}) {
                    if (text.charAt(i) != other) {
                        requireDamaged(text.substring(0, i) + other + text.substring(i + 1));
                    }
                }
            }
            requireDamaged(text + "A");
            requireDamaged(text + "=");
            requireDamaged(text + text);
        }
        requireDamaged("A".repeat(100_000));
    }

    private static void requireDamaged(String text) {
        assertThatThrownBy(() -> Position.of(text, BOTH))
                .isInstanceOf(InvalidCursorException.class)
                .hasMessageContaining("startWithState");
    }

    @Test
    void oneOfAnotherFeedIsLost() {
        for (Position position : POSITIONS) {
            assertThatThrownBy(() -> Position.of(position.text(BOTH), List.of(OTHERS)))
                    .isInstanceOf(PositionLostException.class)
                    .hasMessageContaining("'others'");
            assertThatThrownBy(() -> Position.of(position.text(BOTH), List.of(NOTES)))
                    .isInstanceOf(PositionLostException.class);
        }
    }
}
