package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Group V: values. */
final class ValueMutants {

    private static final long MILLISECOND = 1000;
    private static final long SECOND = 1000 * MILLISECOND;

    private ValueMutants() {}

    @Breaks(Clause.V1)
    static Mutant aBodyLosesTheSpacesAroundIt() {
        return storingBodies(String::strip);
    }

    @Breaks(Clause.V1)
    static Mutant lineEndsOfABodyAreChanged() {
        return storingBodies(body -> body.replace("\r\n", "\n"));
    }

    @Breaks(Clause.V1)
    static Mutant aByteOrderMarkIsTakenOffTheBody() {
        return storingBodies(body -> body.startsWith("\uFEFF") ? body.substring(1) : body);
    }

    @Breaks({Clause.V1, Clause.V2})
    static Mutant aBodyIsCutAt65535Characters() {
        return storingBodies(body -> body.substring(0, Math.min(65_535, body.length())));
    }

    @Breaks(Clause.V2)
    static Mutant theLimitOfABodyCountsCharacters() {
        return Mutant.source(
                "internal/value/Mapping", "Texts.check(text, maxBodyBytes,", "Texts.check(text, maxBodyBytes * 2,");
    }

    @Breaks(Clause.V2)
    static Mutant aBodyAsLargeAsTheLimitIsRefused() {
        return Mutant.source(
                "internal/value/Mapping", "Texts.check(text, maxBodyBytes,", "Texts.check(text, maxBodyBytes - 1,");
    }

    @Breaks(Clause.V3)
    static Mutant anIdOfTwoHundredCharactersIsTheLongest() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome write(State draft, Write write, long now) {
                if (write.id().length() > 200) {
                    throw new UnavailableException("value too long for type character varying(200)", null);
                }
                return super.write(draft, write, now);
            }
        });
    }

    @Breaks(Clause.V3)
    static Mutant theLimitOfAnIdIsNotChecked() {
        return Mutant.source("internal/value/Texts", "check(id, Schema.MAX_ID_BYTES,", "check(id, Long.MAX_VALUE,");
    }

    @Breaks(Clause.V4)
    static Mutant idsAreCaseInsensitive() {
        return writingIds(id -> id.toLowerCase(Locale.ROOT));
    }

    @Breaks(Clause.V4)
    static Mutant idsLoseTheirTrailingSpaces() {
        return writingIds(id -> id.length() > 1 && id.endsWith(" ") ? id.substring(0, id.length() - 1) : id);
    }

    @Breaks(Clause.V5)
    static Mutant theCharacterZeroIsNotRefused() {
        return Mutant.source("internal/value/Texts", "if (c == 0) {", "if (c < 0) {");
    }

    @Breaks(Clause.V5)
    static Mutant anUnpairedSurrogateIsNotRefused() {
        return Mutant.source(
                "internal/value/Texts",
                "if (!Character.isHighSurrogate(c) || i + 1 == length",
                "if (i < 0 || i + 1 > length");
    }

    @Breaks(Clause.V5)
    static Mutant whatAFilterComparesWithIsNotChecked() {
        return Mutant.source(
                "internal/value/FieldCodec", "Texts.check(text, Integer.MAX_VALUE,", "String.join(text, \"\",");
    }

    @Breaks(Clause.V6)
    static Mutant aTextIsCutAt255Characters() {
        return storing(
                (kind, value) -> value instanceof String text && text.length() > 255 ? text.substring(0, 255) : value);
    }

    @Breaks(Clause.V6)
    static Mutant textsAreComparedWithoutCase() {
        return Mutant.answers(new Answers() {
            @Override
            public int compare(Object one, Object other) {
                return one instanceof String text
                        ? text.compareToIgnoreCase((String) other)
                        : super.compare(one, other);
            }
        });
    }

    @Breaks(Clause.V6)
    static Mutant theLimitOfATextCountsCharacters() {
        return Mutant.source(
                "internal/value/FieldCodec",
                "Texts.check(text, field instanceof",
                "Texts.check(text.replaceAll(\"\\\\P{ASCII}\", \"x\"), field instanceof");
    }

    @Breaks(Clause.V7)
    static Mutant theLimitOfAnIndexIsNotChecked() {
        return Mutant.source("Declared", "if (bytes > Schema.MAX_INDEX_BYTES) {", "if (bytes < 0) {");
    }

    @Breaks(Clause.V7)
    static Mutant anIndexEntryHoldsOnlyAThousandBytes() {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                int bytes = body.values().stream()
                        .mapToInt(value -> value instanceof String text ? text.length() : 0)
                        .sum();
                if (bytes > 1100) {
                    throw new UnavailableException("index row size " + bytes + " exceeds maximum 1100", null);
                }
                return super.store(table, id, old, body, now);
            }
        });
    }

    @Breaks(Clause.V8)
    static Mutant onlyTheFirst64TagsAreKept() {
        return storing(
                (kind, value) -> value instanceof List<?> tags && tags.size() > 64 ? tags.subList(0, 64) : value);
    }

    @Breaks(Clause.V8)
    static Mutant aTagThatIsGivenTwiceIsStoredTwice() {
        return Mutant.source(
                "internal/value/FieldCodec",
                "TreeSet<String> distinct = new TreeSet<>();",
                "List<String> distinct = new ArrayList<>();");
    }

    @Breaks(Clause.V9)
    static Mutant integersPassThroughDoubles() {
        return storing((kind, value) -> kind == FieldKind.LONG ? (Object) (long) ((Long) value).doubleValue() : value);
    }

    @Breaks(Clause.V9)
    static Mutant integersAreCutTo32Bits() {
        return storing((kind, value) -> kind == FieldKind.LONG ? (Object) (long) ((Long) value).intValue() : value);
    }

    @Breaks(Clause.V9)
    static Mutant fractionsAreCutOff() {
        return Mutant.source(
                "internal/value/FieldCodec",
                "if (value instanceof AtomicLong || value instanceof AtomicInteger) {",
                "if (value instanceof Number) {");
    }

    @Breaks(Clause.V10)
    static Mutant infinitiesAreStoredAsNull() {
        return storing((kind, value) -> value instanceof Double real && real.isInfinite() ? null : value);
    }

    @Breaks(Clause.V10)
    static Mutant subnormalNumbersBecomeZero() {
        return storing((kind, value) ->
                value instanceof Double real && Math.abs(real) < Double.MIN_NORMAL ? (Object) 0.0 : value);
    }

    @Breaks(Clause.V10)
    static Mutant minusZeroIsLessThanZero() {
        return Mutant.source("internal/value/FieldCodec", "return real == 0.0 ? 0.0 : real;", "return real;");
    }

    @Breaks(Clause.V10)
    static Mutant notANumberIsStored() {
        return Mutant.source(
                "internal/value/FieldCodec",
                "if (Double.isNaN(real)) {",
                "if (real != real + 0) {\n return real; }\n if (Double.isNaN(real)) {");
    }

    @Breaks(Clause.V11)
    static Mutant aTimeIsTruncatedToMilliseconds() {
        return storing((kind, value) ->
                kind == FieldKind.INSTANT ? (Object) ((Long) value / MILLISECOND * MILLISECOND) : value);
    }

    @Breaks(Clause.V11)
    static Mutant aTimeIsRoundedToMicroseconds() {
        return Mutant.source("spi/Micros", "instant.getNano() / 1000", "(instant.getNano() + 500) / 1000");
    }

    @Breaks(Clause.V11)
    static Mutant aTimeBefore1970IsTruncatedUpwards() {
        return Mutant.source(
                "spi/Micros",
                "instant.getNano() / 1000",
                "(instant.getEpochSecond() < 0 ? instant.getNano() + 999 : instant.getNano()) / 1000");
    }

    @Breaks(Clause.V12)
    static Mutant timesAreNanosecondsAndOverflow() {
        return storing((kind, value) -> kind == FieldKind.INSTANT ? (Object) ((Long) value * 1000 / 1000) : value);
    }

    @Breaks(Clause.V12)
    static Mutant otherYearsAreNotRefused() {
        return Mutant.source(
                "internal/value/FieldCodec",
                "(instant.isBefore(EARLIEST) || instant.isAfter(LATEST))",
                "instant.isAfter(Instant.MAX)");
    }

    @Breaks(Clause.V12)
    static Mutant otherYearsAreRefusedInFilters() {
        return Mutant.source(
                "internal/value/FieldCodec",
                "return Micros.of(LATEST) + 1;",
                "throw new InvalidValueException(what + \" cannot be compared with \" + instant + \".\");");
    }

    @Breaks(Clause.V20)
    static Mutant whateverTheClockSaysIsWritten() {
        return Mutant.source(
                "spi/Micros",
                "if (now == null || now.isBefore(EARLIEST) || !now.isBefore(AFTER_LATEST)) {",
                "if (now == null) {");
    }

    @Breaks(Clause.V20)
    static Mutant theFailureOfAClockIsPassedOnAsItIs() {
        return Mutant.source(
                "spi/Micros",
                "throw new ConfigurationException(\n                    \"The clock that the store was given fails",
                "throw new IllegalStateException(\n                    \"The clock that the store was given fails");
    }

    @Breaks(Clause.V20)
    static Mutant anImportTakesNothingFromBefore1970() {
        return Mutant.source("internal/copy/ExportJson", "version >= Micros.FIRST", "version > 0");
    }

    @Breaks(Clause.V13)
    static Mutant timesAreStoredInTheLocalTimeZone() {
        Changes writing = storingChanges((kind, value) ->
                kind == FieldKind.INSTANT ? (Object) ((Long) value + localOffset((Long) value)) : value);
        Answers reading = new FieldCounts() {
            @Override
            public Map<@Nullable Object, Long> countBy(
                    State state, CollectionDefinition collection, Condition filter, String field) {
                Map<@Nullable Object, Long> counts = new HashMap<>();
                super.countBy(state, collection, filter, field)
                        .forEach((value, count) -> counts.put(
                                value instanceof Long time ? (Object) (time - localOffset(time)) : value, count));
                return counts;
            }
        };
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config, reading, writing));
    }

    @Breaks(Clause.V14)
    static Mutant anEmptyTextIsNull() {
        return storing((kind, value) -> value.equals("") ? null : value);
    }

    @Breaks({Clause.V14, Clause.V18})
    static Mutant whatIsNullIsZeroOrEmpty() {
        return Mutant.source(
                "internal/value/FieldCodec", "        if (value == null) {\n            return null;", """
                        if (value == null) {
                            return switch (kind) {
                                case TEXT -> "";
                                case BOOLEAN -> false;
                                case DOUBLE -> 0.0;
                                default -> 0L;
                            };
                """);
    }

    @Breaks(Clause.V14)
    static Mutant aFieldThatBecomesNullKeepsItsValue() {
        return Mutant.changes(new Changes() {
            @Override
            public Row row(String id, @Nullable Row old, Content.Body body, long now) {
                Row row = super.row(id, old, body, now);
                if (old == null) {
                    return row;
                }
                List<@Nullable Object> kept = new ArrayList<>();
                for (Object value : row.values()) {
                    kept.add(value == null ? old.values().get(kept.size()) : value);
                }
                return new Row(id, row.version(), row.createdAt(), row.body(), kept);
            }
        });
    }

    @Breaks(Clause.V15)
    static Mutant aComparisonWithNullMatchesNull() {
        return Mutant.source(
                "ScalarField",
                "        return new Filter.Compare<>(",
                "        if (value == null) {\n return isNull();\n }\n        return new Filter.Compare<>(");
    }

    @Breaks(Clause.V15)
    static Mutant theRefusalOfNullGivesNoPointer() {
        return Mutant.source(
                "Field", "cannot be compared with null by \" + comparison + \"; \" + instead + \".\"", "is null.\"");
    }

    @Breaks(Clause.V16)
    static Mutant namesOfTablesAreCutAt30Characters() {
        return Mutant.changes(new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                for (CollectionDefinition other : draft.definitions()) {
                    if (!other.name().equals(wanted.name()) && cut(other.name()).equals(cut(wanted.name()))) {
                        throw new UnavailableException("table " + cut(other.name()) + " already exists", null);
                    }
                }
                super.define(draft, wanted, filler);
            }
        });
    }

    @Breaks(Clause.V16)
    static Mutant namesMayBeLonger() {
        return Mutant.source("Names", "[a-z0-9_]{0,39}", "[a-z0-9_]{0,62}");
    }

    @Breaks(Clause.V16)
    static Mutant aColumnOfTheEngineMayBeAField() {
        return Mutant.source("Names", "\"cmax\", \"tableoid\"", "\"cmax\"");
    }

    @Breaks(Clause.V17)
    static Mutant namesOfCollectionsAreNotQuoted() {
        return defining(definition -> definition.name().equals("order"));
    }

    @Breaks(Clause.V17)
    static Mutant namesOfFieldsAreNotQuoted() {
        return defining(definition ->
                definition.fields().stream().map(FieldDefinition::name).anyMatch(Set.of("group", "select")::contains));
    }

    @Breaks(Clause.V18)
    static Mutant aMissingBooleanIsFalse() {
        return Mutant.source(
                "internal/value/FieldCodec",
                "        if (value == null) {\n            return null;",
                "        if (value == null) {\n            return kind == FieldKind.BOOLEAN ? (Object) false : null;");
    }

    @Breaks(Clause.V19)
    static Mutant constantsAreStoredByTheirPlace() {
        return Mutant.source(
                "internal/value/FieldCodec", "constant.name() : value", "\"\" + constant.ordinal() : value");
    }

    @Breaks(Clause.V23)
    static Mutant numbersInABodyAreWrittenAnew() {
        return storingBodies(body -> body.replace("1.100", "1.1").replace("1E+3", "1000"));
    }

    @Breaks(Clause.V23)
    static Mutant constantsInABodyAreWhatTheySayTheyAre() {
        return Mutant.source(
                "StrictJson",
                "EnumFeature.WRITE_ENUMS_USING_TO_STRING,\n                        EnumFeature.READ_ENUMS_USING_TO_STRING,",
                "");
    }

    @Breaks(Clause.V23)
    static Mutant timesInABodyAreInUtc() {
        return Mutant.source("StrictJson", "DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,", "");
    }

    @Breaks(Clause.V24)
    static Mutant aPropertyThatIsNotKnownIsDropped() {
        return Mutant.source("StrictJson", "DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,", "");
    }

    @Breaks(Clause.V24)
    static Mutant thePathOfAnUnknownPropertyIsItsName() {
        return Mutant.source("JacksonCodec", "shapeOfType().pathOf(e), e.getRef", "e.getPropertyName(), e.getRef");
    }

    @Breaks(Clause.V25)
    static Mutant whatCannotBeReadIsFoundWhenItIsRead() {
        return Mutant.source("JsonShape", "if (!faults.isEmpty()) {", "if (faults.size() > 1000) {");
    }

    @Breaks(Clause.V25)
    static Mutant whatAnAnnotationChangesIsNotTried() {
        return Mutant.source("JsonWalk", "strict && !place.isCustom() ? new", "path.equals(\"none\") ? new");
    }

    @Breaks(Clause.V25)
    static Mutant whatJacksonHappensToWriteIsTaken() {
        return Mutant.source("JsonWalk", "strict && !place.isKept()", "raw == Object.class && !place.isKept()");
    }

    @Breaks(Clause.V25)
    static Mutant aFieldThatNoPropertyIsOfIsForgotten() {
        return Mutant.source("JsonBean", ": state().lost()", ": List.<String>of()");
    }

    @Breaks(Clause.V26)
    static Mutant aSubclassIsWrittenWithAllItHas() {
        return Mutant.source("StrictContexts", "&& !isTold(type, declared, property)", "&& type == Object.class");
    }

    @Breaks(Clause.V26)
    static Mutant aSubclassIsWrittenAsItsSuperclass() {
        return Mutant.source("JsonShape", "|| known.contains(value.getClass())", "|| !known.isEmpty()");
    }

    @Breaks(Clause.V26)
    static Mutant aSubclassInAListIsWrittenAsItsSuperclass() {
        return Mutant.source("JsonShape", "list.forEach(this::requireKnown);", "return;");
    }

    private static long localOffset(long micros) {
        return TimeZone.getDefault().getOffset(micros / MILLISECOND) / MILLISECOND * SECOND;
    }

    private static String cut(String name) {
        return name.substring(0, Math.min(30, name.length()));
    }

    private static Mutant storingBodies(UnaryOperator<String> change) {
        return Mutant.changes(new Changes() {
            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                return super.store(table, id, old, new Content.Body(change.apply(body.text()), body.values()), now);
            }
        });
    }

    /** Something else than the id reaches the table; it is looked for as something else, too. */
    private static Mutant writingIds(UnaryOperator<String> change) {
        Changes writing = new Changes() {
            @Override
            public WriteOutcome write(State draft, Write write, long now) {
                return super.write(
                        draft,
                        new Write(write.collection(), change.apply(write.id()), write.precondition(), write.content()),
                        now);
            }
        };
        Answers reading = new Answers() {
            @Override
            public List<StoredDocument> get(State state, CollectionDefinition collection, List<String> ids) {
                List<StoredDocument> found = new ArrayList<>();
                for (String id : ids) {
                    super.get(state, collection, List.of(change.apply(id)))
                            .forEach(one ->
                                    found.add(new StoredDocument(id, one.version(), one.createdAt(), one.body())));
                }
                return found;
            }
        };
        return Mutant.engine((database, config) -> new ReferenceEngine(database, config, reading, writing));
    }

    private static Mutant defining(Predicate<CollectionDefinition> isSyntaxError) {
        return Mutant.changes(new Changes() {
            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                if (isSyntaxError.test(wanted)) {
                    throw new UnavailableException("syntax error at or near the name of " + wanted.name(), null);
                }
                super.define(draft, wanted, filler);
            }
        });
    }

    /** Something else than the value reaches the column. */
    private static Mutant storing(BiFunction<FieldKind, Object, @Nullable Object> change) {
        return Mutant.changes(storingChanges(change));
    }

    private static Changes storingChanges(BiFunction<FieldKind, Object, @Nullable Object> change) {
        return new Changes() {
            @Override
            public WriteOutcome store(Table table, String id, @Nullable Row old, Content.Body body, long now) {
                List<@Nullable Object> changed = new ArrayList<>();
                for (Object value : body.values()) {
                    FieldKind kind =
                            table.definition().fields().get(changed.size()).kind();
                    changed.add(value == null ? null : change.apply(kind, value));
                }
                return super.store(table, id, old, new Content.Body(body.text(), changed), now);
            }
        };
    }
}
