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
    public long deleteAll(CollectionDefinition collection, Condition condition) {
        if (collection.retention() != null) {
            changes.addAll(collection, condition);
            logged = true;
        }
        return super.deleteAll(collection, condition);
    }

    @Override
    public void load(CollectionDefinition collection, List<StoredRow> copied) {
        super.load(collection, copied);
        if (collection.retention() != null) {
            copied.forEach(row -> log(collection, row.id(), row.document().version()));
        }
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
