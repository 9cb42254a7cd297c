package dev.pagurus.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Codec;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InfoTest {

    @TempDir
    private Path directory;

    private record Shaped(@Nullable String shape) implements Codec<String> {

        @Override
        public String encode(String value) {
            return value;
        }

        @Override
        public String decode(String body) {
            return body;
        }
    }

    @Test
    void theShapeOfDocumentsIsShown() {
        String url = "sqlite:" + directory.resolve("shapes.db");
        try (Store store = Stores.open(url)) {
            store.collection(Schema.of("known", new Shaped("author.name text\ntitle text")))
                    .insert("a", "one");
            store.collection(Schema.of("unknown", new Shaped(null)));
        }
        assertThat(Run.done("info", url).out())
                .contains("known: 1 documents\n  known revision 1\n  shape author.name text\n  shape title text\n")
                .endsWith("unknown: 0 documents\n  unknown revision 1\n");
        assertThat(Run.done("info", "--json", url).out()).contains("\"shape author.name text\",\"shape title text\"");
    }

    /** By tables that look like the catalogue of Citus, which is not there. */
    @Test
    void aSchemaThatIsDistributedWholeIsShown() throws SQLException {
        String schema = Postgres.newSchema();
        String url = Postgres.url("postgres", schema);
        Stores.open(url).close();
        assertThat(Run.done("info", url).out()).doesNotContain("distributed");
        Postgres.run(
                "set allow_system_table_mods = on; create table pg_catalog.pg_dist_partition (logicalrelid regclass,"
                        + " partmethod \"char\", colocationid integer, repmodel \"char\"); create table pg_catalog.pg_dist_schema"
                        + " (schemaid oid, colocationid integer); insert into pg_dist_schema values ('" + schema
                        + "'::regnamespace, 1)");
        try {
            assertThat(Run.done("info", url).out()).contains("  distributed          whole schema\n");
        } finally {
            Postgres.run("set allow_system_table_mods = on;"
                    + " drop table pg_catalog.pg_dist_partition, pg_catalog.pg_dist_schema");
        }
    }
}
