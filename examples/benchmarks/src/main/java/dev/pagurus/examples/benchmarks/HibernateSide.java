package dev.pagurus.examples.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import dev.pagurus.store.Document;
import dev.pagurus.store.spi.Micros;
import jakarta.persistence.OptimisticLockException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.cfg.Configuration;
import org.hibernate.community.dialect.SQLiteDialect;
import org.jspecify.annotations.Nullable;

/** Hibernate as its guide shows it: a session and a transaction for each piece of work, over a pool. */
final class HibernateSide implements Side {

    private static final int BATCH = 1000;

    private final HikariDataSource pool;
    private final SessionFactory factory;

    HibernateSide(Place place) {
        // Otherwise it tells java.util.logging, at length, what it has found.
        System.setProperty("org.jboss.logging.provider", "slf4j");
        this.pool = place.openPool(false);
        Configuration configuration = new Configuration()
                .addAnnotatedClass(HibernateRow.class)
                .setProperty(AvailableSettings.HBM2DDL_AUTO, "update")
                .setProperty(AvailableSettings.STATEMENT_BATCH_SIZE, String.valueOf(BATCH))
                // Spares a round trip in each transaction: the pool has switched autocommit off.
                .setProperty(AvailableSettings.CONNECTION_PROVIDER_DISABLES_AUTOCOMMIT, "true");
        if (place.engine() == Engine.SQLITE) {
            configuration.setProperty(AvailableSettings.DIALECT, SQLiteDialect.class.getName());
        }
        configuration.getProperties().put(AvailableSettings.JAKARTA_NON_JTA_DATASOURCE, pool);
        this.factory = configuration.buildSessionFactory();
    }

    /** Whose version was overtaken tries again, as its guide says: every other side overwrites. */
    @Override
    public long put(Item item) {
        try {
            return factory.fromTransaction(session -> written(session, item)).version;
        } catch (OptimisticLockException e) {
            return put(item);
        }
    }

    private static HibernateRow written(Session session, Item item) {
        @Nullable HibernateRow row = session.find(HibernateRow.class, item.key());
        if (row == null) {
            row = fresh(item);
            session.persist(row);
        } else {
            fill(row, item);
        }
        return row;
    }

    @Override
    public Document<Item> get(String id) {
        return factory.fromTransaction(session -> document(session.find(HibernateRow.class, id)));
    }

    @Override
    public long replace(long version, Item item) {
        HibernateRow written = factory.fromTransaction(session -> {
            HibernateRow row = session.find(HibernateRow.class, item.key());
            if (row.version != version) {
                throw new IllegalStateException("Somebody else has changed the document.");
            }
            fill(row, item);
            return row;
        });
        return written.version;
    }

    @Override
    public List<Document<Item>> page(Item.Status status, Instant from) {
        return factory.fromTransaction(session -> session
                .createSelectionQuery(
                        "from HibernateRow where status = :status and due >= :due order by due, id", HibernateRow.class)
                .setParameter("status", status)
                .setParameter("due", Micros.of(from))
                .setMaxResults(PAGE + 1)
                .list()
                .stream()
                .limit(PAGE)
                .map(HibernateSide::document)
                .toList());
    }

    @Override
    public void insertAll(Stream<Item> items) {
        Iterator<Item> all = items.iterator();
        while (all.hasNext()) {
            List<HibernateRow> rows = new ArrayList<>();
            while (all.hasNext() && rows.size() < BATCH) {
                rows.add(fresh(all.next()));
            }
            factory.inStatelessTransaction(session -> session.insertMultiple(rows));
        }
    }

    @Override
    public void close() {
        factory.close();
        pool.close();
    }

    private static HibernateRow fresh(Item item) {
        HibernateRow row = new HibernateRow();
        row.id = item.key();
        row.createdAt = Micros.of(Instant.now());
        fill(row, item);
        return row;
    }

    private static void fill(HibernateRow row, Item item) {
        row.status = item.status();
        row.due = Micros.of(item.due());
        row.body = item.encoded();
    }

    private static Document<Item> document(HibernateRow row) {
        return new Document<>(row.id, row.version, Micros.toInstant(row.createdAt), Item.decoded(row.body));
    }
}
