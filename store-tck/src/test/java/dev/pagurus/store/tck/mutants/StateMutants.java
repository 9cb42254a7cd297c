package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What is of two states at sizes where engines are tempted. */
final class StateMutants {

    private static final int PARAMETERS = 5_000;
    private static final int LONG_LIST = 15;
    private static final int LARGE = 2_000;
    private static final long A_SECOND = 1_000_000_000;

    private StateMutants() {}

    @Breaks(value = Clause.R5, race = true)
    static Mutant getAllAsksForFiveThousandIdsAtATime() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
                List<StoredDocument> found = new ArrayList<>();
                for (int i = 0; i < ids.size(); i += PARAMETERS) {
                    found.addAll(super.get(collection, ids.subList(i, Math.min(ids.size(), i + PARAMETERS))));
                    Mutant.pause();
                }
                return found;
            }
        });
    }

    /** As a cursor that a pool has closed, and that is opened again. */
    @Breaks(value = Clause.Q27, race = true)
    static Mutant aListGoesOnInANewerStateAfterFifteenChunks() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private int chunks;

            @Override
            public Chunk scan(Scan scan) {
                return mode == SessionMode.READ && ++chunks > LONG_LIST ? engine.scan(scan) : super.scan(scan);
            }
        });
    }

    /** As a reader whose last statement is asked again after a time-out. */
    @Breaks(value = Clause.Q27, race = true)
    static Mutant theLastChunkOfAListIsOfItsOwnState() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public Chunk scan(Scan scan) {
                Chunk chunk = super.scan(scan);
                return mode == SessionMode.READ && chunk.next() == null ? engine.scan(scan) : chunk;
            }
        });
    }

    @Breaks(value = Clause.Q39, race = true)
    static Mutant aCountIsAddedUpFromTwoHalves() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public long count(CollectionDefinition collection, Condition filter) {
                long even = half(collection, filter, 0);
                Mutant.pause();
                return even + half(collection, filter, 1);
            }

            private long half(CollectionDefinition collection, Condition filter, int which) {
                return read(state -> answers().matching(state, collection, filter).stream()
                        .filter(row -> Math.floorMod(row.id().hashCode(), 2) == which)
                        .count());
            }
        });
    }

    @Breaks(value = Clause.Q39, race = true)
    static Mutant manyGroupsAreCountedAgain() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<Group> groups(Grouping grouping) {
                List<Group> groups = super.groups(grouping);
                if (groups.size() < LARGE) {
                    return groups;
                }
                Mutant.pause();
                List<@Nullable Object> none =
                        new ArrayList<>(Collections.nCopies(grouping.measures().size(), 0L));
                Map<List<@Nullable Object>, Group> again = new HashMap<>();
                super.groups(grouping).forEach(group -> again.put(group.key(), group));
                return IntStream.range(0, groups.size())
                        .mapToObj(i -> i % 2 == 0
                                ? groups.get(i)
                                : again.getOrDefault(
                                        groups.get(i).key(),
                                        new Group(groups.get(i).key(), none)))
                        .toList();
            }
        });
    }

    /** As an index that is read first, and rows that are looked up by it. */
    @Breaks(value = Clause.Q40, race = true)
    static Mutant aPageLooksItsDocumentsUpLater() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public Chunk scan(Scan scan) {
                Chunk found = super.scan(scan);
                Mutant.pause();
                Map<String, StoredDocument> documents = new HashMap<>();
                List<String> ids =
                        found.documents().stream().map(StoredDocument::id).toList();
                super.get(scan.collection(), ids).forEach(document -> documents.put(document.id(), document));
                return new Chunk(
                        ids.stream()
                                .map(id -> Objects.requireNonNullElse(
                                        documents.get(id), found.documents().get(ids.indexOf(id))))
                                .toList(),
                        found.next());
            }
        });
    }

    @Breaks(Clause.Q41)
    static Mutant summariesCountWhatIsNewest() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public long count(CollectionDefinition collection, Condition filter) {
                Mutant.pause();
                return mode == SessionMode.SNAPSHOT
                        ? engine.count(collection, filter)
                        : super.count(collection, filter);
            }
        });
    }

    @Breaks(Clause.T24)
    static Mutant aSnapshotMovesOnAfterASecond() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private final long begun = System.nanoTime();

            @Override
            protected <R> R read(Function<State, R> call) {
                return mode == SessionMode.SNAPSHOT && System.nanoTime() - begun > A_SECOND
                        ? call.apply(engine.database().newest())
                        : super.read(call);
            }
        });
    }

    @Breaks(Clause.T24)
    static Mutant aSnapshotGroupsWhatIsNewest() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public List<Group> groups(Grouping grouping) {
                return engine.groups(grouping);
            }
        });
    }

    @Breaks(Clause.T18)
    static Mutant aTransactionGetsManyIdsOverAnotherConnection() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
                return ids.size() > 1 ? engine.get(collection, ids) : super.get(collection, ids);
            }
        });
    }

    @Breaks(value = Clause.Q31, race = true)
    static Mutant deleteAllOfThousandsGoesInParts() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public long deleteAll(CollectionDefinition collection, Condition filter) {
                List<Row> matching = engine.answers().matching(engine.database().newest(), collection, filter);
                if (matching.size() <= LARGE) {
                    return super.deleteAll(collection, filter);
                }
                deleteNow(matching.subList(0, LARGE), collection);
                Mutant.pause();
                deleteNow(matching.subList(LARGE, matching.size()), collection);
                return matching.size();
            }

            private void deleteNow(List<Row> rows, CollectionDefinition collection) {
                engine.database().change(draft -> {
                    State.Table table = draft.changing(Objects.requireNonNull(draft.table(collection.name())));
                    rows.forEach(row -> engine.changes().delete(table, row));
                    return true;
                });
            }
        });
    }

    @Breaks(value = Clause.T7, race = true)
    static Mutant aFullListOfATransactionIsCommittedByItself() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                return writes.size() < Scan.CHUNK_DOCUMENTS ? super.write(writes) : engine.write(writes);
            }
        });
    }

    @Breaks({Clause.X2, Clause.X13})
    static Mutant eachCollectionIsCopiedInAStateOfItsOwn() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private final Map<String, State> states = new HashMap<>();

            @Override
            public List<StoredRow> rows(CollectionDefinition collection, String after) {
                return mode == SessionMode.COPY
                        ? engine.answers()
                                .rows(
                                        states.computeIfAbsent(
                                                collection.name(),
                                                first -> engine.database().newest()),
                                        collection,
                                        after)
                        : super.rows(collection, after);
            }
        });
    }

    /** Of both collections in turn. */
    @Breaks(Clause.C5)
    static Mutant aBackupTakesOneCollectionAfterTheOther() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public void backup(Path file, boolean overwrite) {
                State first = database.newest();
                State mixed = first.draft();
                for (int i = 0; i < 1000 && database.newest() == first; i++) {
                    Mutant.pause();
                }
                State later = database.newest();
                later.definitions().stream()
                        .skip(1)
                        .forEach(definition -> mixed.put(Objects.requireNonNull(later.table(definition.name()))));
                super.backup(file, overwrite);
                database.backup(file, mixed);
            }
        });
    }

    @Breaks(Clause.L16)
    static Mutant aRefusedWriteClearsTheInterrupt() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                List<WriteOutcome> outcomes = super.write(writes);
                if (outcomes.get(0) instanceof WriteOutcome.DuplicateId && Thread.interrupted()) {
                    Mutant.pause();
                }
                return outcomes;
            }
        });
    }

    @Breaks(Clause.L16)
    static Mutant aSessionThatIsGivenUpClearsTheInterrupt() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            private boolean committed;

            @Override
            public void commit() {
                super.commit();
                committed = true;
            }

            @Override
            public void close() {
                if (!committed && Thread.interrupted()) {
                    Mutant.pause();
                }
            }
        });
    }

    @Breaks(Clause.L16)
    static Mutant anExportInterruptsItsThread() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public void close() {
                if (mode == SessionMode.COPY) {
                    Thread.currentThread().interrupt();
                }
            }
        });
    }
}
