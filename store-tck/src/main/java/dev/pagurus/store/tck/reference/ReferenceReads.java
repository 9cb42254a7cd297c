package dev.pagurus.store.tck.reference;

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
import java.util.function.Function;

/** Asks every question of a state; which state that is, the engine and its sessions know. */
public abstract class ReferenceReads implements Reads {

    private final Answers answers;

    ReferenceReads(Answers answers) {
        this.answers = answers;
    }

    /** Asks a question of the state that this call sees. */
    protected abstract <R> R read(Function<State, R> question);

    @Override
    public List<CollectionDefinition> definitions() {
        return read(State::definitions);
    }

    @Override
    public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
        return read(state -> answers.get(state, collection, ids));
    }

    @Override
    public Chunk scan(Scan scan) {
        return read(state -> answers.scan(state, scan));
    }

    @Override
    public RowChunk select(Scan scan, List<String> fields) {
        return read(state -> answers.select(state, scan, fields));
    }

    @Override
    public ScanPlan explain(Scan scan) {
        return read(state -> answers.explain(state, scan));
    }

    @Override
    public long count(CollectionDefinition collection, Condition filter) {
        return read(state -> (long) answers.matching(state, collection, filter).size());
    }

    @Override
    public List<Group> groups(Grouping grouping) {
        return read(state -> answers.groups(state, grouping));
    }
}
