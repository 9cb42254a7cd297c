package dev.pagurus.store.postgres.sql;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.IndexDefinition;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * What things are called in the database, always with their schema. A collection {@code notes} is the table
 * {@code notes}; what belongs to it has a {@code $} in its name, which no name of a user has: the index
 * {@code status_due} is {@code notes$by$status_due}, and the primary key of revision 7 is {@code notes$r7}.
 */
public final class PostgresNames {

    /** PostgreSQL cuts longer names off, without an error. */
    private static final int MAX_BYTES = 63;

    private static final int HASH_DIGITS = 16;

    private final String schema;

    public PostgresNames(String schema) {
        this.schema = schema;
    }

    public static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Returns a text that means the same whatever {@code standard_conforming_strings} is. */
    public static String literal(String text) {
        String quoted = "'" + text.replace("'", "''") + "'";
        return text.indexOf('\\') < 0 ? quoted : "E" + quoted.replace("\\", "\\\\");
    }

    /** Returns a name with the schema, quoted. */
    public String qualified(String name) {
        return quoted(schema) + "." + quoted(shortened(name));
    }

    public String table(CollectionDefinition collection) {
        return qualified(collection.name());
    }

    public static String index(CollectionDefinition collection, IndexDefinition index) {
        return shortened(collection.name() + "$by$" + index.name());
    }

    /** The index's name while it is built beside one that has its name. */
    public static String freshIndex(CollectionDefinition collection, IndexDefinition index) {
        return shortened(collection.name() + "$by$" + index.name() + "$new");
    }

    /** A field's column while it is filled beside one that has its name; no field can be called so. */
    public static String freshColumn(String field) {
        return field + "$new";
    }

    /** The primary key's name says the revision, where every statement sees it at once; see PostgresStatements. */
    public static String primaryKey(CollectionDefinition collection) {
        return collection.name() + "$r" + collection.revision();
    }

    /** A condition: the collection has this revision now. False otherwise. */
    public String hasRevision(CollectionDefinition collection) {
        return "to_regclass(" + literal(qualified(primaryKey(collection))) + ") is not null";
    }

    /**
     * The same condition, looked at once a statement, which fails otherwise: a search that found nothing would be an
     * answer.
     */
    public String requireRevision(CollectionDefinition collection) {
        return literal(qualified(primaryKey(collection))) + "::text::regclass is not null";
    }

    public String schema() {
        return schema;
    }

    private static String shortened(String name) {
        if (name.length() <= MAX_BYTES) {
            return name;
        }
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.US_ASCII));
            String hash = HexFormat.of().formatHex(digest).substring(0, HASH_DIGITS);
            return name.substring(0, MAX_BYTES - HASH_DIGITS - 1) + "$" + hash;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
