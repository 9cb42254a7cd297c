package dev.pagurus.store.sqlite.schema;

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
 * @param sql its text
 */
public record SqliteMigration(int version, String name, String sql) {

    public static SqliteMigration read(String name) {
        try (InputStream in = SqliteMigration.class.getResourceAsStream("migrations/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The migration " + name + " is missing from the jar of store-sqlite.");
            }
            String sql = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new SqliteMigration(Integer.parseInt(name.substring(0, 4)), name, sql);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the history keeps of it. */
    public AppliedMigration applied() {
        return AppliedMigration.of(version, name, sql);
    }
}
