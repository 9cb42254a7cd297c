package dev.pagurus.store.internal.copy;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoredChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The documents that changes tell of, each once, in chunks: together with those that came on one page, whose size is limited. */
final class ChangedIds {

    private final Map<String, CollectionDefinition> collections = new HashMap<>();
    private final Map<String, Set<String>> known = new HashMap<>();
    private final List<Chunk> chunks = new ArrayList<>();
    private int count;

    /** Some documents of a collection. */
    record Chunk(CollectionDefinition collection, List<String> ids) {}

    ChangedIds(List<CollectionDefinition> followed) {
        followed.forEach(one -> collections.put(one.name(), one));
    }

    void addAll(List<StoredChange> page) {
        Map<CollectionDefinition, List<String>> added = new LinkedHashMap<>();
        for (StoredChange change : page) {
            CollectionDefinition collection = collections.get(change.collection());
            if (collection != null
                    && known.computeIfAbsent(change.collection(), name -> new HashSet<>())
                            .add(change.id())) {
                added.computeIfAbsent(collection, one -> new ArrayList<>()).add(change.id());
                count++;
            }
        }
        added.forEach((collection, ids) -> chunks.add(new Chunk(collection, ids)));
    }

    int count() {
        return count;
    }

    List<Chunk> chunks() {
        return chunks;
    }
}
