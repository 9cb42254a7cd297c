package dev.pagurus.store.postgres.sql;

import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.spi.CollectionDefinition;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * By which time it is judged what has expired: the server's when the transaction began, which no message is needed for, or that
 * of another clock.
 *
 * @param given the time in microseconds of the other clock; null for the server's
 */
public record PostgresInstant(Supplier<@Nullable Long> given) {

    /** The server's. */
    public static final PostgresInstant SERVERS = new PostgresInstant(() -> null);

    private static final String SERVERS_TEXT = "(date_part('epoch', transaction_timestamp()) * 1000000)::bigint";

    /** Returns the same, but that another clock stands still from now on. */
    public PostgresInstant fixed() {
        try {
            Long now = given.get();
            return new PostgresInstant(() -> now);
        } catch (RuntimeException e) {
            // Most of the time nobody asks.
            return new PostgresInstant(() -> {
                throw e;
            });
        }
    }

    /** Returns the time as SQL. */
    public String text() {
        Long now = given.get();
        return now == null ? SERVERS_TEXT : now + "::bigint";
    }

    /** Appends that a document has not expired, and "and", where documents expire. */
    public void unexpired(Sql sql, CollectionDefinition collection) {
        if (collection.expiry() != null) {
            sql.append(unexpired(collection, "", text()) + " and ");
        }
    }

    /** Returns the condition that a document has expired, for which the server looks into no index. */
    public String expired(CollectionDefinition collection) {
        return "not " + unexpired(collection, "", text());
    }

    /** Adds the time to the parameters of a statement that was made with {@link #parameter}, where documents expire. */
    public void addTo(List<@Nullable Object> parameters, CollectionDefinition collection) {
        Long now = collection.expiry() == null ? null : given.get();
        if (now != null) {
            parameters.add(now);
        }
    }

    /**
     * What they take for it where an insert has met a document: the time of the statement, which the new row has in a column, for
     * Citus takes no function there that has another answer at another time. So in a transaction a put judges a little later
     * than all else, and a replacement that judges otherwise than the transaction is found out, and has it made again.
     */
    static String inConflict(boolean isGiven, String column) {
        return isGiven ? parameter(true) : "excluded." + column;
    }

    /** What statements that are made once take for the time. */
    static String parameter(boolean isGiven) {
        return isGiven ? "?::bigint" : SERVERS_TEXT;
    }

    /**
     * The condition that a document has not expired. An expression, for which the server looks into no index; no field has so
     * late a time.
     *
     * @param of the table's name and a dot, or nothing
     */
    static String unexpired(CollectionDefinition collection, String of, String now) {
        return "coalesce(" + of + quoted(String.valueOf(collection.expiry())) + ", 9223372036854775807) > " + now;
    }
}
