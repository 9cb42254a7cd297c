package dev.pagurus.store.internal.copy;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.StoredRow;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The state that a session sees.
 *
 * @param at by which time it is judged what has expired; null for the session's own
 */
record SessionSource(
        String shown, EngineSession session, @Nullable Long at) implements CopySource {

    SessionSource(String shown, EngineSession session) {
        this(shown, session, null);
    }

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
        if (at == null) {
            return session.rows(collection, after);
        }
        String place = after;
        while (true) {
            List<StoredRow> stored = session.rows(collection.withoutExpiry(), place);
            List<StoredRow> rows = new ArrayList<>(stored);
            rows.removeIf(row -> collection.isExpired(row.values(), at));
            if (!rows.isEmpty() || stored.isEmpty()) {
                return rows;
            }
            place = stored.get(stored.size() - 1).id();
        }
    }
}
