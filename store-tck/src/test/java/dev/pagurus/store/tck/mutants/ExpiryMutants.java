package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoredDocument;
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
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Group D: documents that expire. */
final class ExpiryMutants {

    private ExpiryMutants() {}

    @Breaks(Clause.D1)
    static Mutant readsFindWhatHasExpired() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean isThere(State state, CollectionDefinition collection, Row row) {
                return true;
            }
        });
    }

    @Breaks(Clause.D1)
    static Mutant countsHaveWhatHasExpired() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public long count(CollectionDefinition collection, Condition filter) {
                return super.count(collection.withoutExpiry(), filter);
            }
        });
    }

    @Breaks(Clause.D1)
    static Mutant getFindsWhatHasExpired() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public List<StoredDocument> get(CollectionDefinition collection, List<String> ids) {
                return super.get(collection.withoutExpiry(), ids);
            }
        });
    }

    /** As where the condition says "later or at the same time". */
    @Breaks(Clause.D1)
    static Mutant itIsThereForAMicrosecondMore() {
        return Mutant.source("spi/CollectionDefinition", "at <= nowMicros", "at < nowMicros");
    }

    @Breaks({Clause.D2, Clause.D6})
    static Mutant whatHasExpiredHoldsItsId() {
        return Mutant.changes(new Changes() {
            @Override
            public long removeExpired(State draft, CollectionDefinition collection, int most) {
                return most == Integer.MAX_VALUE ? 0 : super.removeExpired(draft, collection, most);
            }
        });
    }

    @Breaks(Clause.D2)
    static Mutant aNewDocumentIsAsOldAsTheOneThatExpired() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome write(State draft, Write write, long now) {
                boolean isPut =
                        write.precondition().equals(Write.Precondition.NONE) && write.content() instanceof Content.Body;
                return super.write(
                        draft,
                        isPut
                                ? new Write(
                                        write.collection().withoutExpiry(),
                                        write.id(),
                                        write.precondition(),
                                        write.content())
                                : write,
                        now);
            }
        });
    }

    /** The first that is met is another one. */
    @Breaks(Clause.D2)
    static Mutant itsUniqueValuesAreHeld() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome write(State draft, Write write, long now) {
                Table table = draft.table(write.collection().name());
                Row old = table == null ? null : table.rows().get(write.id());
                boolean holdsId = old != null && draft.isExpired(write.collection(), old);
                return super.write(
                        draft,
                        holdsId
                                ? write
                                : new Write(
                                        write.collection().withoutExpiry(),
                                        write.id(),
                                        write.precondition(),
                                        write.content()),
                        now);
            }
        });
    }

    @Breaks(Clause.D3)
    static Mutant whatHasExpiredIsReplacedAndDeleted() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome write(State draft, Write write, long now) {
                Write blind = new Write(
                        write.collection().withoutExpiry(), write.id(), write.precondition(), write.content());
                return super.write(draft, blind, now);
            }
        });
    }

    @Breaks(Clause.D4)
    static Mutant theFirstTimeStays() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                String expiry = table.definition().expiry();
                if (old == null || expiry == null) {
                    return super.store(table, id, old, body, now);
                }
                List<@Nullable Object> values = new ArrayList<>(body.values());
                for (int i = 0; i < values.size(); i++) {
                    if (table.definition().fields().get(i).name().equals(expiry)) {
                        values.set(i, old.values().get(i));
                    }
                }
                return super.store(table, id, old, new Content.Body(body.text(), values), now);
            }
        });
    }

    @Breaks(Clause.D5)
    static Mutant aSessionJudgesByWhatTheClockSaysNow() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            protected <R> R read(Function<State, R> call) {
                return super.read(state -> call.apply(state.judgedBy(engine::now)));
            }
        });
    }

    @Breaks(Clause.D5)
    static Mutant snapshotsFindWhatHadExpired() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            protected <R> R read(Function<State, R> call) {
                return super.read(
                        mode == SessionMode.TRANSACTION
                                ? state -> call.apply(state.judgedBy(() -> Long.MIN_VALUE))
                                : call);
            }
        });
    }

    @Breaks(Clause.D6)
    static Mutant nothingIsRemovedForTheAsking() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public long removeExpired(CollectionDefinition collection, int most) {
                return 0;
            }
        });
    }

    @Breaks(Clause.D6)
    static Mutant removalIsCountedAndNotDone() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            private boolean told;

            @Override
            public long removeExpired(CollectionDefinition collection, int most) {
                told = !told;
                return told ? Math.min(most - 1, count(collection.withoutExpiry(), Condition.EVERYTHING)) : 0;
            }
        });
    }

    @Breaks(Clause.D6)
    static Mutant whatNeverExpiresIsRemovedToo() {
        return Mutant.source(
                "spi/CollectionDefinition",
                "instanceof Long at && at <= nowMicros",
                "instanceof Long at ? at <= nowMicros : nowMicros > 1_893_456_000_000_000L");
    }

    @Breaks(Clause.D7)
    static Mutant itsRemovalIsNotLogged() {
        return Mutant.changes(new Changes() {
            @Override
            public long removeExpired(State draft, CollectionDefinition collection, int most) {
                return new ChangeMutants.Quiet().removeExpired(draft, collection, most);
            }
        });
    }

    @Breaks(Clause.D7)
    static Mutant itsRemovalIsLoggedTwice() {
        return Mutant.changes(new Changes() {
            @Override
            public long removeExpired(State draft, CollectionDefinition collection, int most) {
                Table table = draft.table(collection.name());
                if (table != null && table.definition().revision() == collection.revision()) {
                    table.rows().values().stream()
                            .filter(row -> draft.isExpired(collection, row))
                            .forEach(row -> log(draft, collection, row.id(), row.version()));
                }
                return super.removeExpired(draft, collection, most);
            }
        });
    }

    @Breaks(Clause.D7)
    static Mutant pagesOfChangesShowWhatHasExpired() {
        return ChangeMutants.feeds(new Feeds() {
            @Override
            public @Nullable StoredDocument document(State state, ChangeLog.Entry entry) {
                return super.document(state.judgedBy(() -> Long.MIN_VALUE), entry);
            }
        });
    }

    @Breaks(Clause.D8)
    static Mutant aRevisionBringsBackWhatHadExpired() {
        return Mutant.changes(new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                super.define(draft.judgedBy(() -> Long.MIN_VALUE), wanted, filler);
            }
        });
    }

    @Breaks(Clause.D8)
    static Mutant byWhichFieldIsNotCompared() {
        return Mutant.source(
                "spi/CollectionDefinition", "                && Objects.equals(expiry, other.expiry);", ";");
    }

    @Breaks(Clause.D9)
    static Mutant copiesHaveWhatHasExpired() {
        return Mutant.source(
                "internal/copy/SessionSource",
                "return session.rows(collection, after);",
                "return session.rows(collection.withoutExpiry(), after);");
    }

    @Breaks(Clause.D9)
    static Mutant whatHasExpiredInTheTargetStays() {
        return Mutant.source(
                        "internal/copy/StateCopy",
                        "new SessionSource(target.shown(), session, Long.MIN_VALUE)",
                        "new SessionSource(target.shown(), session)")
                .andSource(
                        "internal/copy/Stretch",
                        "CollectionDefinition stored = collection.withoutExpiry();",
                        "CollectionDefinition stored = collection;");
    }

    @Breaks(Clause.D9)
    static Mutant aComparisonIsByTheSlowerClock() {
        return Mutant.source(
                "internal/copy/Moves",
                "Math.max(now(here, one), now(there, other))",
                "Math.min(now(here, one), now(there, other))");
    }
}
