package dev.pagurus.examples.benchmarks.layouts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The two layouts are measured, and each shows what it should. */
class LayoutsTest {

    private static final Amounts FEW = new Amounts(320, 1_000, 50, 50, 1);

    @Test
    void bothAreMeasuredOnEachEngine() throws Exception {
        List<Layouts.Line> lines = Layouts.run(FEW);
        assertThat(lines)
                .hasSize(2 * Trial.Part.ALL.size())
                .allSatisfy(line -> assertThat(List.of(line.log(), line.column()))
                        .as("%s", line)
                        .allMatch(figure -> figure > 0 && Double.isFinite(figure)));
    }
}
