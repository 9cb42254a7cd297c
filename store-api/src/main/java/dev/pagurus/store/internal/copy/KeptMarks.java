package dev.pagurus.store.internal.copy;

import dev.pagurus.store.internal.value.StepMark;
import dev.pagurus.store.spi.CollectionDefinition;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The marks of steps over collections that stay in a target, for the source has none of their names: what has run over their
 * documents is not to run again.
 *
 * @param collections by the id of the mark, over which collection it is
 */
record KeptMarks(Map<String, String> collections) {

    /**
     * Finds them before anything is changed.
     *
     * @param before what the target has
     */
    static KeptMarks of(CopyTarget target, List<CollectionDefinition> before) {
        if (before.stream().noneMatch(StepMark::isOf)) {
            return new KeptMarks(Map.of());
        }
        Set<String> there = before.stream().map(CollectionDefinition::name).collect(Collectors.toSet());
        return target.retried("reading of the copy's target", () -> {
            Map<String, String> marks = new HashMap<>();
            target.engine().forEach(StepMark.COLLECTION, stored -> {
                if (StepMark.isStep(stored)
                        && there.contains(StepMark.of(stored).over())) {
                    marks.put(stored.id(), StepMark.of(stored).over());
                }
            });
            return new KeptMarks(marks);
        });
    }

    /** Returns the ids of those that stay whatever this state of the source has. */
    Set<String> beside(CopySource source) {
        Set<String> names =
                source.definitions().stream().map(CollectionDefinition::name).collect(Collectors.toSet());
        Set<String> ids = new HashSet<>();
        collections.forEach((id, over) -> {
            if (!names.contains(over)) {
                ids.add(id);
            }
        });
        return ids;
    }
}
