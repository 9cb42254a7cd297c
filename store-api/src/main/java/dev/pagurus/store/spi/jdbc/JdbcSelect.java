package dev.pagurus.store.spi.jdbc;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.RowChunk;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads some fields of a scan's documents, and what they are ordered by behind these. */
record JdbcSelect(JdbcConnection connection, SqlDialect dialect, JdbcRows rows) {

    RowChunk of(CollectionDefinition collection, Scan scan, List<String> fields) {
        List<String> terms = scan.order().stream().map(Sort::field).toList();
        List<FieldKind> values = fields.stream().map(collection::kind).toList();
        List<FieldKind> position = terms.stream().map(collection::kind).toList();
        String select = "select "
                + Stream.concat(fields.stream(), terms.stream())
                        .map(dialect::quoted)
                        .collect(Collectors.joining(", "));
        RowChunk.Builder chunk = new RowChunk.Builder(scan);
        JdbcConnection.Row<RowChunk.Builder> add = row -> chunk.hasRoom()
                ? chunk.add(
                        rows.values(row, 1, values),
                        chunk.isLast() ? rows.values(row, 1 + values.size(), position) : List.of())
                : null;
        for (Condition part : scan.parts()) {
            SqlFilter filter = new SqlFilter(dialect, collection, part);
            String from = filter.from() + " order by " + dialect.order(scan.order());
            connection.list(add, select + from + dialect.first(chunk.limit()), filter.values());
            if (chunk.isFull()) {
                break;
            }
        }
        return chunk.build();
    }
}
