package dev.pagurus.store.postgres.schema;

import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.postgres.sql.PostgresStatements;
import dev.pagurus.store.postgres.sql.PostgresWords;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Filler;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings every document of a collection up: its body, where it changes, and its fields. One statement reads a batch and one
 * writes it; a batch ends at a number of documents or of bytes, so that large bodies do not fill the memory.
 */
final class PostgresRefill {

    private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store.schema");

    private static final int PROGRESS_EVERY = 100_000;
    private static final int BATCH_DOCUMENTS = 1_000;
    private static final long BATCH_BYTES = 8L << 20;

    private final int from;
    private final CollectionDefinition collection;
    private final String table;
    private final UnaryOperator<String> column;
    private final String select;
    private final String update;
    private final String updateWithBodies;
    private final @Nullable PostgresAside away;

    /**
     * Prepares the statements.
     *
     * @param from the revision that the catalogue has, in the transaction that is open
     * @param column the column that a field is to be filled into
     * @param away where documents go that cannot be filled, null if nowhere
     */
    PostgresRefill(
            int from,
            CollectionDefinition collection,
            PostgresNames names,
            UnaryOperator<String> column,
            @Nullable PostgresAside away) {
        this.from = from;
        this.collection = collection;
        this.table = names.table(collection);
        this.column = column;
        this.select = """
                select id, case when before < %s then body end
                from (
                    select id, body, coalesce(sum(octet_length(body)) over (
                        order by id rows between unbounded preceding and 1 preceding), 0) as before
                    from (select id, body from %s where id > ? order by id limit %s) next
                ) counted
                order by id
                """.formatted(BATCH_BYTES, table, BATCH_DOCUMENTS);
        this.update = update(false);
        this.updateWithBodies = update(true);
        this.away = away;
    }

    private String update(boolean bodies) {
        List<FieldDefinition> fields = collection.fields();
        List<String> sets = new ArrayList<>();
        List<String> arrays = new ArrayList<>(List.of("?::text[]"));
        List<String> columns = new ArrayList<>(List.of("id"));
        for (int i = 0; i < fields.size(); i++) {
            FieldKind kind = fields.get(i).kind();
            boolean many = kind.isMany();
            sets.add(quoted(column.apply(fields.get(i).name())) + " = "
                    + (many ? PostgresWords.made(kind, PostgresSets.cut("new.f" + i)) : "new.f" + i));
            arrays.add("?::" + (many ? "text" : PostgresStatements.type(kind)) + "[]");
            columns.add("f" + i);
        }
        if (bodies) {
            // A body that stays is not sent, and where it is stored apart from its row, it is not written either.
            sets.add("body = coalesce(new.body, old.body)");
            arrays.add("?::text[]");
            columns.add("body");
        }
        return """
                update %s as old set %s
                from unnest(%s) as new (%s)
                where old.id = new.id
                returning 1
                """.formatted(table, String.join(", ", sets), String.join(", ", arrays), String.join(", ", columns));
    }

    private record Old(String id, String body) {}

    /** Refills all documents in the transaction that is open, and returns how many there are. */
    long run(PostgresConnection connection, Filler filler) throws SQLException {
        long done = 0;
        String last = "";
        while (true) {
            List<Old> batch = read(connection, last);
            if (batch.isEmpty()) {
                return done;
            }
            write(connection, batch, filler);
            last = batch.get(batch.size() - 1).id();
            if (done / PROGRESS_EVERY < (done + batch.size()) / PROGRESS_EVERY) {
                LOG.info("Collection '{}': {} documents refilled", collection.name(), done + batch.size());
            }
            done += batch.size();
        }
    }

    private List<Old> read(PostgresConnection connection, String after) throws SQLException {
        return connection.query(select, List.of(after), rows -> {
            List<Old> found = new ArrayList<>();
            while (rows.next()) {
                String body = rows.getString(2);
                if (body == null) {
                    break;
                }
                found.add(new Old(rows.getString(1), body));
            }
            return found;
        });
    }

    private void write(PostgresConnection connection, List<Old> batch, Filler filler) throws SQLException {
        List<FieldDefinition> fields = collection.fields();
        List<@Nullable Object[]> columns = new ArrayList<>();
        for (FieldDefinition field : fields) {
            columns.add(array(field.kind(), batch.size()));
        }
        @Nullable String[] ids = new String[batch.size()];
        List<String> gone = new ArrayList<>();
        @Nullable String[] bodies = new String[batch.size()];
        boolean changed = false;
        for (int row = 0; row < ids.length; row++) {
            Old old = batch.get(row);
            ids[row] = old.id();
            if (away != null && filler.setsAside(from, old.id(), old.body())) {
                // No row has this id, and none is updated.
                ids[row] = null;
                gone.add(old.id());
                continue;
            }
            Content.Body filled = filler.fill(from, old.id(), old.body());
            if (!filled.text().equals(old.body())) {
                bodies[row] = filled.text();
                changed = true;
            }
            List<@Nullable Object> values = filled.values();
            for (int i = 0; i < values.size(); i++) {
                columns.get(i)[row] = values.get(i);
            }
        }
        if (away != null && !gone.isEmpty()) {
            away.take(connection, gone);
        }
        if (fields.isEmpty() && !changed) {
            return;
        }
        List<Object> parameters = parameters(ids, columns);
        if (changed) {
            parameters.add(bodies);
        }
        connection.query(changed ? updateWithBodies : update, parameters, rows -> true);
    }

    private List<Object> parameters(@Nullable String[] ids, List<@Nullable Object[]> columns) {
        List<@Nullable Object[]> ofSets =
                columns.stream().filter(List[].class::isInstance).toList();
        PostgresSets sets = new PostgresSets(ofSets);
        List<Object> parameters = new ArrayList<>(Collections.nCopies(ofSets.size(), sets.separator()));
        parameters.add(ids);
        for (@Nullable Object[] column : columns) {
            parameters.add(column instanceof List[] ? sets.joined(column) : column);
        }
        return parameters;
    }

    private static @Nullable Object[] array(FieldKind kind, int length) {
        return switch (kind) {
            case TEXT -> new String[length];
            case MANY, WORDS, ACCENTED_WORDS -> new List<?>[length];
            case LONG, INSTANT -> new Long[length];
            case DOUBLE -> new Double[length];
            case BOOLEAN -> new Boolean[length];
        };
    }
}
