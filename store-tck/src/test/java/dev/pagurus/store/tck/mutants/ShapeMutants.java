package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Group S: shapes of documents. */
final class ShapeMutants {

    private ShapeMutants() {}

    /** As before there were shapes. */
    @Breaks(Clause.S23)
    static Mutant aDefinitionIsRevisionFieldsAndIndexes() {
        return defining((draft, old, wanted) -> old != null && isSameRevision(old, wanted)
                ? wanted.withShape(old.definition().shape())
                : wanted);
    }

    @Breaks(Clause.S23)
    static Mutant whatDiffersInAShapeIsNotNamed() {
        return Mutant.source(
                "spi/SchemaDifferences",
                "differences.add(shown(path + was) + \" is \" + GONE);",
                "differences.add(path);");
    }

    @Breaks(Clause.S23)
    static Mutant anotherKindOfAPropertyIsNoDifference() {
        return Mutant.source(
                "spi/SchemaDifferences",
                "differences.add(shown(path) + \" is stored as\" + shown(was) + \" and declared as\" + shown(is));",
                "differences.remove(path);");
    }

    @Breaks(Clause.S23)
    static Mutant aTransactionComparesNoShapes() {
        return Mutant.source(
                "internal/Definitions",
                "SchemaChange.between(stored, wanted)",
                "SchemaChange.between(stored, wanted.withShape(null))");
    }

    @Breaks(Clause.S24)
    static Mutant theCatalogueForgetsShapesWhenItIsOpened() {
        return Mutant.engine((database, config) -> {
            database.change(draft -> {
                draft.definitions().forEach(one -> put(draft, one.withShape(null)));
                return true;
            });
            return new ReferenceEngine(database, config);
        });
    }

    @Breaks(Clause.S24)
    static Mutant aCopyHasNoShape() {
        return Mutant.source(
                "internal/copy/CopyTarget",
                "engine.define(collection, (from, id, body) -> {",
                "engine.define(collection.withShape(null), (from, id, body) -> {");
    }

    @Breaks(Clause.S24)
    static Mutant anExportHasNoShape() {
        return Mutant.source("spi/DefinitionText", "if (shape != null) {", "if (shape != null && shape.isEmpty()) {");
    }

    @Breaks(Clause.S24)
    static Mutant aCopyHashesTheShape() {
        return Mutant.source("internal/copy/ContentHash", "collection.withShape(null).text()", "collection.text()");
    }

    @Breaks(Clause.S24)
    static Mutant theLinesOfAShapeAreComparedInTheirOrder() {
        return Mutant.source("internal/value/ShapeText", "new TreeSet<>()", "new java.util.LinkedHashSet<>()");
    }

    @Breaks(Clause.S25)
    static Mutant whoKnowsNoShapeTakesItAway() {
        return defining((draft, old, wanted) -> {
                    if (old != null && wanted.shape() == null && isSameRevision(old, wanted)) {
                        put(draft, wanted);
                    }
                    return wanted;
                })
                .andSource("internal/Definitions", SchemaMutants.LOOKS_FIRST, "wanted.name().isEmpty()");
    }

    @Breaks(Clause.S25)
    static Mutant noShapeIsAnotherShape() {
        return defining((draft, old, wanted) -> {
                    if (old != null
                            && wanted.shape() == null
                            && isSameRevision(old, wanted)
                            && old.definition().shape() != null) {
                        throw new SchemaException("Another shape.");
                    }
                    return wanted;
                })
                .andSource("internal/Definitions", SchemaMutants.LOOKS_FIRST, "wanted.name().isEmpty()");
    }

    @Breaks(Clause.S26)
    static Mutant aNewRevisionKeepsTheOldShape() {
        return defining((draft, old, wanted) -> old == null || isSameRevision(old, wanted)
                ? wanted
                : wanted.withShape(old.definition().shape()));
    }

    @Breaks(Clause.S26)
    static Mutant aNewRevisionKeepsTheOldShapeIfItHasNone() {
        return defining((draft, old, wanted) -> old == null || wanted.shape() != null
                ? wanted
                : wanted.withShape(old.definition().shape()));
    }

    @Breaks(Clause.S27)
    static Mutant aShapeThatWasNotKnownIsNeverRecorded() {
        return defining((draft, old, wanted) ->
                old != null && isSameRevision(old, wanted) && old.definition().shape() == null
                        ? wanted.withShape(null)
                        : wanted);
    }

    @Breaks(Clause.S27)
    static Mutant everyDocumentIsFilledAnewToRecordAShape() {
        return Mutant.source(
                "tck/reference/Changes", "change.kind() == SchemaChange.Kind.SHAPE", "wanted.revision() < 0");
    }

    @Breaks(value = Clause.S27, race = true)
    static Mutant aShapeIsRecordedOverWhatWasReadBeforeTheLock() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void define(CollectionDefinition definition, Filler filler) {
                Table before = database.newest().table(definition.name());
                if (before == null || before.definition().shape() != null || !isSameRevision(before, definition)) {
                    super.define(definition, filler);
                    return;
                }
                for (int i = 0; i < 20; i++) {
                    Mutant.pause();
                }
                database.change(draft -> {
                    put(draft, definition);
                    return true;
                });
            }
        });
    }

    @Breaks(Clause.S27)
    static Mutant aTransactionUsesNoShapeThatIsNotRecorded() {
        return Mutant.source(
                "internal/Definitions",
                "change.kind() != SchemaChange.Kind.NONE && change.kind() != SchemaChange.Kind.SHAPE",
                "change.kind() != SchemaChange.Kind.NONE");
    }

    private static boolean isSameRevision(Table old, CollectionDefinition wanted) {
        return old.definition().revision() == wanted.revision();
    }

    private static void put(State draft, CollectionDefinition definition) {
        Table table = draft.table(definition.name());
        if (table != null) {
            draft.put(new Table(definition, new TreeMap<>(table.rows())));
        }
    }

    private interface Defining {
        CollectionDefinition instead(State draft, @Nullable Table old, CollectionDefinition wanted);
    }

    /** A collection gets another definition than the one that is wanted. */
    private static Mutant defining(Defining defining) {
        return Mutant.changes(new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                super.define(draft, defining.instead(draft, draft.table(wanted.name()), wanted), filler);
            }
        });
    }
}
