package dev.pagurus.store.spi.jdbc;

import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.GroupFold;
import dev.pagurus.store.spi.Grouping;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures groups. Documents are counted by the database; values are read, in one statement, and measured here, for what a
 * dialect stores of a value need not be what its database could add or compare.
 */
record JdbcGroups(JdbcConnection connection, SqlDialect dialect, Grouping grouping) {

    List<Group> read() {
        List<FieldKind> kinds = kinds(grouping.by());
        List<String> measured = grouping.measured();
        SqlFilter filter = new SqlFilter(dialect, grouping.collection(), grouping.filter());
        if (measured.isEmpty()) {
            return connection.list(row -> counted(row, kinds), counts(filter), filter.values());
        }
        GroupFold fold = new GroupFold(grouping);
        List<FieldKind> measuredKinds = kinds(measured);
        connection.first(
                row -> {
                    do {
                        fold.add(values(row, 1, kinds), values(row, 1 + kinds.size(), measuredKinds));
                    } while (row.next());
                    return fold;
                },
                "select " + columns(Stream.concat(grouping.by().stream(), measured.stream())) + from(filter),
                filter.values());
        return fold.groups();
    }

    private String counts(SqlFilter filter) {
        String keys = columns(grouping.by().stream());
        return grouping.by().isEmpty()
                ? "select count(*)" + filter.from()
                : "select " + keys + ", count(*)" + from(filter) + " group by " + keys;
    }

    private Group counted(ResultSet row, List<FieldKind> kinds) throws SQLException {
        long count = row.getLong(kinds.size() + 1);
        return new Group(
                values(row, 1, kinds), Collections.nCopies(grouping.measures().size(), count));
    }

    private List<@Nullable Object> values(ResultSet row, int from, List<FieldKind> kinds) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(kinds.size());
        for (FieldKind kind : kinds) {
            values.add(dialect.read(row, from + values.size(), kind));
        }
        return values;
    }

    /** Of a many-field, what is read is one of its texts. */
    private List<FieldKind> kinds(List<String> fields) {
        return fields.stream()
                .map(field -> grouping.collection().kind(field))
                .map(kind -> kind.isMany() ? FieldKind.TEXT : kind)
                .toList();
    }

    private String columns(Stream<String> fields) {
        return fields.map(field -> field.equals(grouping.many())
                        ? "many." + dialect.quoted("item")
                        : "doc." + dialect.quoted(field))
                .collect(Collectors.joining(", "));
    }

    private String from(SqlFilter filter) {
        String many = grouping.many();
        String id = dialect.quoted("id");
        String fields = Stream.of(Stream.of("id"), grouping.by().stream(), grouping.measured().stream())
                .flatMap(some -> some)
                .filter(field -> !field.equals(many))
                .distinct()
                .map(dialect::quoted)
                .collect(Collectors.joining(", "));
        String documents = " from (select " + fields + filter.from() + ") doc";
        return many == null
                ? documents
                : documents + " join " + dialect.beside(grouping.collection(), many) + " many on many." + id + " = doc."
                        + id;
    }
}
