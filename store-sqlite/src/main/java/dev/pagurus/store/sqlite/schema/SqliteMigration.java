package dev.pagurus.store.sqlite.schema;

import dev.pagurus.store.spi.AppliedMigration;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One numbered SQL text: a file of this release, or a text that is given. A
 * file is read when it is to be applied; the hash that the history keeps of it is known before.
 */
public final class SqliteMigration {

    private final AppliedMigration applied;
    private final @Nullable String given;

    private SqliteMigration(AppliedMigration applied, @Nullable String given) {
        this.applied = applied;
        this.given = given;
    }

    public SqliteMigration(int version, String name, String sql) {
        this(AppliedMigration.of(version, name, sql), sql);
    }

    /** Returns the file of this name, which has this hash for good. */
    static SqliteMigration released(int version, String name, String sha256) {
        return new SqliteMigration(new AppliedMigration(version, name, sha256), null);
    }

    /** Returns its number, from 1 without gaps. */
    public int version() {
        return applied.version();
    }

    public String name() {
        return applied.name();
    }

    /** What the history keeps of it. */
    public AppliedMigration applied() {
        return applied;
    }

    public String sql() {
        return given == null ? read(name()) : given;
    }

    private static String read(String name) {
        try (InputStream in = SqliteMigration.class.getResourceAsStream("migrations/" + name)) {
            if (in == null) {
                throw new IllegalStateException("The migration " + name + " is missing from the jar of store-sqlite.");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
