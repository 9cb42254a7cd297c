package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.RowChunk;
import dev.pagurus.store.spi.Scan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes rows of some fields of what a scan finds; see {@link SqliteHead}. */
final class SqliteRows implements SqliteTaker<RowChunk> {

    private final Scan scan;
    private final List<FieldKind> kinds;
    private final RowChunk.Builder chunk;

    SqliteRows(Scan scan, List<String> fields) {
        this.scan = scan;
        this.kinds = fields.stream().map(scan.collection()::kind).toList();
        this.chunk = new RowChunk.Builder(scan);
    }

    @Override
    public int limit() {
        return chunk.limit();
    }

    @Override
    public boolean hasRoom() {
        return chunk.hasRoom();
    }

    @Override
    public void take(ResultSet row) throws SQLException {
        List<@Nullable Object> values = new ArrayList<>(kinds.size());
        for (FieldKind kind : kinds) {
            values.add(SqliteReads.field(row, values.size() + 1, kind));
        }
        chunk.add(values, chunk.isLast() ? SqliteReads.position(row, kinds.size() + 1, scan) : List.of());
    }

    @Override
    public RowChunk build() {
        return chunk.build();
    }
}
