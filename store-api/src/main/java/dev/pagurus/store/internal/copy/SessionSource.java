package dev.pagurus.store.internal.copy;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.StoredRow;
import java.util.List;

/** The state that a session sees. */
record SessionSource(String shown, EngineSession session) implements CopySource {

    @Override
    public List<CollectionDefinition> definitions() {
        return session.definitions().stream()
                .filter(definition -> !CopyMark.isMark(definition))
                .toList();
    }

    @Override
    public long documents() {
        return definitions().stream()
                .mapToLong(definition -> session.count(definition, Condition.EVERYTHING))
                .sum();
    }

    @Override
    public List<StoredRow> rows(CollectionDefinition collection, String after) {
        return session.rows(collection, after);
    }
}
