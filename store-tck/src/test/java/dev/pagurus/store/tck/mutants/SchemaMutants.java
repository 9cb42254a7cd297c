package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Group S: schemas. */
final class SchemaMutants {

    private static final int CHUNK = 500;

    /** What keeps an engine from being asked for what it has, but in a race. */
    static final String LOOKS_FIRST = "there != null && there.serves(wanted)";

    private SchemaMutants() {}

    @Breaks(Clause.S1)
    static Mutant aDefinitionMakesTheTableAnew() {
        return defining((draft, old, wanted) -> {
                    if (old != null && old.definition().equals(wanted)) {
                        draft.put(new Table(wanted, new TreeMap<>()));
                    }
                    return true;
                })
                .andSource("internal/Definitions", LOOKS_FIRST, "wanted.name().isEmpty()");
    }

    @Breaks(Clause.S2)
    static Mutant onlyTheFirstChunkIsRefilled() {
        return Mutant.changes(new Changes() {
            private int filled;

            @Override
            public Row fill(int from, Row row, Filler filler) {
                Row refilled = super.fill(from, row, filler);
                return filled++ < CHUNK ? refilled : empty(refilled);
            }
        });
    }

    @Breaks(Clause.S3)
    static Mutant aUniqueIndexThatWasDroppedStillForbids() {
        Set<IndexDefinition> dropped = new HashSet<>();
        return Mutant.changes(new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                Table old = draft.table(wanted.name());
                if (old != null) {
                    dropped.addAll(old.definition().indexes());
                }
                super.define(draft, wanted, filler);
            }

            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                Row row = row(id, old, body, now);
                for (IndexDefinition index : dropped) {
                    if (index.unique() && holder(table.rows(), table.definition(), index, row) != null) {
                        return new WriteOutcome.UniqueViolation(index.name());
                    }
                }
                return super.store(table, id, old, body, now);
            }
        });
    }

    @Breaks(Clause.S4)
    static Mutant aFieldThatChangesItsTypeStaysEmpty() {
        return refilling((was, is, kept, filled) -> was != null && was.kind() != is.kind() ? null : filled);
    }

    @Breaks(Clause.S5)
    static Mutant onlyNewFieldsAreFilled() {
        return refilling((was, is, kept, filled) -> was != null && was.kind() == is.kind() ? kept : filled);
    }

    @Breaks(Clause.S6)
    static Mutant aNewUniqueIndexForbidsNothing() {
        Set<IndexDefinition> first = new HashSet<>();
        return Mutant.changes(new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                if (draft.table(wanted.name()) == null) {
                    first.addAll(wanted.indexes());
                }
                super.define(draft, wanted, filler);
            }

            @Override
            public @Nullable Row holder(
                    NavigableMap<String, Row> rows, CollectionDefinition definition, IndexDefinition index, Row row) {
                return first.contains(index) ? super.holder(rows, definition, index, row) : null;
            }
        });
    }

    @Breaks(Clause.S7)
    static Mutant aNewUniqueIndexOverlooksDuplicates() {
        return Mutant.changes(new Changes() {
            @Override
            public void refuseDuplicate(NavigableMap<String, Row> rows, CollectionDefinition wanted, Row row) {
                // As an index that is only asked for new documents.
            }
        });
    }

    @Breaks(Clause.S7)
    static Mutant theCatalogueIsChangedBeforeDuplicatesAreFound() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void define(CollectionDefinition definition, Filler filler) {
                try {
                    super.define(definition, filler);
                } catch (SchemaException e) {
                    database.change(draft -> {
                        Table old = draft.table(definition.name());
                        if (old != null) {
                            draft.put(new Table(definition, new TreeMap<>(old.rows())));
                        }
                        return true;
                    });
                    throw e;
                }
            }
        });
    }

    @Breaks(Clause.S8)
    static Mutant theCatalogueKnowsNoIndexes() {
        return defining((draft, old, wanted) -> old == null
                || old.definition().revision() != wanted.revision()
                || !old.definition().fields().equals(wanted.fields()));
    }

    @Breaks(Clause.S9)
    static Mutant aLowerRevisionIsTakenForTheSame() {
        return defining((draft, old, wanted) -> old == null || old.definition().revision() <= wanted.revision());
    }

    @Breaks(Clause.S10)
    static Mutant theRevisionOfAWriteIsNotCompared() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome write(State draft, Write write, long now) {
                Table table = draft.table(write.collection().name());
                return table == null
                        ? super.write(draft, write, now)
                        : super.write(
                                draft,
                                new Write(table.definition(), write.id(), write.precondition(), write.content()),
                                now);
            }
        });
    }

    @Breaks(Clause.S11)
    static Mutant theRevisionOfASearchIsNotCompared() {
        return Mutant.source(
                "tck/reference/Answers", "table.definition().revision() != wanted.revision()", "wanted.revision() < 0");
    }

    @Breaks(Clause.S11)
    static Mutant aSearchOfAnOldRevisionFailsInTheWordsOfTheEngine() {
        return Mutant.source(
                "tck/reference/Answers",
                "throw SchemaChange.outdated(wanted);",
                "throw new SchemaException(\"relation \" + wanted.name() + \" does not exist\");");
    }

    @Breaks(value = Clause.S12, race = true)
    static Mutant aDefinitionIsMadeFromWhatWasReadBeforeTheLock() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void define(CollectionDefinition definition, Filler filler) {
                State before = database.newest().draft();
                changes().define(before, definition, filler);
                for (int i = 0; i < 20; i++) {
                    Mutant.pause();
                }
                database.commit(before);
            }
        });
    }

    /** As PostgreSQL shows a table that is rewritten. */
    @Breaks(value = Clause.S13, race = true)
    static Mutant theCollectionIsEmptyWhileItIsUpgraded() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void define(CollectionDefinition definition, Filler filler) {
                Table old = database.newest().table(definition.name());
                if (old == null || old.definition().equals(definition)) {
                    super.define(definition, filler);
                    return;
                }
                replace(new Table(old.definition(), new TreeMap<>()));
                for (int i = 0; i < 100; i++) {
                    Mutant.pause();
                }
                replace(old);
                super.define(definition, filler);
            }

            private void replace(Table table) {
                database.change(draft -> {
                    draft.put(table);
                    return true;
                });
            }
        });
    }

    @Breaks(Clause.S14)
    static Mutant aDocumentThatCannotBeFilledIsLeftEmpty() {
        return Mutant.changes(new Changes() {
            @Override
            public Row fill(int from, Row row, Filler filler) {
                try {
                    return super.fill(from, row, filler);
                } catch (RuntimeException e) {
                    return empty(row);
                }
            }
        });
    }

    @Breaks(Clause.S15)
    static Mutant anUpgradeDropsTheIndexesOfOthersWhoseNamesBeginAlike() {
        return defining((draft, old, wanted) -> {
            for (CollectionDefinition other : draft.definitions()) {
                Table table = draft.table(other.name());
                if (old != null && table != null && other.name().startsWith(wanted.name() + "_")) {
                    draft.put(new Table(
                            new CollectionDefinition(other.name(), other.revision(), other.fields(), List.of()),
                            new TreeMap<>(table.rows())));
                }
            }
            return true;
        });
    }

    @Breaks(Clause.S16)
    static Mutant wordsOfSqlAreSyntaxErrors() {
        return defining((draft, old, wanted) -> {
            if (Set.of("select", "table", "order").contains(wanted.name())) {
                throw new UnavailableException("syntax error at or near \"" + wanted.name() + "\"", null);
            }
            return true;
        });
    }

    @Breaks(Clause.S16)
    static Mutant aRevisionMayBeZero() {
        return Mutant.source("Schema", "if (number < 1) {", "if (number < 0) {");
    }

    @Breaks(Clause.S18)
    static Mutant aSchemaHasAnyNumberOfFields() {
        return Mutant.source("Declared", "if (declared.size() == Schema.MAX_FIELDS) {", "if (declared.size() < 0) {");
    }

    /** As on an engine whose row must fit on a page. */
    @Breaks(Clause.S18)
    static Mutant aRowIsTooWide() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome store(State.Table table, String id, @Nullable Row old, Content.Body body, long now) {
                if (body.values().size() > 100) {
                    throw new UnavailableException("row is too big");
                }
                return super.store(table, id, old, body, now);
            }
        });
    }

    @Breaks(Clause.S17)
    static Mutant refillingIsAWriteOfTheDocument() {
        return Mutant.changes(new Changes() {
            @Override
            public Row fill(int from, Row row, Filler filler) {
                Row filled = super.fill(from, row, filler);
                return new Row(filled.id(), filled.version() + 1, filled.createdAt(), filled.body(), filled.values());
            }
        });
    }

    private interface Defining {
        boolean goOn(State draft, @Nullable Table old, CollectionDefinition wanted);
    }

    /** Something else happens before a definition, or in its place. */
    private static Mutant defining(Defining defining) {
        return Mutant.changes(new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                if (defining.goOn(draft, draft.table(wanted.name()), wanted)) {
                    super.define(draft, wanted, filler);
                }
            }
        });
    }

    private interface Refilling {
        @Nullable
        Object value(@Nullable FieldDefinition was, FieldDefinition is, @Nullable Object kept, @Nullable Object filled);
    }

    /** An upgrade fills fields with something else. */
    private static Mutant refilling(Refilling refilling) {
        return Mutant.changes(new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                Table old = draft.table(wanted.name());
                super.define(draft, wanted, filler);
                Table filled = draft.table(wanted.name());
                if (old == null || filled == null || old.definition().equals(wanted)) {
                    return;
                }
                NavigableMap<String, Row> rows = new TreeMap<>();
                filled.rows().forEach((id, row) -> {
                    List<@Nullable Object> values = new ArrayList<>();
                    for (FieldDefinition is : wanted.fields()) {
                        FieldDefinition was = old.definition().fields().stream()
                                .filter(field -> field.name().equals(is.name()))
                                .findFirst()
                                .orElse(null);
                        Row before = old.rows().get(id);
                        Object kept = was == null || before == null ? null : before.value(old.definition(), was.name());
                        values.add(refilling.value(was, is, kept, row.value(wanted, is.name())));
                    }
                    rows.put(id, new Row(id, row.version(), row.createdAt(), row.body(), values));
                });
                draft.put(new Table(wanted, rows));
            }
        });
    }

    private static Row empty(Row row) {
        List<@Nullable Object> nothing = new ArrayList<>();
        row.values().forEach(value -> nothing.add(value instanceof List<?> ? List.of() : null));
        return new Row(row.id(), row.version(), row.createdAt(), row.body(), nothing);
    }
}
