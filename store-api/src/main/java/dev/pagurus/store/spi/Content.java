package dev.pagurus.store.spi;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a write leaves behind. */
public sealed interface Content {

    /**
     * A body and its fields. The engine gives it a version, its clock raised to the last version plus one, and keeps the
     * creation time of a document that is there. Its clock is {@link dev.pagurus.store.StoreConfig#clock()} if there is
     * one, otherwise its own, in {@link Micros}; see {@link Micros#now} and {@link Write#document}.
     *
     * @param text the body, kept byte for byte
     * @param values the fields' values, in the order of the definition, as {@link FieldKind} says
     */
    record Body(String text, List<@Nullable Object> values) implements Content {}

    /** Nothing: the document is deleted. */
    record Delete() implements Content {}
}
