package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.IndexPath;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.ScanPlan;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.State;
import java.util.List;

/** Group O: what listeners are told. */
final class ListenerMutants {

    private ListenerMutants() {}

    @Breaks(Clause.O1)
    static Mutant whatFailsIsNotTold() {
        return Mutant.source("internal/watch/Watch", "seen.forgotten && seen.failure == null", "seen.failure != null");
    }

    @Breaks(Clause.O1)
    static Mutant whatWasAskedForIsCountedAndNotWhatWasFound() {
        return Mutant.source("internal/collection/WatchedReads", "Map::size", "found -> ids.size()");
    }

    @Breaks(Clause.O1)
    static Mutant streamsAreNotTold() {
        return Mutant.source(
                "internal/collection/WatchedReadQuery",
                "see(\"stream\", () -> plain.read(scan), chunk -> chunk.documents().size())",
                "plain.read(scan)");
    }

    @Breaks(Clause.O1)
    static Mutant aComputeThatDeletesHasDoneNothing() {
        return Mutant.source(
                "internal/collection/TypedCollection",
                "changed(1);\n                return Optional.empty();",
                "changed(0);\n                return Optional.empty();");
    }

    @Breaks(Clause.O1)
    static Mutant whatIsKnownIsToldEachTime() {
        return Mutant.source("internal/WatchedStore", "watch.forgetUnlessAsked();", "");
    }

    @Breaks(Clause.O1)
    static Mutant theNextOperationsNameIsTold() {
        return Mutant.source("internal/collection/WatchedCollection", "see(\"putAll\", ", "see(\"insertAll\", ");
    }

    @Breaks(Clause.O2)
    static Mutant aFailureIsToldWithItsMessage() {
        return Mutant.source("internal/watch/Watch", "seen.failure = name(e);", "seen.failure = e.toString();");
    }

    @Breaks({Clause.O2, Clause.O4})
    static Mutant aShapeShowsWhatAFieldIsComparedWith() {
        return Mutant.source(
                "internal/query/QueryShape",
                "operator(compare.comparison())",
                "operator(compare.comparison()).replace(\"?\", String.valueOf(compare.value()))");
    }

    @Breaks({Clause.O2, Clause.O4})
    static Mutant aShapeShowsPrefixes() {
        return Mutant.source("internal/query/QueryShape", "\" starts with ?\"", "\" starts with \" + starts.prefix()");
    }

    @Breaks(Clause.O2)
    static Mutant aStepIsToldByItsName() {
        return Mutant.source(
                "internal/WatchedStore",
                "see(\"step\", \"\", () -> plain.step(name, work), null)",
                "see(\"step\", name, () -> plain.step(name, work), null)");
    }

    @Breaks(Clause.O2)
    static Mutant openingIsToldWithItsUrl() {
        return Mutant.source(
                "internal/OpenStore", "watch.see(\"open\", \"\", ", "watch.see(\"open\", config.address(), ");
    }

    @Breaks(Clause.O3)
    static Mutant whatAListenerThrowsIsTheCallersExceptionToo() {
        return Mutant.source(
                "internal/watch/Watch",
                "// The call is over, and its answer is what the caller gets.",
                "if (e instanceof RuntimeException thrown) { throw thrown; }");
    }

    @Breaks(Clause.O3)
    static Mutant onlyExceptionsOfAListenerAreCaught() {
        return Mutant.source(
                "internal/watch/Watch",
                "} catch (Throwable e) {\n            // The call",
                "} catch (RuntimeException e) {\n            // The call");
    }

    @Breaks(Clause.O3)
    static Mutant whatAListenerAsksIsToldToItToo() {
        return Mutant.source("internal/watch/Watch", "if (around == telling) {", "if (operation.isEmpty()) {");
    }

    @Breaks(Clause.O4)
    static Mutant aShapeLeavesOutItsParentheses() {
        return Mutant.source("internal/query/QueryShape", "words.append(other ? \"(\" : \"\");", "");
    }

    @Breaks(Clause.O4)
    static Mutant aShapeLeavesOutItsOrder() {
        return Mutant.source("internal/query/QueryShape", "sort.descending() ? \" desc\" : \"\"", "\"\"");
    }

    @Breaks(Clause.O5)
    static Mutant noRepetitionIsCounted() {
        return Mutant.source("internal/join/Retry", "waiting.repeated(1);", "");
    }

    @Breaks(Clause.O5)
    static Mutant attemptsThatWereUndoneCountToo() {
        return Mutant.source("internal/access/Sessions", "seen.rows(rows);", "");
    }

    @Breaks(Clause.O5)
    static Mutant theTimeInTheEngineIsCountedTwice() {
        return Mutant.source(
                "internal/watch/Seen",
                "engine += System.nanoTime() - inEngineSince;",
                "engine += 2 * (System.nanoTime() - inEngineSince);");
    }

    @Breaks(Clause.O5)
    static Mutant aTransactionHasNothingOfItsCallsTimes() {
        return Mutant.source("internal/watch/Seen", "engine += part.engine;", "");
    }

    @Breaks(Clause.O7)
    static Mutant nobodyIsToldWhatACallIsIn() {
        return Mutant.source("internal/watch/Seen", "around == null ? \"\" : around.operation", "\"\"");
    }

    @Breaks(Clause.O7)
    static Mutant aTransactionHasDoneNothing() {
        return Mutant.source("internal/watch/Seen", "rows += part.rows;", "");
    }

    @Breaks(Clause.O8)
    static Mutant anUpgradeIsOneDocument() {
        return Mutant.source("internal/Definition", "return filling.filled();", "return 1;");
    }

    @Breaks(Clause.O8)
    static Mutant aPageIsToldWithItsNewestChange() {
        return Mutant.source(
                "internal/changes/Feed",
                "chunk.changes().get(0).version()",
                "chunk.changes().get(chunk.changes().size() - 1).version()");
    }

    @Breaks(Clause.O8)
    static Mutant aFollowerIsNotTold() {
        return Mutant.source("internal/changes/Following", "Place next = watch.isOff()", "Place next = name != null");
    }

    @Breaks(Clause.O9)
    static Mutant toExplainAQueryIsToRunIt() {
        return Mutant.source(
                "internal/collection/TypedReadQuery",
                "return Explaining.of(plan, ",
                "plan.mapping().definition().fields().forEach(field -> access.deleteAll(definition(), scan.filter()));\n"
                        + "        return Explaining.of(plan, ");
    }

    @Breaks(Clause.O9)
    static Mutant filtersOfManyFieldsAreNotExplained() {
        return Mutant.answers(new Answers() {
            @Override
            public ScanPlan explain(State state, Scan scan) {
                if (scan.filter().toString().contains("ContainsNone")) {
                    throw new UnsupportedOperationException("a filter of a many-field");
                }
                return super.explain(state, scan);
            }
        });
    }

    @Breaks(Clause.O9)
    static Mutant aLaterPageIsNotExplained() {
        return Mutant.answers(new Answers() {
            @Override
            public ScanPlan explain(State state, Scan scan) {
                if (scan.ranges().size() > 1) {
                    throw new UnsupportedOperationException("several ranges");
                }
                return super.explain(state, scan);
            }
        });
    }

    @Breaks(Clause.O9)
    static Mutant nothingIsExplainedInASession() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public ScanPlan explain(Scan scan) {
                throw new UnsupportedOperationException("a plan in a session");
            }
        });
    }

    /** It may be the way of another query. */
    @Breaks(Clause.O9)
    static Mutant aWayThatWasNotAskedForIsTold() {
        return Mutant.answers(new Answers() {
            @Override
            public ScanPlan explain(State state, Scan scan) {
                IndexPath other = new IndexPath.Stretch(null, List.of(new Condition.IsNull("id")));
                return new ScanPlan(new ScanPlan.Way(List.of(other), false), 0L, "");
            }
        });
    }

    /** Its plan is that of a statement with all values in its text. */
    @Breaks(Clause.O10)
    static Mutant thePlanShowsTheFilter() {
        return Mutant.answers(new Answers() {
            @Override
            public ScanPlan explain(State state, Scan scan) {
                ScanPlan plan = super.explain(state, scan);
                return new ScanPlan(plan.way(), plan.matching(), plan.text() + " " + scan.filter());
            }
        });
    }

    @Breaks(Clause.O10)
    static Mutant thePlanShowsWhereAPageBegins() {
        return Mutant.answers(new Answers() {
            @Override
            public ScanPlan explain(State state, Scan scan) {
                ScanPlan plan = super.explain(state, scan);
                return new ScanPlan(plan.way(), plan.matching(), plan.text() + " " + scan.ranges());
            }
        });
    }

    @Breaks(Clause.O10)
    static Mutant theWordsShowTheFilter() {
        return Mutant.source(
                "internal/query/Explaining",
                "String shape = QueryShape.of(query);",
                "String shape = scan.filter().toString();");
    }

    @Breaks(Clause.O11)
    static Mutant theOrderIsNoMatterOfIndexes() {
        return Mutant.source("internal/query/MissingIndexes", "if (!byId) {", "if (byId) {");
    }

    @Breaks(Clause.O11)
    static Mutant whatIsDeclaredIsMissingToo() {
        return Mutant.source(
                "internal/query/MissingIndexes",
                "covered(with(index)) > covered(definition())",
                "covered(with(index)) >= covered(definition())");
    }

    @Breaks(Clause.O11)
    static Mutant directionsAreLeftOut() {
        return Mutant.source("internal/query/MissingIndexes", "term.descending() ? \".desc()\" : \"\"", "\"\"");
    }

    @Breaks(Clause.O11)
    static Mutant oneSideOfAnOrIsEnough() {
        return Mutant.source("internal/query/MissingIndexes", "found.retainAll(before);", "");
    }
}
