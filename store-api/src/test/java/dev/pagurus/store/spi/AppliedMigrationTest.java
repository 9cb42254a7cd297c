package dev.pagurus.store.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.MigrationException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppliedMigrationTest {

    private static final AppliedMigration FIRST = AppliedMigration.of(1, "0001_first.sql", "create table a");
    private static final AppliedMigration SECOND = AppliedMigration.of(2, "0002_second.sql", "create table b");
    private static final AppliedMigration THIRD = AppliedMigration.of(3, "0003_third.sql", "create table c");
    private static final List<AppliedMigration> OURS = List.of(FIRST, SECOND, THIRD);

    @Test
    void whatIsAppliedIsCounted() {
        assertThat(AppliedMigration.count(List.of(), OURS, "x:y")).isZero();
        assertThat(AppliedMigration.count(List.of(FIRST, SECOND), OURS, "x:y")).isEqualTo(2);
        assertThat(AppliedMigration.count(OURS, OURS, "x:y")).isEqualTo(3);
    }

    @Test
    void aNewerDatabaseIsRefusedWithBothVersions() {
        assertThatThrownBy(() -> AppliedMigration.count(OURS, List.of(FIRST, SECOND), "x:y"))
                .isInstanceOf(MigrationException.class)
                .hasMessageContainingAll("x:y", "version 3 (0003_third.sql)", "newer release", "knows 2");
    }

    @Test
    void aGapIsRefused() {
        assertThatThrownBy(() -> AppliedMigration.count(List.of(FIRST, THIRD), OURS, "x:y"))
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("version 2 is missing before 3");
    }

    @Test
    void anotherMigrationOfTheSameNumberIsRefused() {
        AppliedMigration edited = AppliedMigration.of(2, "0002_second.sql", "create table b ");
        assertThatThrownBy(() -> AppliedMigration.count(List.of(FIRST, edited), OURS, "x:y"))
                .isInstanceOf(MigrationException.class)
                .hasMessageContainingAll("0002_second.sql", "SHA-256");
    }
}
