package dev.pagurus.store.internal.engine;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.Reads;
import dev.pagurus.store.spi.RowChunk;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.ScanPlan;
import dev.pagurus.store.spi.StoredDocument;
import java.util.List;

/** Passes reads on, to an engine or a session, and holds the answers against the {@link Rules}. */
class CheckedReads implements Reads {

    private final Reads reads;
    final Rules rules;

    CheckedReads(Reads reads, Rules rules) {
        this.reads = reads;
        this.rules = rules;
    }

    @Override
    public List<CollectionDefinition> definitions() {
        return reads.definitions();
    }

    @Override
    public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
        return rules.checkFound(ids, reads.get(collection, ids));
    }

    @Override
    public Chunk scan(Scan scan) {
        return rules.checkChunk(scan, reads.scan(scan));
    }

    @Override
    public RowChunk select(Scan scan, List<String> fields) {
        return rules.checkSelected(scan, fields, reads.select(scan, fields));
    }

    @Override
    public ScanPlan explain(Scan scan) {
        return rules.checkPlan(scan, reads.explain(scan));
    }

    @Override
    public long count(CollectionDefinition collection, Condition filter) {
        return rules.checkCount(reads.count(collection, filter));
    }

    @Override
    public List<Group> groups(Grouping grouping) {
        return rules.checkGroups(grouping, reads.groups(grouping));
    }
}
