package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Group Q: queries. */
final class QueryMutants {

    private QueryMutants() {}

    @Breaks({Clause.Q1, Clause.Q18})
    static Mutant textIsComparedByUtf16() {
        return Mutant.answers(new Answers() {
            @Override
            public int compare(Object one, Object other) {
                return one instanceof String text ? text.compareTo((String) other) : super.compare(one, other);
            }
        });
    }

    @Breaks(Clause.Q17)
    static Mutant nullsComeLastAscending() {
        return Mutant.answers(new Answers() {
            @Override
            public int compare(Sort term, @Nullable Object one, @Nullable Object other) {
                int compared = super.compare(term, one, other);
                return one == null || other == null ? -compared : compared;
            }
        });
    }

    @Breaks(Clause.Q21)
    static Mutant aPageSkipsTheTiesOfTheLastOne() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean isAfter(CollectionDefinition definition, List<Sort> order, List<Object> values, Row row) {
                return super.isAfter(definition, order, values.subList(0, 1), row);
            }
        });
    }

    @Breaks(Clause.Q23)
    static Mutant aCursorForgetsTheOrder() {
        return Mutant.source(
                "internal/Cursors",
                "for (Sort sort : order) {\n            meaning",
                "for (Sort sort : List.<Sort>of()) {\n            meaning");
    }

    @Breaks({Clause.Q27, Clause.Q28})
    static Mutant theSameChunkComesForEver() {
        return Mutant.answers(new Answers() {
            @Override
            public Chunk scan(State state, Scan scan) {
                return super.scan(
                        state,
                        new Scan(
                                scan.collection(),
                                scan.filter(),
                                scan.order(),
                                List.of(Range.ALL),
                                scan.maxDocuments(),
                                scan.maxBytes()));
            }
        });
    }
}
