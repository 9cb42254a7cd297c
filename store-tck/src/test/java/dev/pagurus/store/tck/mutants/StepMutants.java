package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Group S: steps, drops and renames. */
final class StepMutants {

    private static final String MARKS = "pagurus_steps";

    private StepMutants() {}

    private static boolean isMark(Write write) {
        return write.collection().name().equals(MARKS);
    }

    /** Effects without a mark. */
    @Breaks(Clause.S40)
    static Mutant theMarkOfAStepIsLost() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome write(State draft, Write write, long now) {
                return isMark(write) && write.precondition().version() == null
                        ? new WriteOutcome.Written(now, now)
                        : super.write(draft, write, now);
            }
        });
    }

    /** A mark without effects, if the step fails. */
    @Breaks({Clause.S41, Clause.S44})
    static Mutant theMarkOfAStepIsCommittedBeforeItsWork() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                return isMark(writes.get(0)) ? engine.write(writes) : super.write(writes);
            }

            @Override
            protected boolean mustHold(Object answer) {
                // Or it would conflict with itself.
                return false;
            }
        });
    }

    @Breaks(value = Clause.S40, race = true)
    static Mutant stepsDoNotConflict() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            protected boolean mustHold(Object answer) {
                return false;
            }

            @Override
            protected <R> R read(Function<State, R> call) {
                Mutant.pause();
                return super.read(call);
            }
        });
    }

    @Breaks(Clause.S42)
    static Mutant theNameOfAStepMayBeAnything() {
        return Mutant.source("internal/Steps", "Texts.check(name, Schema.MAX_ID_BYTES, \"The name of a step\");", "");
    }

    @Breaks(Clause.S42)
    static Mutant blanksAroundTheNameOfAStepMakeAnother() {
        return Mutant.source("internal/Steps", "        requireTidy(name);\n", "");
    }

    @Breaks(Clause.S42)
    static Mutant theNameOfAStepIsLowered() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome write(State draft, Write write, long now) {
                return super.write(
                        draft,
                        isMark(write)
                                ? new Write(
                                        write.collection(),
                                        write.id().toLowerCase(Locale.ROOT),
                                        write.precondition(),
                                        write.content())
                                : write,
                        now);
            }
        });
    }

    @Breaks(Clause.S43)
    static Mutant aBatchThatIsNotFullIsNotGiven() {
        return Mutant.source(
                "internal/Steps", "if (documents.isEmpty()) {", "if (documents.size() < Scan.CHUNK_DOCUMENTS) {");
    }

    @Breaks(Clause.S43)
    static Mutant aStepMakesItsCollection() {
        return Mutant.source("internal/Steps", "definitions.mapping(over);", "definitions.define(over);");
    }

    @Breaks(Clause.S43)
    static Mutant aStepReadsAnyShape() {
        return Mutant.source(
                "internal/Steps", "&& !bodies.shape().equals(stored.shape())", "&& bodies.shape().isEmpty()");
    }

    @Breaks(Clause.S44)
    static Mutant aStepThatHasRunIsEveryStepOfItsName() {
        return Mutant.source(
                "internal/Steps",
                "if (found.version() != null && !Objects",
                "if (found.version() != null && !found.mark().done() && !Objects");
    }

    @Breaks(Clause.S45)
    static Mutant copiesLeaveTheMarksBehind() {
        return Mutant.source(
                "internal/copy/SessionSource",
                "!CopyMark.isMark(definition)",
                "!definition.name().startsWith(\"pagurus_\")");
    }

    @Breaks(Clause.S45)
    static Mutant theMarksAreShownAsACollection() {
        return Mutant.source("internal/OpenStore", " && !StepMark.isOf(one)", "");
    }

    @Breaks(Clause.S45)
    static Mutant aCopyKeepsTheMarksOfItsTarget() {
        return Mutant.source("internal/copy/StateCopy", "        forgetSteps(before);\n", "");
    }

    @Breaks(Clause.S45)
    static Mutant aCopyForgetsTheStepsOverCollectionsThatStay() {
        return Mutant.source("internal/copy/Copying", "            kept = KeptMarks.of(target, before);\n", "");
    }

    @Breaks(Clause.S45)
    static Mutant anImportTakesEachCollectionOfOurs() {
        return Mutant.source(
                "internal/copy/ExportSchema",
                "definition.equals(StepMark.COLLECTION)",
                "definition.name().startsWith(\"pagurus_\")");
    }

    @Breaks(Clause.S46)
    static Mutant aCollectionThatIsMadeAnewHasItsOldDocuments() {
        return Mutant.changes(() -> new Remembering() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                Table left = dropped.remove(wanted.name());
                if (left != null && draft.table(wanted.name()) == null) {
                    draft.put(new Table(left.definition(), new TreeMap<>(left.rows())));
                }
                super.define(draft, wanted, filler);
            }
        });
    }

    @Breaks(Clause.S46)
    static Mutant theUniqueValuesOfADroppedCollectionStayTaken() {
        return Mutant.changes(() -> new Remembering() {
            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                Table left = dropped.get(table.definition().name());
                Row row = row(id, old, body, now);
                for (IndexDefinition index : table.definition().indexes()) {
                    if (left != null
                            && index.unique()
                            && left.definition()
                                    .indexes()
                                    .equals(table.definition().indexes())
                            && holder(left.rows(), table.definition(), index, row) != null) {
                        return new WriteOutcome.UniqueViolation(index.name());
                    }
                }
                return super.store(table, id, old, body, now);
            }
        });
    }

    /** As the side table of a many-field that drop forgot. */
    @Breaks(Clause.S46)
    static Mutant theTagsOfADroppedCollectionAreFoundInTheNextOne() {
        Map<String, Table> left = new HashMap<>();
        Changes changes = new Changes() {
            @Override
            public boolean drop(State draft, String name) {
                Table table = draft.table(name);
                if (table != null) {
                    left.put(name, table);
                }
                return super.drop(draft, name);
            }
        };
        Answers answers = new FieldCounts() {
            @Override
            public Map<@Nullable Object, Long> countBy(
                    State state, CollectionDefinition collection, Condition filter, String field) {
                Map<@Nullable Object, Long> counts = new HashMap<>(super.countBy(state, collection, filter, field));
                Table old = left.get(collection.name());
                if (old != null && collection.kind(field) == FieldKind.MANY) {
                    for (Row row : old.rows().values()) {
                        if (row.value(old.definition(), field) instanceof List<?> values) {
                            values.forEach(value -> counts.merge(value, 1L, Long::sum));
                        }
                    }
                }
                return counts;
            }
        };
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config, answers, changes));
    }

    @Breaks(Clause.S46)
    static Mutant aDropTakesCollectionsAlongWhoseNamesBeginAlike() {
        return Mutant.changes(new Changes() {
            @Override
            public boolean drop(State draft, String name) {
                draft.definitions().stream()
                        .map(CollectionDefinition::name)
                        .filter(other -> other.startsWith(name + "_"))
                        .forEach(draft::remove);
                return super.drop(draft, name);
            }
        });
    }

    @Breaks(Clause.S46)
    static Mutant aDropForgetsTheVersions() {
        return Mutant.source(
                "tck/reference/Changes",
                "table.rows().values().forEach(row -> deleted.merge(name, row.version(), Math::max));",
                "");
    }

    @Breaks(Clause.S46)
    static Mutant aDropLeavesNoTombstone() {
        return Mutant.source("internal/Removing", "            tombstones.leave(stored, null);\n", "");
    }

    @Breaks(Clause.S46)
    static Mutant aTombstoneSpeaksOfItsOwnRevisionOnly() {
        return Mutant.source(
                "internal/Tombstones",
                "tombstone.revision() >= wanted.revision()",
                "tombstone.revision() == wanted.revision()");
    }

    @Breaks({Clause.S46, Clause.S48})
    static Mutant aTombstoneIsNotLookedAt() {
        return Mutant.source("internal/Definitions", "            tombstones.refuse(wanted, all);\n", "");
    }

    @Breaks(Clause.S48)
    static Mutant aRenameLeavesNoTombstone() {
        return Mutant.source("internal/Removing", "            tombstones.leave(stored, newName);\n", "");
    }

    @Breaks(Clause.S49)
    static Mutant whatIsNotThereIsRenamed() {
        return Mutant.source("internal/Removing", "                requireRenamedBefore(name, newName, all);\n", "");
    }

    @Breaks(Clause.S47)
    static Mutant aWriteIntoADroppedCollectionIsLost() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome write(State draft, Write write, long now) {
                boolean gone = draft.table(write.collection().name()) == null;
                return gone
                                && write.content() instanceof Content.Body
                                && write.precondition().version() == null
                        ? new WriteOutcome.Written(now, now)
                        : super.write(draft, write, now);
            }
        });
    }

    @Breaks(Clause.S47)
    static Mutant aWriteMakesADroppedCollectionAnew() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome write(State draft, Write write, long now) {
                if (draft.table(write.collection().name()) == null) {
                    draft.put(new Table(write.collection(), new TreeMap<>()));
                }
                return super.write(draft, write, now);
            }
        });
    }

    @Breaks(Clause.S47)
    static Mutant inADroppedCollectionThereAreNoDocuments() {
        return Mutant.answers(new Answers() {
            @Override
            public List<StoredDocument> get(State state, CollectionDefinition collection, List<String> ids) {
                return state.table(collection.name()) == null ? List.of() : super.get(state, collection, ids);
            }
        });
    }

    @Breaks(Clause.S47)
    static Mutant aHandleNeverLearnsThatACollectionWasDropped() {
        return Mutant.source("internal/OpenStore", "        sessions.whenOutdated(definitions::doubt);\n", "");
    }

    @Breaks(Clause.S48)
    static Mutant aRenamedCollectionLosesItsTags() {
        return renaming(table -> {
            NavigableMap<String, Row> rows = new TreeMap<>();
            table.rows()
                    .forEach((id, row) -> rows.put(
                            id, new Row(id, row.version(), row.createdAt(), row.body(), withoutTags(row.values()))));
            return new Table(table.definition(), rows);
        });
    }

    private static List<@Nullable Object> withoutTags(List<@Nullable Object> values) {
        List<@Nullable Object> without = new ArrayList<>(values);
        without.replaceAll(value -> value instanceof List<?> ? List.of() : value);
        return without;
    }

    @Breaks(Clause.S48)
    static Mutant aRenamedCollectionHasNewVersions() {
        return renaming(table -> {
            NavigableMap<String, Row> rows = new TreeMap<>();
            table.rows()
                    .forEach((id, row) ->
                            rows.put(id, new Row(id, row.version() + 1, row.createdAt(), row.body(), row.values())));
            return new Table(table.definition(), rows);
        });
    }

    @Breaks(Clause.S48)
    static Mutant aRenamedCollectionLosesItsIndexes() {
        return renaming(table -> new Table(
                new CollectionDefinition(
                        table.definition().name(),
                        table.definition().revision(),
                        table.definition().fields(),
                        List.of(),
                        table.definition().shape()),
                table.rows()));
    }

    /** As a store that has made the new one, and not got to the old one. */
    @Breaks(Clause.S48)
    static Mutant aRenamedCollectionIsThereTwice() {
        return Mutant.changes(new Changes() {
            @Override
            public void rename(State draft, String name, String newName, String target) {
                Table old = draft.table(name);
                super.rename(draft, name, newName, target);
                if (old != null) {
                    draft.put(old);
                }
            }
        });
    }

    @Breaks(Clause.S49)
    static Mutant whatIsInUseIsDropped() {
        return Mutant.source(
                "internal/Removing",
                "if (used != null && used == stored.revision()) {",
                "if (stored.revision() < 0) {");
    }

    @Breaks(Clause.S49)
    static Mutant aStepIsForgottenWhenItsCollectionIsDropped() {
        return Mutant.source("internal/Removing", "        steps.refuseUnfinishedOver(name);\n", "");
    }

    @Breaks(Clause.S49)
    static Mutant aRenameTakesThePlaceOfAnotherCollection() {
        return Mutant.source("internal/Removing", "            requireFree(stored, newName, find(all, newName));\n", "")
                .andSource("tck/reference/Changes", "if (draft.table(newName) != null) {", "if (name.isEmpty()) {");
    }

    /** Keeps what was dropped. */
    private abstract static class Remembering extends Changes {

        final Map<String, Table> dropped = new HashMap<>();

        @Override
        public boolean drop(State draft, String name) {
            Table table = draft.table(name);
            if (table != null) {
                dropped.put(name, table);
            }
            return super.drop(draft, name);
        }
    }

    /** A renamed collection is another one than it was. */
    private static Mutant renaming(UnaryOperator<Table> change) {
        return Mutant.changes(new Changes() {
            @Override
            public void rename(State draft, String name, String newName, String target) {
                super.rename(draft, name, newName, target);
                Table renamed = draft.table(newName);
                if (renamed != null) {
                    draft.put(change.apply(renamed));
                }
            }
        });
    }
}
