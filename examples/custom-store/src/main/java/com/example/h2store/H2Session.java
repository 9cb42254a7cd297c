package com.example.h2store;

import dev.pagurus.store.spi.*;
import dev.pagurus.store.spi.jdbc.*;
import java.util.List;

/** A session that logs what it changes in collections that keep their changes. */
final class H2Session extends JdbcSession {

    private final H2Changes changes;
    private final H2Forgetting forgetting;
    private boolean logged;

    H2Session(H2Connection connection, DeletedVersions deleted, H2Forgetting forgetting, Runnable end) {
        super(connection, H2Dialect.SQL, deleted, end);
        this.changes = new H2Changes(this);
        this.forgetting = forgetting;
    }

    @Override
    protected WriteOutcome write(Write write) {
        CollectionDefinition collection = write.collection();
        if (collection.retention() == null) {
            return super.write(write);
        }
        List<StoredDocument> before =
                write.content() instanceof Content.Delete ? get(collection, List.of(write.id())) : List.of();
        WriteOutcome outcome = super.write(write);
        if (outcome instanceof WriteOutcome.Written written) {
            log(collection, write.id(), written.version());
        } else if (outcome instanceof WriteOutcome.Deleted) {
            log(collection, write.id(), before.get(0).version());
        }
        return outcome;
    }

    @Override
    protected long remove(CollectionDefinition collection, Condition condition) {
        if (collection.retention() != null) {
            changes.addAll(collection, condition);
            logged = true;
        }
        return super.remove(collection, condition);
    }

    @Override
    public void load(CollectionDefinition collection, List<StoredRow> copied) {
        super.load(collection, copied);
        if (collection.retention() != null) {
            copied.forEach(row -> log(collection, row.id(), row.document().version()));
        }
    }

    /** H2 tells its plan, with a number in place of each value, and not which of the declared indexes that is. */
    @Override
    public ScanPlan explain(Scan scan) {
        // Refuses an old definition.
        count(scan.collection(), Condition.NOTHING);
        SqlFilter filter = new SqlFilter(H2Dialect.SQL, scan.collection(), scan.parts().get(0));
        String order = " order by " + H2Dialect.SQL.order(scan.order()) + H2Dialect.SQL.first(scan.maxDocuments());
        String plan = connection()
                .first(row -> row.getString(1), "explain select *" + filter.from() + order, filter.values());
        return new ScanPlan(null, null, plan == null ? "" : plan);
    }

    void log(CollectionDefinition collection, String id, long version) {
        changes.add(collection, id, version);
        logged = true;
    }

    H2Changes changes() {
        return changes;
    }

    @Override
    public void commit() {
        if (logged) {
            forgetting.step(this);
        }
        super.commit();
    }
}
