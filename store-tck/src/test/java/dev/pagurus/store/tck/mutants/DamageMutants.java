package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Group R: documents that cannot be decoded, and their texts. Most of it is written once above the SPI. */
final class DamageMutants {

    private DamageMutants() {}

    @Breaks(Clause.R15)
    static Mutant aDeleteReadsWhatItDeletes() {
        return Mutant.source(
                "internal/collection/TypedCollection",
                "return delete(id, Precondition.NONE);",
                "return get(id).isPresent() && delete(id, Precondition.NONE);");
    }

    @Breaks(Clause.R15)
    static Mutant aQueryThatAsksWhetherThereIsAnyDecodesIt() {
        return Mutant.source(
                "internal/collection/TypedReadQuery",
                "return !chunk(plan.start(), 1).documents().isEmpty();",
                "return first().isPresent();");
    }

    @Breaks(Clause.R15)
    static Mutant aCopyLeavesOutEmptyBodies() {
        return Mutant.answers(new Answers() {
            @Override
            public List<StoredRow> rows(State state, CollectionDefinition collection, String after) {
                return super.rows(state, collection, after).stream()
                        .filter(row -> !row.document().body().isEmpty())
                        .toList();
            }
        });
    }

    @Breaks(Clause.R16)
    static Mutant aPageOfDamagedDocumentsIsTheLastOne() {
        return Mutant.source(
                "internal/collection/TypedReadQuery",
                "next == null ? null : plan.cursors().write(next)",
                "next == null || documents.isEmpty() ? null : plan.cursors().write(next)");
    }

    @Breaks(Clause.R16)
    static Mutant theFirstIsLookedForInTheFirstChunkOnly() {
        return Mutant.source(
                "internal/collection/TypedReadQuery",
                "chunk = chunk(chunk.next(), Scan.CHUNK_DOCUMENTS);",
                "return chunk(chunk.next(), 1).documents().stream().findFirst().map(plan::decode);");
    }

    @Breaks(Clause.R16)
    static Mutant aRefinedQueryForgetsWhoIsTold() {
        return Mutant.source(
                "internal/query/QueryPlan", "orders, limit, next, undecodable);", "orders, limit, next, null);");
    }

    @Breaks(Clause.R17)
    static Mutant aTextIsReplacedWhateverItsVersion() {
        return Mutant.source("internal/collection/RawTexts", "Precondition.version(version)", "Precondition.NONE");
    }

    @Breaks(Clause.R17)
    static Mutant aTextIsStoredAsTheCodecWouldWriteIt() {
        return Mutant.source(
                "internal/value/Mapping",
                "return new Content.Body(text, values(value));\n    }\n\n    private void check(",
                "return encode(id, value);\n    }\n\n    private void check(");
    }

    @Breaks(Clause.R17)
    static Mutant aTextMayHaveAPropertyTwice() {
        return Mutant.source("internal/value/Mapping", "UpgradePlan.requireSound(codec, text);", "");
    }

    @Breaks({Clause.R18, Clause.R19})
    static Mutant aBodyThatHasNotChangedIsNotWritten() {
        return Mutant.changes(new Changes() {
            @Override
            public Row row(String id, @Nullable Row old, Content.Body body, long now) {
                Row row = super.row(id, old, body, now);
                return old == null || !old.body().equals(body.text())
                        ? row
                        : new Row(id, row.version(), row.createdAt(), row.body(), old.values());
            }
        });
    }

    @Breaks(Clause.R20)
    static Mutant onlyTheNextRevisionIsANewerOne() {
        return Mutant.source(
                "internal/collection/TypedReads", "stored.revision() > known", "stored.revision() == known + 1");
    }
}
