package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.postgres.schema.PostgresMigration;
import dev.pagurus.store.postgres.schema.PostgresMigrations;
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
    void everyFileIsListedAndNumberedWithoutGaps() throws Exception {
        assertThat(PostgresMigrations.FILES).isEqualTo(names());
        for (int i = 0; i < PostgresMigrations.FILES.size(); i++) {
            assertThat(PostgresMigration.read(PostgresMigrations.FILES.get(i)).version())
                    .isEqualTo(i + 1);
        }
    }

    @Test
    void noFileTouchesTheTransactionThatItRunsIn() throws Exception {
        for (String name : names()) {
            assertThat(TransactionWords.find(PostgresMigration.read(name).sql()))
                    .as(name)
                    .isEmpty();
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
