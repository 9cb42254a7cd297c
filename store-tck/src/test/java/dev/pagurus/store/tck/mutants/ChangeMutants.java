package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.ChangeChunk;
import dev.pagurus.store.spi.ChangeScan;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.ChangeLog.Entry;
import dev.pagurus.store.tck.reference.ChangeLog.Feed;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.Feeds;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Group F: feeds of changes, and who follows them. */
final class ChangeMutants {

    private static final String MARKS = "pagurus_followers";

    private ChangeMutants() {}

    /** Writes without a log. */
    private static class Quiet extends Changes {
        @Override
        public void log(State draft, CollectionDefinition collection, String id, long version) {
            // Nothing is said of it.
        }
    }

    private static Mutant feeds(Feeds feeds) {
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

    @Breaks({Clause.F6, Clause.F7, Clause.F9})
    static Mutant everyPageIsSaidToBeComplete() {
        return feeds(new Feeds() {
            @Override
            public boolean isComplete(int shown, int there) {
                return true;
            }
        });
    }

    @Breaks(Clause.F9)
    static Mutant aFullPageIsSaidToBeComplete() {
        return feeds(new Feeds() {
            @Override
            public boolean isComplete(int shown, int there) {
                return shown == there || shown == 4;
            }
        });
    }

    @Breaks(Clause.F7)
    static Mutant whatChangesWhileTheStateIsShownIsLost() {
        return Mutant.source(
                "internal/changes/Feed",
                "        return changesAfter(position.engine());",
                "        return changesAfter(engineEnd());");
    }

    @Breaks(Clause.F7)
    static Mutant startingAfterNullForgetsTheState() {
        return Mutant.source(
                "internal/changes/Feed",
                "return position == null ? this :",
                "return position == null ? with(new Start(null, false, start.limit)) :");
    }

    @Breaks(Clause.F8)
    static Mutant theEndIsBeforeTheLastChange() {
        return feeds(new Feeds() {
            @Override
            public String end(State state, List<CollectionDefinition> collections) {
                int all = entries(state, collections, 0).size();
                return all < 2
                        ? super.end(state, collections)
                        : changes(state, new ChangeScan(collections, null, all - 1, Long.MAX_VALUE))
                                .position();
            }
        });
    }

    @Breaks(Clause.F9)
    static Mutant theBytesOfAPageAreNotLimited() {
        return feeds(new Feeds() {
            @Override
            public ChangeChunk changes(State state, ChangeScan scan) {
                return super.changes(
                        state, new ChangeScan(scan.collections(), scan.after(), scan.maxChanges(), Long.MAX_VALUE));
            }
        });
    }

    @Breaks({Clause.F6, Clause.F10})
    static Mutant aDocumentOfThePastIsShown() {
        Map<String, StoredDocument> shown = new ConcurrentHashMap<>();
        return feeds(new Feeds() {
            @Override
            public @Nullable StoredDocument document(State state, Entry entry) {
                StoredDocument now = super.document(state, entry);
                StoredDocument past =
                        now == null ? null : shown.putIfAbsent(entry.collection() + " " + entry.id(), now);
                return past == null ? now : past;
            }
        });
    }

    @Breaks(Clause.F10)
    static Mutant aDocumentOfAnEarlierChangeIsNotJoined() {
        return feeds(new Feeds() {
            @Override
            public @Nullable StoredDocument document(State state, Entry entry) {
                StoredDocument now = super.document(state, entry);
                return now != null && now.version() == entry.version() ? now : null;
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

    @Breaks(Clause.F12)
    static Mutant pruningOvertakesTheRetention() {
        return Mutant.changes(new Changes() {
            @Override
            public void forget(State draft, LongSupplier now) {
                super.forget(draft, now);
                super.forget(draft, () -> now.getAsLong() + TimeUnit.HOURS.toMicros(2));
            }
        });
    }

    @Breaks(Clause.F13)
    static Mutant nothingIsEverForgotten() {
        return Mutant.changes(new Changes() {
            @Override
            public void forget(State draft, LongSupplier now) {
                // It grows.
            }
        });
    }

    @Breaks(Clause.F13)
    static Mutant whatIsForgottenIsPassedOver() {
        return feeds(new Feeds() {
            @Override
            public void requireKnown(String collection, Feed feed, Place place) {
                // Whoever was away too long goes on.
            }
        });
    }

    @Breaks({Clause.F14, Clause.F15})
    static Mutant aFeedHasNoIdentity() {
        return feeds(new Feeds() {
            @Override
            public void requireLives(String lives, Place place) {
                // One is like another.
            }
        });
    }

    @Breaks(Clause.F15)
    static Mutant aFeedThatIsGivenUpKeepsItsIdentity() {
        return Mutant.source("tck/reference/ChangeLog", "            feeds.remove(collection);\n", "");
    }

    @Breaks(Clause.F16)
    static Mutant aPositionTellsOfNothing() {
        return feeds(new Feeds() {
            @Override
            public void requireEvidence(State state, List<CollectionDefinition> collections, Place place) {
                // A number is a number.
            }
        });
    }

    @Breaks(Clause.F17)
    static Mutant damageOfAPositionIsNotLookedFor() {
        return Mutant.source(
                "internal/changes/Position",
                "if (end < 1 || ByteBuffer.wrap(bytes, end, CHECKSUM_BYTES).getInt() != checksum(Arrays.copyOf(bytes, end))) {",
                "if (end < 1 || ByteBuffer.wrap(bytes, end, CHECKSUM_BYTES).getInt() == 1) {");
    }

    @Breaks(Clause.F18)
    static Mutant aRenamedCollectionBeginsAnew() {
        return Mutant.changes(new Changes() {
            @Override
            public void rename(State draft, String name, String newName, String target) {
                super.rename(draft, name, newName, target);
                Feed feed = draft.log().feed(newName);
                if (feed != null) {
                    draft.changingLog().keep(newName, null);
                    draft.changingLog().keep(newName, feed.retention());
                }
            }
        });
    }

    @Breaks(Clause.F18)
    static Mutant anotherRetentionBeginsAnew() {
        return Mutant.changes(new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                Feed feed = draft.log().feed(wanted.name());
                if (feed != null && !feed.retention().equals(wanted.retention())) {
                    draft.changingLog().keep(wanted.name(), null);
                }
                super.define(draft, wanted, filler);
            }
        });
    }

    @Breaks(Clause.F19)
    static Mutant theRetentionIsNoPartOfTheDefinition() {
        return Mutant.source(
                "spi/CollectionDefinition",
                "                && indexes.equals(other.indexes)\n"
                        + "                && Objects.equals(retention, other.retention);",
                "                && indexes.equals(other.indexes);");
    }

    @Breaks(Clause.F20)
    static Mutant documentsAreDecodedWithThePage() {
        return Mutant.source(
                "internal/changes/Feed",
                "        return new SeenChange(stored, Objects.requireNonNull(mappings.get(stored.collection())));",
                """
                        Mapping<?> mapping = Objects.requireNonNull(mappings.get(stored.collection()));
                        if (stored.document() != null) {
                            mapping.decode(stored.document());
                        }
                        return new SeenChange(stored, mapping);
                """);
    }

    @Breaks(Clause.F21)
    static Mutant aPageMayHaveAnyNumberOfChanges() {
        return Mutant.source(
                "internal/changes/Feed", "if (changes < 1 || changes > MAX_LIMIT) {", "if (changes < 1) {");
    }

    @Breaks(Clause.F21)
    static Mutant aFollowerMayHaveAnyName() {
        return Mutant.source("internal/changes/Following", "        Followers.checkName(name);\n", "");
    }

    @Breaks(value = Clause.F22, race = true)
    static Mutant itIsNotLookedWhetherAnotherWasFaster() {
        return Mutant.source(
                "internal/changes/Following",
                "if (!Objects.equals(mark.position(), place.saved)) {",
                "if (mark.version() == null && place.saved != null && Objects.equals(name, \"\")) {");
    }

    @Breaks(Clause.F23)
    static Mutant thePositionIsKeptBeforeTheEffects() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public List<WriteOutcome> write(List<Write> writes) {
                return writes.get(0).collection().name().equals(MARKS) ? engine.write(writes) : super.write(writes);
            }

            @Override
            protected boolean mustHold(Object answer) {
                // Or it would conflict with itself.
                return false;
            }
        });
    }

    @Breaks(Clause.F24)
    static Mutant whatOthersWriteIsNotNoticed() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private volatile @Nullable String first;

            @Override
            public String changesEnd(List<CollectionDefinition> collections) {
                String end = first == null ? super.changesEnd(collections) : first;
                first = end;
                return end;
            }
        });
    }

    @Breaks(Clause.F25)
    static Mutant aFollowerSwallowsTheInterrupt() {
        return Mutant.source(
                "internal/changes/Following",
                "        } catch (InterruptedException e) {\n            Thread.currentThread().interrupt();",
                "        } catch (InterruptedException e) {\n            LOG.debug(\"Ends\", e);");
    }

    /** As somebody's reads do who reads at SERIALIZABLE and takes predicate locks on the tail. */
    @Breaks(Clause.F26)
    static Mutant whoReadsMakesTransactionsConflict() {
        Map<ReferenceDatabase, AtomicLong> reads = new ConcurrentHashMap<>();
        return Mutant.engine((database, config) -> {
            AtomicLong here = reads.computeIfAbsent(database, first -> new AtomicLong());
            return new ReferenceEngine(database, config, new Answers(), new Changes()) {
                @Override
                public ChangeChunk changes(ChangeScan scan) {
                    here.incrementAndGet();
                    return super.changes(scan);
                }

                @Override
                public ReferenceSession begin(SessionMode mode) {
                    long before = here.get();
                    return new ReferenceSession(this, mode) {
                        @Override
                        public void commit() {
                            if (here.get() != before) {
                                throw new SerializationFailure("Somebody has read the log.", null);
                            }
                            super.commit();
                        }
                    };
                }
            };
        });
    }

    @Breaks(Clause.F27)
    static Mutant whoCannotGoOnIsNotToldFromWhoCan() {
        return Mutant.source("internal/changes/Followers", "            lost = true;", "            lost = false;");
    }

    @Breaks(Clause.F27)
    static Mutant everyFollowerIsSaidToBeUpToDate() {
        return Mutant.source(
                "internal/changes/Followers",
                "since = next.changes().isEmpty() ? null : next.changes().get(0).version();",
                "since = next.changes().isEmpty() ? null : since;");
    }

    @Breaks(Clause.F27)
    static Mutant healthDoesNotSayWhoCannotGoOn() {
        return Mutant.source("internal/changes/FollowerHealth", "one.lost() ? \"lost\" : how", "how");
    }

    @Breaks(Clause.F27)
    static Mutant healthKnowsNoFollowers() {
        return Mutant.source(
                "internal/OpenStore", "if (behind != null) {", "if (behind != null && behind.isEmpty()) {");
    }

    @Breaks(Clause.F28)
    static Mutant whoWaitsForAPageGetsTheFirstOne() {
        return Mutant.source(
                "internal/changes/Feed",
                "if (!page.changes().isEmpty() || System.nanoTime() - deadline >= 0) {",
                "if (!page.changes().isEmpty() || System.nanoTime() != deadline) {");
    }
}
