package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.EngineInfo;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Group S: engines with less room than the contract asks for, and limits that nobody holds. */
final class LimitMutants {

    private static final int TEN_MEBIBYTES = 10 << 20;

    private LimitMutants() {}

    /** As with rows from which only what is longer than 40 bytes is moved out. */
    @Breaks(Clause.S18)
    static Mutant shortTextsStayInARowThatIsTooNarrow() {
        return withRoom(5_000, value -> value.length() <= 40 ? value.length() : 20);
    }

    @Breaks(Clause.S19)
    static Mutant aSchemaHasAnyNumberOfIndexes() {
        return Mutant.source("Declared", "if (indexes.size() == Schema.MAX_INDEXES) {", "if (indexes.size() < 0) {");
    }

    @Breaks(Clause.S19)
    static Mutant aTableHasRoomForFiftyIndexes() {
        return defining(wanted -> wanted.indexes().size(), 50, "Too many keys specified; max 50 keys allowed");
    }

    @Breaks(Clause.S20)
    static Mutant anIndexIsOverAnyNumberOfFields() {
        return Mutant.source(
                "Declared", "if (index.terms().size() > Schema.MAX_INDEX_FIELDS) {", "if (index.terms().isEmpty()) {");
    }

    @Breaks(Clause.S20)
    static Mutant anIndexHasRoomForTwelveColumns() {
        return defining(
                wanted -> wanted.indexes().stream()
                        .mapToInt(index -> index.terms().size())
                        .max()
                        .orElse(0),
                12,
                "Too many key parts specified; max 12 parts allowed");
    }

    /** As where the old values of all indexed columns must fit into one page of the log. */
    @Breaks(Clause.S21)
    static Mutant aChangeIsTooLargeForItsRecord() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                if (old != null
                        && table.definition().indexes().size() > 50
                        && size(old.values(), String::length) > 16_000) {
                    throw new UnavailableException("Undo log record is too big.");
                }
                return super.store(table, id, old, body, now);
            }
        });
    }

    @Breaks({Clause.V2, Clause.S22})
    static Mutant whatTheEngineHoldsIsNotAsked() {
        return Mutant.engine(HoldsLess::new)
                .andSource(
                        "internal/engine/CheckedEngine",
                        "Math.min(config.maxBodyBytes(), info.maxBodyBytes())",
                        "config.maxBodyBytes()");
    }

    @Breaks(Clause.S22)
    static Mutant moreThanTheEngineHoldsIsLoweredInSilence() {
        return Mutant.engine(HoldsLess::new)
                .andSource("internal/engine/CheckedEngine", "if (asked > maxBodyBytes &&", "if (asked < 0 &&");
    }

    @Breaks(Clause.S22)
    static Mutant theLimitThatIsSaidIsTheDefault() {
        return Mutant.source(
                "internal/OpenStore",
                "public long maxBodyBytes() {\n        return maxBodyBytes;",
                "public long maxBodyBytes() {\n        return StoreConfig.DEFAULT_MAX_BODY_BYTES;");
    }

    /** Holds bodies of ten mebibytes, and says so. */
    static final class HoldsLess extends ReferenceEngine {

        HoldsLess(ReferenceDatabase database, StoreConfig config) {
            super(database, config, new Answers(), new Changes() {
                @Override
                public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                    if (body.text().length() > TEN_MEBIBYTES) {
                        throw new UnavailableException("Got a packet bigger than 'max_allowed_packet' bytes");
                    }
                    return super.store(table, id, old, body, now);
                }
            });
        }

        @Override
        public EngineInfo info() {
            EngineInfo info = super.info();
            return new EngineInfo(info.name(), info.version(), info.target(), info.capabilities(), 0, 0, TEN_MEBIBYTES);
        }
    }

    private static Mutant withRoom(int bytes, ToIntFunction<String> taken) {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                int row = size(body.values(), taken);
                if (row > bytes) {
                    throw new UnavailableException("Row size too large (" + row + " > " + bytes + ").");
                }
                return super.store(table, id, old, body, now);
            }
        });
    }

    private static int size(Iterable<? extends @Nullable Object> values, ToIntFunction<String> taken) {
        int size = 0;
        for (Object value : values) {
            size += value instanceof String text ? taken.applyAsInt(text) : 0;
        }
        return size;
    }

    private static Mutant defining(ToIntFunction<CollectionDefinition> number, int most, String refusal) {
        return Mutant.changes(new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                if (number.applyAsInt(wanted) > most) {
                    throw new UnavailableException(refusal);
                }
                super.define(draft, wanted, filler);
            }
        });
    }
}
