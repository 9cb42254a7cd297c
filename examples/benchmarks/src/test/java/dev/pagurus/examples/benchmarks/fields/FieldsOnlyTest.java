package dev.pagurus.examples.benchmarks.fields;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Both engines are measured. */
class FieldsOnlyTest {

    @Test
    void everyLineHasFigures() throws Exception {
        assertThat(FieldsOnly.run(FieldsOnly.Amounts.QUICK)).hasSize(2).allSatisfy(line -> {
            assertThat(line.documents()).as("documents").isPositive();
            assertThat(line.rows()).as("fields of the table").isPositive();
            assertThat(line.alone()).as("fields of an index").isPositive();
        });
    }
}
