package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.ChangeLog.Entry;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.Feeds;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Group F: what is a change, and in which order changes come. */
final class ChangeMutants {

    private ChangeMutants() {}

    /** Writes without a log. */
    static class Quiet extends Changes {
        @Override
        public void log(State draft, CollectionDefinition collection, String id, long version) {
            // Nothing is said of it.
        }
    }

    /** An engine with feeds of another kind. */
    static Mutant feeds(Feeds feeds) {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            protected Feeds feeds() {
                return feeds;
            }
        });
    }

    @Breaks(Clause.F1)
    static Mutant writesOfSeveralAreNotLogged() {
        Quiet quiet = new Quiet();
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<WriteOutcome> write(State draft, List<Write> writes, long now) {
                return writes.size() == 1
                        ? super.write(draft, writes, now)
                        : writes.stream()
                                .map(write -> quiet.write(draft, write, now))
                                .toList();
            }
        });
    }

    @Breaks({Clause.F1, Clause.F12})
    static Mutant deletionsAreNotLogged() {
        return Mutant.changes(new Changes() {
            @Override
            public void log(State draft, CollectionDefinition collection, String id, long version) {
                Table table = draft.table(collection.name());
                if (table != null && table.rows().containsKey(id)) {
                    super.log(draft, collection, id, version);
                }
            }
        });
    }

    @Breaks(Clause.F1)
    static Mutant deleteAllIsNotLogged() {
        return Mutant.changes(new Changes() {
            @Override
            public void deleteAll(State draft, Table table, List<Row> rows) {
                rows.forEach(row -> delete(draft.changing(table), row));
            }
        });
    }

    @Breaks(Clause.F1)
    static Mutant whatIsLoadedIsNotLogged() {
        return Mutant.changes(new Changes() {
            @Override
            public void load(State draft, CollectionDefinition collection, List<StoredRow> rows) {
                new Quiet().load(draft, collection, rows);
            }
        });
    }

    @Breaks(Clause.F1)
    static Mutant writesInATransactionAreNotLogged() {
        Quiet quiet = new Quiet();
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                long now = engine.now();
                return read(state -> writes.stream()
                        .map(write -> quiet.write(state, write, now))
                        .toList());
            }
        });
    }

    @Breaks(Clause.F2)
    static Mutant whatIsRefusedIsLogged() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome write(State draft, Write write, long now) {
                WriteOutcome outcome = super.write(draft, write, now);
                if (!(outcome instanceof WriteOutcome.Written) && !(outcome instanceof WriteOutcome.Deleted)) {
                    log(draft, write.collection(), write.id(), now);
                }
                return outcome;
            }
        });
    }

    @Breaks(Clause.F2)
    static Mutant whatIsUndoneStaysInTheLog() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                List<WriteOutcome> outcomes = super.write(writes);
                engine.database().change(newest -> {
                    writes.forEach(write -> engine.changes().log(newest, write.collection(), write.id(), engine.now()));
                    return true;
                });
                return outcomes;
            }
        });
    }

    @Breaks(Clause.F3)
    static Mutant onlyTheFirstOfTwoChangesInATransactionIsLogged() {
        Map<State, Set<String>> logged = Collections.synchronizedMap(new WeakHashMap<>());
        return Mutant.changes(new Changes() {
            @Override
            public void log(State draft, CollectionDefinition collection, String id, long version) {
                if (logged.computeIfAbsent(draft, first -> new HashSet<>()).add(collection.name() + " " + id)) {
                    super.log(draft, collection, id, version);
                }
            }
        });
    }

    /** As somebody would who has a log for each collection. */
    @Breaks(Clause.F4)
    static Mutant eachCollectionIsShownForItself() {
        return feeds(new Feeds() {
            @Override
            public List<Entry> entries(State state, List<CollectionDefinition> collections, long after) {
                return super.entries(state, collections, after).stream()
                        .sorted(Comparator.comparing(Entry::collection))
                        .toList();
            }
        });
    }

    /** As a sequence does. */
    @Breaks(Clause.F5)
    static Mutant aPositionIsTakenWhenSomethingIsWritten() {
        AtomicLong sequence = new AtomicLong();
        Map<String, Long> numbers = new ConcurrentHashMap<>();
        return Mutant.changes(new Changes() {
            @Override
            public void log(State draft, CollectionDefinition collection, String id, long version) {
                if (collection.retention() != null) {
                    long number = numbers.computeIfAbsent(
                            collection.name() + " " + id + " " + version, first -> sequence.incrementAndGet());
                    draft.changingLog().add(new Entry(number, collection.name(), id, version));
                }
            }
        });
    }

    /** As a column with the time of the change does. */
    @Breaks(Clause.F5)
    static Mutant aPositionIsTheTimeOfTheWrite() {
        return Mutant.changes(new Changes() {
            @Override
            public void log(State draft, CollectionDefinition collection, String id, long version) {
                if (collection.retention() != null) {
                    draft.changingLog().add(new Entry(version, collection.name(), id, version));
                }
            }
        });
    }

    @Breaks(Clause.F11)
    static Mutant refillsAreChanges() {
        return Mutant.changes(new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                super.define(draft, wanted, filler);
                Table table = draft.table(wanted.name());
                if (table != null) {
                    table.rows().values().forEach(row -> log(draft, wanted, row.id(), row.version()));
                }
            }
        });
    }

    @Breaks(Clause.F11)
    static Mutant whatIsSetAsideIsNotLogged() {
        return Mutant.changes(new Changes() {
            @Override
            public void setAside(State draft, CollectionDefinition of, List<Row> away, CollectionDefinition aside) {
                new Quiet().setAside(draft, of, away, aside);
            }
        });
    }
}
