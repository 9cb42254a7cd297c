package dev.pagurus.store.tck.schemas;

import static dev.pagurus.store.tck.schemas.Shaped.notes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import java.util.function.Supplier;

/** Shapes of notes, and how a store says which one it knows. */
abstract class ShapeGroup extends ClauseGroup {

    static final String TITLED = "author.name text\ntags[] text\ntitle text";
    static final String WITH_DUE = TITLED + "\ndue instant";
    static final String RENAMED = TITLED.replace("title", "headline");

    ShapeGroup(Supplier<StoreFixture> fixture) {
        super(fixture);
    }

    static void requireShape(Store handle, String shape) {
        requireShape(handle, shape, 1);
    }

    /** Another shape is refused, and this one is not. */
    static void requireShape(Store handle, String shape, int revision) {
        requireRefused(handle, notes("z.only.here text").revision(revision), "z.only.here text is declared");
        handle.collection(notes(shape).revision(revision));
    }

    static SchemaException requireRefused(Store handle, Schema<String> schema, String... differences) {
        String shape = String.valueOf(schema.codec().shape());
        Throwable refused = catchThrowable(() -> handle.collection(schema));
        assertThat(refused)
                .as(
                        "what collection(...) threw, asked for revision %d with the shape '%s'",
                        schema.revision(), shape.substring(0, Math.min(200, shape.length())))
                .isInstanceOf(SchemaException.class);
        assertThat(refused.getMessage())
                .as("the message")
                .contains("'notes'", "same revision " + schema.revision(), "Nothing was changed")
                .contains("Schema.revision(" + (schema.revision() + 1) + ")")
                .contains(differences);
        return (SchemaException) refused;
    }
}
