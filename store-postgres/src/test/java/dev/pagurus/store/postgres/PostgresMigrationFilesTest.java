package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.postgres.schema.PostgresMigration;
import dev.pagurus.store.postgres.schema.PostgresMigrations;
import dev.pagurus.store.spi.AppliedMigration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules for the files themselves. */
class PostgresMigrationFilesTest {

    private static List<String> names() throws Exception {
        Path directory = Path.of(Objects.requireNonNull(PostgresMigration.class.getResource("migrations"))
                .toURI());
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void everyFileIsListedAndNumberedWithoutGapsAndHasItsHash() throws Exception {
        assertThat(PostgresMigrations.FILES).extracting(PostgresMigration::name).isEqualTo(names());
        int number = 1;
        for (PostgresMigration file : PostgresMigrations.FILES) {
            assertThat(file.applied())
                    .as("sha256sum " + file.name() + "; a file that was released is never edited")
                    .isEqualTo(AppliedMigration.of(number++, file.name(), file.sql()));
        }
    }

    @Test
    void noFileTouchesTheTransactionThatItRunsIn() throws Exception {
        for (PostgresMigration file : PostgresMigrations.FILES) {
            assertThat(TransactionWords.find(file.sql())).as(file.name()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table a (b text); commit; drop table c",
                "BEGIN;",
                "create table a (b text);\nCOMMIT\n;",
                "start  transaction",
                "rollback",
                "create index concurrently i on a (b)",
                "select 'it''s'; end;",
                "/* harmless */ vacuum",
                "do $$ begin null; end $$; commit"
            })
    void theRuleFindsWhatItForbids(String sql) {
        assertThat(TransactionWords.find(sql)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "create table a (committed text, \"begin\" text)",
                "-- commit\nselect 1",
                "/* begin\ncommit */ select 1",
                "insert into a values ('rollback; it''s over; commit')",
                "create function f() returns trigger language plpgsql as $$ begin return new; end $$",
                "create function f() returns trigger language plpgsql as $body$ begin return new; end $body$"
            })
    void theRuleLetsOthersThrough(String sql) {
        assertThat(TransactionWords.find(sql)).isEmpty();
    }
}
