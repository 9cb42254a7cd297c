package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.RowChunk;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Group Q: some fields in place of documents. */
final class SelectMutants {

    private SelectMutants() {}

    /** Each value of each row is read in another way. */
    private static Mutant values(UnaryOperator<@Nullable Object> change) {
        return Mutant.answers(new Answers() {
            @Override
            public RowChunk select(State state, Scan scan, List<String> fields) {
                RowChunk chunk = super.select(state, scan, fields);
                List<List<@Nullable Object>> rows = new ArrayList<>();
                chunk.rows().forEach(row -> {
                    List<@Nullable Object> changed = new ArrayList<>(row);
                    changed.replaceAll(change);
                    rows.add(changed);
                });
                return new RowChunk(rows, chunk.next());
            }
        });
    }

    /** As an engine that has one text for all of them. */
    @Breaks(Clause.Q42)
    static Mutant tagsInARowAreCutApartAtCommas() {
        return values(value -> value instanceof List<?> tags
                ? List.of(tags.stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(","))
                        .split(",", -1))
                : value);
    }

    @Breaks(Clause.Q42)
    static Mutant anEmptyTagInARowIsLost() {
        return values(value -> value instanceof List<?> tags
                ? tags.stream().filter(tag -> !tag.equals("")).toList()
                : value);
    }

    @Breaks(Clause.Q42)
    static Mutant anEmptyTextInARowIsNull() {
        return values(value -> "".equals(value) ? null : value);
    }

    @Breaks(Clause.Q42)
    static Mutant falseInARowIsNull() {
        return values(value -> Boolean.FALSE.equals(value) ? null : value);
    }

    @Breaks(Clause.Q42)
    static Mutant tagsInARowAreInOrderOfUtf16() {
        return Mutant.source("internal/value/ValueRow", "texts.sort(Texts::compare);", "texts.sort(null);");
    }

    @Breaks(Clause.Q42)
    static Mutant theColumnsOfARowAreInOrderOfTheDefinition() {
        return Mutant.answers(new Answers() {
            @Override
            public RowChunk select(State state, Scan scan, List<String> fields) {
                List<String> sorted = new ArrayList<>(fields);
                Collections.sort(sorted);
                return super.select(state, scan, sorted);
            }
        });
    }

    @Breaks(Clause.Q43)
    static Mutant rowsComeFromTheFirstRangeOnly() {
        return Mutant.answers(new Answers() {
            @Override
            public RowChunk select(State state, Scan scan, List<String> fields) {
                return super.select(
                        state,
                        new Scan(
                                scan.collection(),
                                scan.filter(),
                                scan.order(),
                                scan.ranges().subList(0, 1),
                                scan.maxDocuments(),
                                scan.maxBytes()),
                        fields);
            }
        });
    }

    @Breaks(Clause.Q43)
    static Mutant aFullChunkOfRowsIsTheLast() {
        return Mutant.answers(new Answers() {
            @Override
            public RowChunk select(State state, Scan scan, List<String> fields) {
                RowChunk chunk = super.select(state, scan, fields);
                return chunk.rows().size() == Scan.CHUNK_DOCUMENTS ? new RowChunk(chunk.rows(), null) : chunk;
            }
        });
    }

    @Breaks(Clause.Q43)
    static Mutant thePositionBehindRowsIsThatOfTheRowAfter() {
        return Mutant.source(
                "tck/reference/Answers", "rows.get(selected.size() - 1)));", "rows.get(selected.size())));");
    }

    @Breaks(Clause.Q43)
    static Mutant theLimitOfRowsIsThatOfAChunk() {
        return Mutant.source("internal/collection/TypedSelection", "left -= part.items().size();", "left -= 0;");
    }

    @Breaks(Clause.Q43)
    static Mutant theFirstRowForgetsTheCursor() {
        return Mutant.source(
                "internal/collection/TypedSelection",
                "List<Row> rows = read(plan.scan(plan.start(), 1)).items();",
                "List<Row> rows = read(plan.scan(null, 1)).items();");
    }

    @Breaks(value = Clause.Q44, race = true)
    static Mutant eachChunkOfRowsIsOfItsOwnState() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public RowChunk select(Scan scan, List<String> fields) {
                Mutant.pause();
                return mode == SessionMode.READ ? engine.select(scan, fields) : super.select(scan, fields);
            }
        });
    }

    /** As a statement of its own for them. */
    @Breaks(value = Clause.Q44, race = true)
    static Mutant tagsOfRowsAreReadLater() {
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config) {
            @Override
            public RowChunk select(Scan scan, List<String> fields) {
                RowChunk chunk = super.select(scan, fields);
                Mutant.pause();
                RowChunk later = super.select(scan, fields);
                List<List<@Nullable Object>> rows = new ArrayList<>();
                for (int i = 0; i < chunk.rows().size(); i++) {
                    List<@Nullable Object> row = new ArrayList<>(chunk.rows().get(i));
                    for (int column = 0; column < fields.size(); column++) {
                        boolean many = scan.collection().kind(fields.get(column)) == FieldKind.MANY;
                        if (many && i < later.rows().size()) {
                            row.set(column, later.rows().get(i).get(column));
                        }
                    }
                    rows.add(row);
                }
                return new RowChunk(rows, chunk.next());
            }
        });
    }

    @Breaks(Clause.Q44)
    static Mutant rowsInATransactionAreThoseOfTheStore() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public RowChunk select(Scan scan, List<String> fields) {
                return engine.select(scan, fields);
            }
        });
    }

    @Breaks(Clause.Q45)
    static Mutant documentsAreDecodedForTheirRows() {
        return Mutant.source(
                "internal/collection/TypedSelection",
                "        return part(access.read(reads -> reads.select(scan, names)));",
                """
                        return part(access.read(reads -> {
                            reads.scan(scan).documents().forEach(plan::decode);
                            return reads.select(scan, names);
                        }));
                """);
    }

    @Breaks(Clause.Q46)
    static Mutant aFieldMayBeSelectedTwice() {
        return Mutant.source(
                "internal/collection/TypedSelection",
                "if (columns.put(name, plan.mapping().codecOf(field)) != null) {",
                "if (columns.put(name, plan.mapping().codecOf(field)) != null && name.isEmpty()) {");
    }

    @Breaks(Clause.Q46)
    static Mutant nothingMayBeSelected() {
        return Mutant.source(
                "internal/collection/TypedSelection", "if (columns.isEmpty()) {", "if (columns.containsKey(\"\")) {");
    }
}
