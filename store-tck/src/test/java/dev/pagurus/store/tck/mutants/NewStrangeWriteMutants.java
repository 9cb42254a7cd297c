package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.spi.ChangeChunk;
import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.ScanPlan;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.ChangeLog;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.Feeds;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * More broken stores of the kind of {@link StrangeMutants}, about writing and what is around it: thought of by somebody who had
 * read the guide, the contract and the SPI, and no clause of the kit.
 */
final class NewStrangeWriteMutants {

    private NewStrangeWriteMutants() {}

    /**
     * W23. A statement takes 65,535 parameters, so a list is cut by the number of its columns, and each part but the first
     * begins one too late: of a bulk write of 2,000 documents of 32 fields, one is counted and is not there.
     */
    @Breaks(Clause.W23)
    static Mutant theDocumentBetweenTwoStatementsOfAWideListIsLost() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private static final int PARAMETERS = 65_535;
            private static final int OWN_COLUMNS = 4;

            @Override
            public List<WriteOutcome> write(State draft, List<Write> writes, long now) {
                if (writes.isEmpty()) {
                    return super.write(draft, writes, now);
                }
                int columns = OWN_COLUMNS + writes.get(0).collection().fields().size();
                int part = PARAMETERS / columns;
                List<WriteOutcome> outcomes = new ArrayList<>();
                for (int i = 0; i < writes.size(); i++) {
                    boolean between = i > 0 && i % part == 0 && writes.get(i).content() instanceof Content.Body;
                    outcomes.add(
                            between
                                    ? new WriteOutcome.Written(now, now)
                                    : changes().write(draft, writes.get(i), now));
                }
                return outcomes;
            }
        });
    }

    /**
     * K1. Candidates are cut at 8 MiB of bodies, as each scan is, and are said to be all that there are: a claim of 20 documents
     * of a mebibyte each takes eight.
     */
    @Breaks(Clause.K1)
    static Mutant candidatesThatFillAChunkAreSaidToBeAll() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public Chunk candidates(Scan scan) {
                Chunk chunk = super.candidates(scan);
                return chunk.documents().size() < scan.maxDocuments() ? new Chunk(chunk.documents(), null) : chunk;
            }
        });
    }

    /**
     * W34. What an upgrade sets aside is not remembered as deleted: with the clock set back, a document that is written under its
     * id has a lower version, and a version that was read before may match one day.
     */
    @Breaks(Clause.W34)
    static Mutant theVersionsOfWhatIsSetAsideAreForgotten() {
        return Mutant.source("tck/reference/Changes", "deleted.merge(of.name(), row.version(), Math::max);", "");
    }

    /**
     * T5. The savepoint is set behind each list of writes that was done, and not behind a deleteAll: a refused write, though
     * caught, brings back what the transaction had deleted by query just before.
     */
    @Breaks(Clause.W44)
    static Mutant aRefusedWriteUndoesTheDeleteAllBeforeIt() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private final Map<String, List<Row>> sinceTheSavepoint = new LinkedHashMap<>();

            @Override
            public long deleteAll(CollectionDefinition collection, Condition filter) {
                List<Row> rows = read(state ->
                                new Unvalidated<>(engine.answers().matching(state, collection, filter)))
                        .answer();
                long deleted = super.deleteAll(collection, filter);
                sinceTheSavepoint
                        .computeIfAbsent(collection.name(), first -> new ArrayList<>())
                        .addAll(rows);
                return deleted;
            }

            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                List<WriteOutcome> outcomes = super.write(writes);
                boolean done = outcomes.stream()
                        .allMatch(one -> one instanceof WriteOutcome.Written || one instanceof WriteOutcome.Deleted);
                if (!done) {
                    Map<String, List<Row>> undone = new LinkedHashMap<>(sinceTheSavepoint);
                    read(state -> undo(state, undone));
                }
                sinceTheSavepoint.clear();
                return outcomes;
            }

            private boolean undo(State state, Map<String, List<Row>> undone) {
                undone.forEach((name, rows) -> {
                    Table table = state.table(name);
                    if (table != null) {
                        rows.forEach(row -> state.changing(table).rows().putIfAbsent(row.id(), row));
                    }
                });
                return true;
            }
        });
    }

    /**
     * W10, and the guide: "createdAt is the time of the write". Versions and creation times within a transaction are those of its
     * beginning, as the now() of many databases is, though the clock has moved on.
     */
    @Breaks(Clause.R9)
    static Mutant aTransactionWritesAtTheTimeOfItsBeginning() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private final long began = engine.now();

            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                Map<String, Long> deleted = engine.changes().deleted();
                return read(state -> {
                    state.afterDeleting(deleted);
                    return engine.write(state, writes, began);
                });
            }
        });
    }

    /** X20. Copies are loaded by lines of text in which \N stands for null: a field that says so is null in the copy. */
    @Breaks(Clause.X20)
    static Mutant theWordForNullIsNullInACopy() {
        return Mutant.changes(() -> new Changes() {
            @Override
            public void load(State draft, CollectionDefinition collection, List<StoredRow> rows) {
                super.load(draft, collection, rows.stream().map(this::read).toList());
            }

            private StoredRow read(StoredRow row) {
                List<@Nullable Object> values = new ArrayList<>(row.values());
                values.replaceAll(value -> Objects.equals(value, "\\N") ? null : value);
                return new StoredRow(row.document(), values);
            }
        });
    }

    /**
     * F10. The log is joined with the documents of all collections of the feed by id alone: a deletion is shown as the document
     * that another collection has under the same id.
     */
    @Breaks(Clause.R9)
    static Mutant aDeletionIsHiddenByTheSameIdInAnotherCollection() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public ChangeChunk changes(ChangeScan scan) {
                Feeds joined = new Feeds() {
                    @Override
                    public @Nullable StoredDocument document(State state, ChangeLog.Entry entry) {
                        StoredDocument own = super.document(state, entry);
                        return own != null ? own : ofAnother(state, scan.collections(), entry.id());
                    }
                };
                return read(state -> joined.changes(state, scan));
            }

            private @Nullable StoredDocument ofAnother(State state, List<CollectionDefinition> collections, String id) {
                for (CollectionDefinition collection : collections) {
                    List<StoredDocument> found = answers().get(state, collection, List.of(id));
                    if (!found.isEmpty()) {
                        return found.get(0);
                    }
                }
                return null;
            }
        });
    }

    /**
     * F12. Where several collections keep their changes, the log is pruned by the shortest retention of all: of the others,
     * changes are forgotten that are younger than theirs.
     */
    @Breaks(Clause.F12)
    static Mutant theShortestRetentionIsThatOfAllCollections() {
        return Mutant.source(
                "tck/reference/ChangeLog",
                "mark.at() <= now - Micros.of(feed.retention())",
                "mark.at() <= now - feeds.values().stream().mapToLong(one -> Micros.of(one.retention())).min().orElse(0)");
    }

    /**
     * X3, R1. The server remembers ids that were looked for and not there, until somebody writes to their collection; a load by a
     * copy or an import does not tell it: a document of the copy is not found by its id, until the next write.
     */
    @Breaks(Clause.X20)
    static Mutant whatWasLookedForBeforeACopyStaysMissing() {
        Beside<Missing> missing = new Beside<>(database -> new Missing());
        return Mutant.engine((database, config) ->
                new ReferenceEngine(database, config, new Answers(), new Changes() {
                    @Override
                    public void load(State draft, CollectionDefinition collection, List<StoredRow> rows) {
                        Table before = draft.table(collection.name());
                        super.load(draft, collection, rows);
                        Table after = draft.table(collection.name());
                        if (before != null && after != null) {
                            missing.of(database).loaded(before, after);
                        }
                    }
                }) {
                    @Override
                    public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
                        return read(state -> {
                            Table table = state.table(collection.name());
                            if (table == null) {
                                return answers().get(state, collection, ids);
                            }
                            Set<String> known = missing.of(database).in(table);
                            List<StoredDocument> found = answers()
                                    .get(
                                            state,
                                            collection,
                                            ids.stream()
                                                    .filter(id -> !known.contains(id))
                                                    .toList());
                            ids.stream()
                                    .filter(id -> !table.rows().containsKey(id))
                                    .forEach(known::add);
                            return found;
                        });
                    }
                });
    }

    /** The ids that were not there, by collection, as long as it is the same one or was only loaded into. */
    private static final class Missing {

        private final Map<String, Known> known = new ConcurrentHashMap<>();
        private final Map<String, Loaded> loads = new ConcurrentHashMap<>();

        private record Known(Table as, Set<String> ids) {}

        private record Loaded(Table table, Table like) {}

        void loaded(Table before, Table after) {
            loads.put(after.definition().name(), new Loaded(after, like(before)));
        }

        @SuppressWarnings("ReferenceEquality") // one that was changed is another one
        Set<String> in(Table table) {
            Table as = like(table);
            return Objects.requireNonNull(known.compute(
                            table.definition().name(),
                            (name, there) -> there != null && there.as() == as
                                    ? there
                                    : new Known(as, ConcurrentHashMap.newKeySet())))
                    .ids();
        }

        @SuppressWarnings("ReferenceEquality") // one that was changed is another one
        private Table like(Table table) {
            Loaded last = loads.get(table.definition().name());
            return last != null && last.table() == table ? last.like() : table;
        }
    }

    /**
     * S47, S11. Candidates of a claim are read by a statement of its own, whose errors about tables and columns count as "nothing
     * there": a worker whose queue was dropped, renamed or upgraded elsewhere is not refused, and idles for ever.
     */
    @Breaks({Clause.S10, Clause.S47})
    static Mutant aClaimOfWhatIsGoneFindsNothing() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public Chunk candidates(Scan scan) {
                try {
                    return super.candidates(scan);
                } catch (SchemaException e) {
                    return new Chunk(List.of(), null);
                }
            }
        });
    }

    /** L16, F28. Who asks for changes and gets none has waited inside of the driver, which takes the interrupt. */
    @Breaks(Clause.L16)
    static Mutant anEmptyPageOfChangesTakesTheInterrupt() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public ChangeChunk changes(ChangeScan scan) {
                ChangeChunk chunk = super.changes(scan);
                if (chunk.changes().isEmpty() && Thread.interrupted()) {
                    return chunk;
                }
                return chunk;
            }
        });
    }

    /** O10. Texts are bound, but an instant is a number and stands in the statement, and so in the plan that explain shows. */
    @Breaks(Clause.O10)
    static Mutant thePlanShowsInstants() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public ScanPlan explain(Scan scan) {
                ScanPlan plan = super.explain(scan);
                StringBuilder text = new StringBuilder(plan.text());
                show(scan.collection(), scan.filter(), text);
                return new ScanPlan(plan.way(), plan.matching(), text.toString());
            }

            private void show(CollectionDefinition collection, Condition filter, StringBuilder text) {
                if (filter instanceof Condition.And and) {
                    and.conditions().forEach(one -> show(collection, one, text));
                } else if (filter instanceof Condition.Or or) {
                    or.conditions().forEach(one -> show(collection, one, text));
                } else if (filter instanceof Condition.Compare compare
                        && collection.fields().stream()
                                .anyMatch(field ->
                                        field.name().equals(compare.field()) && field.kind() == FieldKind.INSTANT)) {
                    text.append("\n  WHERE ")
                            .append(compare.field())
                            .append(' ')
                            .append(compare.operator())
                            .append(' ')
                            .append(compare.value());
                }
            }
        });
    }
}
