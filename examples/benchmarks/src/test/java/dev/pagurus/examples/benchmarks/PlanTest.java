package dev.pagurus.examples.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.tck.samples.QueryShape;
import java.util.List;
import org.junit.jupiter.api.Test;

class PlanTest {

    @Test
    void writesOfSeveralThreadsAreHeldAgainstTheLimit() {
        Plan plan = Plan.of("long", "libraries=jdbc,limit");

        for (Cell cell : plan.cells()) {
            boolean joined = List.of(8, 32, 128).contains(cell.threads())
                    && List.of(Work.PUT, Work.PUT_3K, Work.PUT_10K, Work.REPLACE)
                            .contains(cell.work());
            assertThat(plan.against(cell).contains(Library.LIMIT))
                    .as(cell.toString())
                    .isEqualTo(joined);
        }
        assertThat(List.of(8, 32, 128)).extracting(Plan::batch).containsExactly(16, 32, 128);
    }

    @Test
    void everyTargetIsOfSomethingThatALongRunMeasures() {
        Plan plan = Plan.of("long");
        List<Cell> cells = plan.cells();

        assertThat(Target.all())
                .allSatisfy(target -> assertThat(cells)
                        .anyMatch(cell -> cell.work() == target.work() && cell.threads() == target.threads()));
    }

    @Test
    void shapesAreChosenByNumber() {
        assertThat(Plan.of("quick", "shapes=1,40").shapes())
                .extracting(QueryShape::name)
                .containsExactly("unread, latest", "count of many or some");
        assertThat(Plan.of("quick").shapes()).hasSize(40);
        assertThatThrownBy(() -> Plan.of("quick", "shapes=41").shapes())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("41", "1 to 40");
    }

    @Test
    void quickModeHasShapesOfOneSize() {
        assertThat(Plan.of("quick").cells())
                .extracting(Cell::work)
                .contains(Work.SHAPES, Work.UPDATE_ALL)
                .doesNotContain(Work.SHAPES_3K, Work.PUT_3K, Work.GET_10K);
        assertThat(Plan.of("long").cells()).extracting(Cell::work).contains(Work.values());
    }

    @Test
    void aReportIsOfAFile() {
        assertThatThrownBy(() -> Plan.of("report"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("into=");
        assertThat(Plan.of("report", "into=a.json").isReport()).isTrue();
    }
}
