package dev.pagurus.store.postgres.schema;

import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.AppliedMigration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * One numbered SQL file.
 *
 * @param version its number, from 1 without gaps
 * @param name its file name
 * @param sql its text, in which {@code {schema}} stands for the schema
 */
public record PostgresMigration(int version, String name, String sql) {

    public static PostgresMigration read(String name) {
        try (InputStream in = PostgresMigration.class.getResourceAsStream("migrations/" + name)) {
            if (in == null) {
                throw new IllegalStateException(
                        "The migration " + name + " is missing from the jar of store-postgres.");
            }
            String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new PostgresMigration(Integer.parseInt(name.substring(0, 4)), name, sql);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String sqlFor(PostgresNames names) {
        return sql.replace("{schema}", PostgresNames.quoted(names.schema()));
    }

    /** What the history keeps of it. */
    public AppliedMigration applied() {
        return AppliedMigration.of(version, name, sql);
    }
}
