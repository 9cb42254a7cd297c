package dev.pagurus.store.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.spi.SchemaChange.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is done about a shape, and what is said about it. */
class SchemaChangeTest {

    private static final CollectionDefinition NOTES = new CollectionDefinition(
            "notes",
            1,
            List.of(new FieldDefinition("title", FieldKind.TEXT, 1024)),
            List.of(new IndexDefinition("title", false, List.of(new Sort("title", false)))));

    private static CollectionDefinition raised(CollectionDefinition one) {
        return new CollectionDefinition(one.name(), 2, one.fields(), one.indexes(), one.shape());
    }

    @Test
    void aShapeIsComparedWhereBothAreKnown() {
        CollectionDefinition shaped = NOTES.withShape("title text");
        assertThat(SchemaChange.between(null, shaped).kind()).isEqualTo(Kind.CREATE);
        assertThat(SchemaChange.between(NOTES, NOTES).kind()).isEqualTo(Kind.NONE);
        assertThat(SchemaChange.between(shaped, shaped).kind()).isEqualTo(Kind.NONE);
        assertThat(SchemaChange.between(shaped, NOTES).kind()).isEqualTo(Kind.NONE);
        assertThat(SchemaChange.between(NOTES, shaped).kind()).isEqualTo(Kind.SHAPE);
        assertThat(SchemaChange.between(NOTES, NOTES.withShape("")).kind()).isEqualTo(Kind.SHAPE);
        assertThat(SchemaChange.between(shaped, raised(NOTES)).kind()).isEqualTo(Kind.UPGRADE);
        assertThat(SchemaChange.between(shaped, raised(NOTES.withShape("x text")))
                        .addedFields())
                .isEmpty();
        assertThatThrownBy(() -> SchemaChange.between(raised(NOTES), shaped))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("newer version");
    }

    @Test
    void aDifferenceOfShapesIsSaidLineByLine() {
        CollectionDefinition stored = NOTES.withShape("author.name text\npriority integer\ntitle text");
        CollectionDefinition wanted = NOTES.withShape("author.name text\nheadline text\npriority text");
        assertThatThrownBy(() -> SchemaChange.between(stored, wanted))
                .hasMessage("Collection 'notes' is stored with another shape of its documents at the same revision 1:"
                        + " headline text is declared but not stored,"
                        + " priority is stored as integer and declared as text,"
                        + " title text is stored but not declared."
                        + " Nothing was changed. Raise the revision: Schema.revision(2), and say with upgrade(1, ...)"
                        + " what becomes of stored documents, if they have to change.");
    }

    @Test
    void fieldsComeBeforeTheShape() {
        CollectionDefinition stored = NOTES.withShape("a text");
        CollectionDefinition wanted = new CollectionDefinition("notes", 1, NOTES.fields(), List.of(), "b text");
        assertThatThrownBy(() -> SchemaChange.between(stored, wanted))
                .hasMessageContaining("another definition and another shape of its documents")
                .hasMessageContaining(": index title is stored but not declared, a text is stored but not declared,"
                        + " b text is declared but not stored.");
        assertThatThrownBy(() -> SchemaChange.between(stored, wanted.withShape(null)))
                .hasMessageContaining("with another definition at the same revision 1: index title is stored")
                .hasMessageEndingWith("Raise the revision: Schema.revision(2).");
    }

    /** A codec of somebody's own may say anything. */
    @Test
    void whateverALineSaysItIsNamed() {
        assertThatThrownBy(() -> SchemaChange.between(
                        NOTES.withShape("children[] as .\nodd\ndue date instant"),
                        NOTES.withShape("children[] as x\neven\ndue date text\ndue day text")))
                .hasMessageContaining("children[] is stored as as . and declared as as x")
                .hasMessageContaining("odd is stored but not declared")
                .hasMessageContaining("even is declared but not stored")
                .hasMessageContaining("due is stored as date instant and declared as date text or day text");
        assertThatThrownBy(() -> SchemaChange.between(NOTES.withShape("a x\nb x"), NOTES.withShape("b x\na x")))
                .hasMessageContaining("the order of the shape's lines");
        assertThatThrownBy(() -> SchemaChange.between(NOTES.withShape("a x"), NOTES.withShape("b".repeat(9_000))))
                .hasMessageContaining("bbb... is declared but not stored")
                .satisfies(refused -> assertThat(refused.getMessage()).hasSizeLessThan(700));
    }
}
