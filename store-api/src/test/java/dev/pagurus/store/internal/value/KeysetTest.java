package dev.pagurus.store.internal.value;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Range.Tail.After;
import dev.pagurus.store.spi.Range.Tail.IsNull;
import dev.pagurus.store.spi.Range.Tail.NotNull;
import dev.pagurus.store.spi.Sort;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeysetTest {

    private static final Sort ID = new Sort("id", false);
    private static final Sort ID_DESC = new Sort("id", true);
    private static final Sort A = new Sort("a", false);
    private static final Sort A_DESC = new Sort("a", true);
    private static final Sort B = new Sort("b", false);
    private static final Sort B_DESC = new Sort("b", true);

    @Test
    void withoutAPositionTheRangeIsEverything() {
        assertThat(Keyset.after(List.of(A, ID), null)).containsExactly(Range.ALL);
    }

    @Test
    void ascendingValuesAreOneRowComparison() {
        assertThat(after(List.of(A, B, ID), 1L, 2L, "x"))
                .containsExactly(new Range(List.of(), new After(List.of(1L, 2L, "x"))));
    }

    @Test
    void afterANullAscendingTheRestOfTheNullsComesFirst() {
        assertThat(after(List.of(A, ID), null, "x"))
                .containsExactly(
                        new Range(Arrays.asList((Object) null), new After(List.of("x"))),
                        new Range(List.of(), new NotNull()));
    }

    @Test
    void descendingTheNullsComeLast() {
        assertThat(after(List.of(A_DESC, ID_DESC), 5L, "x"))
                .containsExactly(new Range(List.of(), new After(List.of(5L, "x"))), new Range(List.of(), new IsNull()));
    }

    @Test
    void descendingAnInnerFieldCutsTheRowBecauseItsNullsComeBetween() {
        assertThat(after(List.of(A_DESC, B_DESC, ID_DESC), 5L, 3L, "x"))
                .containsExactly(
                        new Range(List.of(5L), new After(List.of(3L, "x"))),
                        new Range(List.of(5L), new IsNull()),
                        new Range(List.of(), new After(List.of(5L))),
                        new Range(List.of(), new IsNull()));
    }

    @Test
    void theRowIsCutWhereTheDirectionChanges() {
        assertThat(after(List.of(A_DESC, B, ID), 5L, 3L, "x"))
                .containsExactly(
                        new Range(List.of(5L), new After(List.of(3L, "x"))),
                        new Range(List.of(), new After(List.of(5L))),
                        new Range(List.of(), new IsNull()));
    }

    @Test
    void afterNullDescendingOnlyTheRestOfTheNullsIsLeft() {
        assertThat(after(List.of(A_DESC, ID_DESC), null, "x"))
                .containsExactly(new Range(Arrays.asList((Object) null), new After(List.of("x"))));
    }

    private static List<Range> after(List<Sort> order, @Nullable Object... position) {
        return Keyset.after(order, Arrays.asList(position));
    }
}
