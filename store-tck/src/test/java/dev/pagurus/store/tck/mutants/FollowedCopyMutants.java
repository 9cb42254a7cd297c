package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.State;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Group X: copies that follow a source in use. */
final class FollowedCopyMutants {

    private static final String FOLLOWING = "internal/copy/Following";

    private FollowedCopyMutants() {}

    /** Rows by ids are not as they are. */
    private static Mutant found(UnaryOperator<StoredRow> change) {
        return Mutant.answers(new Answers() {
            @Override
            public List<StoredRow> rows(State state, CollectionDefinition collection, List<String> ids) {
                return super.rows(state, collection, ids).stream().map(change).toList();
            }
        });
    }

    @Breaks(Clause.X23)
    static Mutant rowsByIdsHaveNoTags() {
        return found(row -> {
            List<@Nullable Object> values = new ArrayList<>(row.values());
            values.replaceAll(value -> value instanceof List<?> ? List.of() : value);
            return new StoredRow(row.document(), values);
        });
    }

    @Breaks(Clause.X23)
    static Mutant rowsByIdsHaveTheirCreationTimeAsVersion() {
        return found(row -> new StoredRow(
                new StoredDocument(
                        row.id(),
                        row.document().createdAt(),
                        row.document().createdAt(),
                        row.document().body()),
                row.values()));
    }

    @Breaks(Clause.X23)
    static Mutant oneOfTheRowsByIdsIsForgotten() {
        return Mutant.answers(new Answers() {
            @Override
            public List<StoredRow> rows(State state, CollectionDefinition collection, List<String> ids) {
                List<StoredRow> found = super.rows(state, collection, ids);
                return found.size() > 1 ? found.subList(1, found.size()) : found;
            }
        });
    }

    @Breaks(Clause.X23)
    static Mutant aDeletionIsNotFollowed() {
        return Mutant.source(
                "internal/copy/Changed",
                "wrong.add(new Write(",
                "if (missing.containsKey(row.id())) wrong.add(new Write(");
    }

    @Breaks(Clause.X23)
    static Mutant whatChangedIsBroughtOneByOne() {
        return Mutant.source(
                        "internal/copy/Changed",
                        "        if (!wrong.isEmpty()) {\n            target.write(wrong);",
                        "        if (false) {\n            target.write(wrong);")
                .andSource(
                        "internal/copy/Changed",
                        "            target.load(chunk.collection().withoutExpiry(), rows);",
                        "for (StoredRow row : rows) { target.write(List.of(new Write(chunk.collection(), row.id(),"
                                + " Write.Precondition.NONE, new Content.Delete())));"
                                + " target.load(chunk.collection(), List.of(row)); }");
    }

    @Breaks(Clause.X23)
    static Mutant onlyOnePageOfChangesIsRead() {
        return Mutant.source(FOLLOWING, "complete = page.complete();", "complete = true;");
    }

    @Breaks(Clause.X23)
    static Mutant theLastRoundIsTheOneBefore() {
        return Mutant.source(
                FOLLOWING,
                "            if (end.getAsBoolean()) {\n                return last();",
                "            if (end.getAsBoolean()) {\n                position = states.end();\n                return"
                        + " last();");
    }

    @Breaks(Clause.X23)
    static Mutant thePositionIsNewerThanTheState() {
        return Mutant.source(
                FOLLOWING,
                "        String end = states.end();\n        SessionSource state = states.begin();",
                "SessionSource state = states.begin(); java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);"
                        + " String end = states.end();");
    }

    @Breaks(Clause.X23)
    static Mutant theFirstPositionIsNewerThanTheFirstState() {
        return Mutant.source(
                "internal/copy/SourceStates",
                "return new First(state, end);",
                "java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);\nreturn new First(state, end());");
    }

    @Breaks(Clause.X23)
    static Mutant collectionsThatKeepNoChangesAreTakenForEqual() {
        return Mutant.source(
                        "internal/copy/StateCopy",
                        "if (inStep.contains(collection.withShape(null))) {",
                        "if (!inStep.isEmpty()) {")
                .andSource("internal/copy/StateCopy", "if (!found.equals(copied)) {", "if (false) {");
    }

    @Breaks(Clause.X23)
    static Mutant whatTheSourceHasDroppedStays() {
        return Mutant.source(FOLLOWING, "if (!there.contains(name)) {", "if (false) {");
    }

    @Breaks(Clause.X24)
    static Mutant aLostPositionEndsTheCopy() {
        return Mutant.source(
                FOLLOWING,
                "catch (PositionLostException e) {\n            return Round.LOST;",
                "catch (PositionLostException e) {\n            throw e;");
    }

    @Breaks(Clause.X24)
    static Mutant aLostPositionIsPassedOver() {
        return Mutant.source(
                FOLLOWING,
                "catch (PositionLostException e) {\n            return Round.LOST;",
                "catch (PositionLostException e) {\n            position = end;\n            return Round.IN_STEP;");
    }

    @Breaks(Clause.X24)
    static Mutant aSourceWithoutChangesIsCopiedOnce() {
        return Mutant.source(
                "internal/copy/Moves",
                "if (options.followUntil() != null) {\n                return follow(",
                "if (from.definitions().stream().anyMatch(one -> one.retention() != null) && options.followUntil() !="
                        + " null) {\n                return follow(");
    }

    @Breaks(Clause.X24)
    static Mutant anExportTakesTheOptionForNothing() {
        return Mutant.source(
                "internal/copy/Moves",
                "if (options.followUntil() != null) {\n            throw",
                "if (false) {\n            throw");
    }

    @Breaks(Clause.X24)
    static Mutant whoWaitsForChangesShowsNoLife() {
        return Mutant.source(FOLLOWING, "        target.mark().renew();\n        try {", "        try {");
    }

    @Breaks(Clause.X24)
    static Mutant aCopyThatFollowsIsNotInterrupted() {
        return Mutant.source(
                        FOLLOWING,
                        "            Thread.currentThread().interrupt();\n            throw new UnavailableException(\"The thread"
                                + " was interrupted.\", e);",
                        "")
                .andSource("internal/copy/CopyWatch", "if (Thread.currentThread().isInterrupted()) {", "if (false) {");
    }
}
