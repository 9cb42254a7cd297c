package dev.pagurus.store.tck.serial;

import dev.pagurus.store.Capability;
import dev.pagurus.store.LongField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the parties of a {@link Scenario} read and write: a number, and a name that no two cells may share.
 *
 * @param value the number
 * @param name the name; null for most
 */
public record Cell(long value, @Nullable String name) {

    public static final LongField<Cell> VALUE = LongField.of("value", Cell::value);
    public static final TextField<Cell> NAME = TextField.of("name", Cell::name);
    static final Schema<Cell> SCHEMA =
            Schema.of("cells", Cell.class).index(VALUE).uniqueIndex(NAME);

    /** The same for stores without unique indexes. */
    public static final Schema<Cell> WITHOUT_UNIQUE =
            Schema.of("cells", Cell.class).index(VALUE).index(NAME);

    /** Returns the schema for a store with these capabilities. */
    public static Schema<Cell> schema(Set<Capability> capabilities) {
        return capabilities.contains(Capability.UNIQUE_INDEXES) ? SCHEMA : WITHOUT_UNIQUE;
    }

    public static Cell of(long value) {
        return new Cell(value, null);
    }
}
