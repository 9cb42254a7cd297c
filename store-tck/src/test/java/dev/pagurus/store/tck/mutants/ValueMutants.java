package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Group V: values. */
final class ValueMutants {

    private static final long MILLISECOND = 1000;

    private ValueMutants() {}

    @Breaks(Clause.V11)
    static Mutant aTimeIsTruncatedToMilliseconds() {
        return storing((kind, value) ->
                kind == FieldKind.INSTANT ? (Object) ((Long) value / MILLISECOND * MILLISECOND) : value);
    }

    @Breaks(Clause.V14)
    static Mutant anEmptyTextIsNull() {
        return storing((kind, value) -> value.equals("") ? null : value);
    }

    /** Something else than the value reaches the column. */
    private static Mutant storing(BiFunction<FieldKind, Object, @Nullable Object> change) {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                Content.Body changed =
                        new Content.Body(body.text(), changed(table.definition(), body.values(), change));
                return super.store(table, id, old, changed, now);
            }
        });
    }

    private static List<@Nullable Object> changed(
            CollectionDefinition definition,
            List<@Nullable Object> values,
            BiFunction<FieldKind, Object, @Nullable Object> change) {
        List<@Nullable Object> changed = new ArrayList<>();
        for (Object value : values) {
            FieldKind kind = definition.fields().get(changed.size()).kind();
            changed.add(value == null ? null : change.apply(kind, value));
        }
        return changed;
    }
}
