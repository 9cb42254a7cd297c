package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.Measure;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers whose counts by value of a field can be broken apart from all other groups. */
class FieldCounts extends Answers {

    /** Counts the documents that match, by value of a field; the map may be changed. */
    Map<@Nullable Object, Long> countBy(State state, CollectionDefinition collection, Condition filter, String field) {
        Map<@Nullable Object, Long> counts = new HashMap<>();
        super.groups(state, new Grouping(collection, filter, List.of(field), List.of(Measure.DOCUMENTS), null))
                .forEach(group ->
                        counts.put(group.key().get(0), (Long) group.values().get(0)));
        return counts;
    }

    @Override
    public List<Group> groups(State state, Grouping grouping) {
        if (grouping.by().size() != 1 || !grouping.measures().equals(List.of(Measure.DOCUMENTS))) {
            return super.groups(state, grouping);
        }
        List<Group> groups = new ArrayList<>();
        countBy(state, grouping.collection(), grouping.filter(), grouping.by().get(0))
                .forEach((value, count) -> groups.add(new Group(Collections.singletonList(value), List.of(count))));
        return groups;
    }
}
