package dev.pagurus.store.sqlite.documents;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoredDocument;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/** Makes documents of what a scan finds. */
final class SqliteDocuments implements SqliteTaker<Chunk> {

    /** The values of the order's terms stand behind these: id, version, creation time and body. */
    private static final int COLUMNS = 4;

    private final Scan scan;
    private final Chunk.Builder chunk;

    SqliteDocuments(Scan scan) {
        this.scan = scan;
        this.chunk = new Chunk.Builder(scan);
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
        StoredDocument document = SqliteReads.document(row);
        // Each value costs two calls of the native library.
        chunk.add(document, chunk.isLast(document) ? SqliteReads.position(row, COLUMNS, scan) : List.of());
    }

    @Override
    public Chunk build() {
        return chunk.build();
    }
}
