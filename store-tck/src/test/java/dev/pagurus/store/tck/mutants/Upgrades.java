package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a broken upgrade does with documents that it does not refill. */
final class Upgrades {

    private Upgrades() {}

    /** Returns the columns of a document that are kept, with nothing in those that come. */
    static List<@Nullable Object> carried(Table old, String id, CollectionDefinition wanted) {
        Row row = Objects.requireNonNull(old.rows().get(id), id);
        List<@Nullable Object> values = new ArrayList<>();
        for (FieldDefinition field : wanted.fields()) {
            boolean stays = old.definition().fields().stream()
                    .anyMatch(one -> one.name().equals(field.name()) && one.kind() == field.kind());
            values.add(
                    stays
                            ? row.value(old.definition(), field.name())
                            : field.kind().isMany() ? List.of() : null);
        }
        return values;
    }
}
