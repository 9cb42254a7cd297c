package dev.pagurus.examples.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.pagurus.store.Document;
import dev.pagurus.store.spi.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.SqlStatement;

/** JDBI over a pool, with the statements of the baseline. */
final class JdbiSide implements Side {

    private static final int BATCH = 1000;

    private final HikariDataSource pool;
    private final Jdbi jdbi;
    private final Sql sql;

    JdbiSide(Place place) {
        this.pool = place.openPool(true);
        this.jdbi = Jdbi.create(pool);
        this.sql = new Sql(place.engine());
        jdbi.useHandle(handle -> sql.create.forEach(handle::execute));
    }

    @Override
    public long put(Item item) {
        return jdbi.withHandle(handle ->
                bindNew(handle.createQuery(sql.put), item).mapTo(Long.class).one());
    }

    @Override
    public Document<Item> get(String id) {
        return jdbi.withHandle(handle -> handle.createQuery(sql.get)
                .bind(0, id)
                .map((rows, context) -> document(rows))
                .one());
    }

    @Override
    public long replace(long version, Item item) {
        return jdbi.withHandle(handle -> handle.createQuery(sql.replace)
                .bind(0, Micros.of(Instant.now()))
                .bind(1, item.status().name())
                .bind(2, Micros.of(item.due()))
                .bind(3, item.encoded())
                .bind(4, item.key())
                .bind(5, version)
                .mapTo(Long.class)
                .one());
    }

    @Override
    public List<Document<Item>> page(Item.Status status, Instant from) {
        List<Document<Item>> found = jdbi.withHandle(handle -> handle.createQuery(sql.page)
                .bind(0, status.name())
                .bind(1, Micros.of(from))
                .map((rows, context) -> document(rows))
                .list());
        return found.subList(0, Math.min(PAGE, found.size()));
    }

    @Override
    public void insertAll(Stream<Item> items) {
        Iterator<Item> all = items.iterator();
        while (all.hasNext()) {
            jdbi.useTransaction(handle -> {
                PreparedBatch batch = handle.prepareBatch(sql.insert);
                for (int i = 0; i < BATCH && all.hasNext(); i++) {
                    bindNew(batch, all.next());
                    batch.add();
                }
                batch.execute();
            });
        }
    }

    @Override
    public void close() {
        pool.close();
    }

    private static <S extends SqlStatement<S>> S bindNew(S statement, Item item) {
        long now = Micros.of(Instant.now());
        return statement
                .bind(0, item.key())
                .bind(1, now)
                .bind(2, now)
                .bind(3, item.status().name())
                .bind(4, Micros.of(item.due()))
                .bind(5, item.encoded());
    }

    private static Document<Item> document(ResultSet rows) throws SQLException {
        return new Document<>(
                rows.getString(1), rows.getLong(2), Micros.toInstant(rows.getLong(3)), Item.decoded(rows.getString(4)));
    }
}
