package dev.pagurus.store.postgres.documents;

import dev.pagurus.store.postgres.connect.PostgresErrors;
import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.sql.PostgresBatchStatements;
import dev.pagurus.store.postgres.sql.PostgresInstant;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.postgres.sql.PostgresTables;
import dev.pagurus.store.postgres.sql.PostgresWriteKind;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.Write;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** The writes of one kind to one collection, in the order of their ids, and the statement that does them at once. */
public record PostgresBatchGroup(
        CollectionDefinition collection, PostgresWriteKind kind, List<PostgresBatch.Item> items) {

    /** After every version that there is. */
    private static final long BEYOND = Micros.LAST_VERSION + 1;

    public PostgresBatchGroup(CollectionDefinition collection, PostgresWriteKind kind) {
        this(collection, kind, new ArrayList<>());
    }

    boolean takes(Write write) {
        return write.collection().hasTablesOf(collection) && PostgresWriteKind.of(write) == kind;
    }

    boolean isOutdated(SQLException e) {
        return PostgresErrors.isOutdated(e, PostgresNames.primaryKey(collection));
    }

    /**
     * Returns the statement.
     *
     * @param allNew whether it may fail if a document to be inserted is there
     * @param now null for the server's clock
     * @param instant by which it is judged what has expired
     */
    Sql statement(PostgresTables tables, boolean allNew, @Nullable Long now, PostgresInstant instant) {
        PostgresBatchStatements sql = tables.ofBatches(collection);
        List<@Nullable Object> arrays = new ArrayList<>();
        if (!kind.deletes()) {
            // Who replaces a document creates none.
            boolean creates = kind == PostgresWriteKind.PUT || kind == PostgresWriteKind.INSERT;
            arrays.add(new Long[] {creates ? tables.deleted().least(collection) : Long.MIN_VALUE});
        }
        arrays.add(array(String[]::new, Write::id));
        if (!kind.deletes()) {
            for (int i = 0; i < collection.fields().size(); i++) {
                arrays.add(values(i, collection.fields().get(i).kind()));
            }
            arrays.add(array(String[]::new, write -> body(write).text()));
        }
        if (kind.asksForVersion()) {
            arrays.add(array(Long[]::new, PostgresBatchGroup::expected));
        }
        if (!kind.deletes() && now != null) {
            arrays.add(now);
        }
        if (kind != PostgresWriteKind.INSERT) {
            instant.addTo(arrays, collection);
        }
        String text = switch (kind) {
            case PUT -> sql.put;
            case INSERT -> allNew ? sql.insertAll : sql.insert;
            case REPLACE -> sql.replace;
            case REPLACE_VERSION -> sql.replaceVersion;
            case DELETE -> sql.delete;
            case DELETE_VERSION -> sql.deleteVersion;
        };
        return new Sql(text, arrays);
    }

    private Object values(int field, FieldKind kind) {
        return switch (kind) {
            case TEXT -> array(String[]::new, write -> value(write, field));
            case LONG, INSTANT -> array(Long[]::new, write -> value(write, field));
            case DOUBLE -> array(Double[]::new, write -> value(write, field));
            case BOOLEAN -> array(Boolean[]::new, write -> value(write, field));
            case MANY, WORDS, ACCENTED_WORDS ->
                array(String[]::new, write -> arrayLiteral((List<?>) value(write, field)));
        };
    }

    private Object[] array(IntFunction<@Nullable Object[]> empty, Function<Write, @Nullable Object> value) {
        @Nullable Object[] array = empty.apply(items.size());
        for (int i = 0; i < array.length; i++) {
            array[i] = value.apply(items.get(i).write());
        }
        return array;
    }

    private static Content.Body body(Write write) {
        return (Content.Body) write.content();
    }

    /** Returns the version asked for, or one that no document has either, but that the statement can reckon with. */
    private static Object expected(Write write) {
        long version = Objects.requireNonNull(write.precondition().version());
        return Math.max(-BEYOND, Math.min(version, BEYOND));
    }

    private static @Nullable Object value(Write write, int field) {
        return body(write).values().get(field);
    }

    /** Returns an array as PostgreSQL writes it: {@code {"a","b"}}. */
    public static String arrayLiteral(@Nullable List<?> texts) {
        StringBuilder literal = new StringBuilder("{");
        for (Object text : texts == null ? List.of() : texts) {
            literal.append(literal.length() > 1 ? ",\"" : "\"")
                    .append(String.valueOf(text).replace("\\", "\\\\").replace("\"", "\\\""))
                    .append('"');
        }
        return literal.append('}').toString();
    }
}
