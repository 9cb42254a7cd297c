package dev.pagurus.store;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionConfigs;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.DateTimeFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.cfg.MapperBuilder;
import tools.jackson.databind.cfg.MapperConfig;
import tools.jackson.databind.introspect.Annotated;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.introspect.JacksonAnnotationIntrospector;
import tools.jackson.databind.introspect.ObjectIdInfo;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** The rules by which JSON is written and read, if nobody brings others: what is written comes back, or it is refused. */
final class StrictJson {

    /** How deep values may lie in one another; the same for both ways, so that nothing is written that cannot be read. */
    static final int DEPTH = 500;

    private static final List<CoercionInputShape> NO_TEXT =
            List.of(CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean);

    /** Of which an empty text is none; an empty {@code URI} is one. */
    private static final List<LogicalType> NO_EMPTY_TEXT = List.of(
            LogicalType.Boolean,
            LogicalType.Integer,
            LogicalType.Float,
            LogicalType.Enum,
            LogicalType.DateTime,
            LogicalType.Array,
            LogicalType.Collection,
            LogicalType.Map,
            LogicalType.POJO);

    /** Building a mapper takes tens of milliseconds; one serves all. */
    static final JsonMapper MAPPER = build();

    private StrictJson() {}

    private static JsonMapper build() {
        return JsonMapper.builder(factory())
                .annotationIntrospector(new Annotations())
                .serializationContexts(new StrictContexts())
                // Those beside Jackson, whichever thread comes first: what a document looks like must not hang on it.
                .addModules(MapperBuilder.findModules(StrictJson.class.getClassLoader()))
                .addModules(new StrictModule())
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                // Trees of JSON keep all digits.
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                // A text, a fraction or a truth value is not taken for what it is not.
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                // What else a record says of itself is computed of its components.
                .enable(MapperFeature.INFER_RECORD_GETTERS_FROM_COMPONENTS_ONLY)
                .withAllCoercionConfigs(StrictJson::refuseOtherKinds)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .disable(
                        EnumFeature.WRITE_ENUMS_USING_TO_STRING,
                        EnumFeature.READ_ENUMS_USING_TO_STRING,
                        EnumFeature.WRITE_ENUMS_USING_INDEX,
                        EnumFeature.WRITE_ENUM_KEYS_USING_INDEX)
                .enable(DateTimeFeature.WRITE_DATES_WITH_ZONE_ID)
                .disable(
                        DateTimeFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE,
                        DateTimeFeature.WRITE_DATES_WITH_CONTEXT_TIME_ZONE,
                        DateTimeFeature.NORMALIZE_DESERIALIZED_ZONE_ID,
                        DateTimeFeature.TRUNCATE_TO_MSECS_ON_READ,
                        DateTimeFeature.TRUNCATE_TO_MSECS_ON_WRITE,
                        DateTimeFeature.WRITE_DATES_AS_TIMESTAMPS,
                        DateTimeFeature.WRITE_DATE_KEYS_AS_TIMESTAMPS,
                        DateTimeFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
                // The same text on every machine.
                .defaultLocale(Locale.ROOT)
                .defaultTimeZone(TimeZone.getTimeZone("UTC"))
                .build();
    }

    private static void refuseOtherKinds(CoercionConfigs coercions) {
        for (CoercionInputShape number : NO_TEXT) {
            coercions.findOrCreateCoercion(LogicalType.Textual).setCoercion(number, CoercionAction.Fail);
        }
        for (LogicalType type : NO_EMPTY_TEXT) {
            coercions.findOrCreateCoercion(type).setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
        }
        coercions.findOrCreateCoercion(UUID.class).setCoercion(CoercionInputShape.EmptyString, CoercionAction.Fail);
    }

    private static JsonFactory factory() {
        return JsonFactory.builder()
                // The limit of a body is the only one, but for the depth, which is what the stack of a thread holds.
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(DEPTH)
                        .maxDocumentLength(-1)
                        .maxTokenCount(-1)
                        .maxNumberLength(Integer.MAX_VALUE)
                        .maxStringLength(Integer.MAX_VALUE)
                        .maxNameLength(Integer.MAX_VALUE)
                        .build())
                .streamWriteConstraints(
                        StreamWriteConstraints.builder().maxNestingDepth(DEPTH).build())
                // Java's own needs time that grows with the square of the digits.
                .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
                // Keys of a map may be anything, and many of the same hash.
                .disable(TokenStreamFactory.Feature.FAIL_ON_SYMBOL_HASH_OVERFLOW)
                .build();
    }

    /**
     * A type that is shared with others may leave out, ignore or replace there what it does not know or like; in a store that
     * would be lost. So annotations that say so do not count.
     */
    private static final class Annotations extends JacksonAnnotationIntrospector {

        private static final long serialVersionUID = 1L;

        private static final List<JsonFormat.Feature> GUESSES = List.of(
                JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_AS_NULL,
                JsonFormat.Feature.READ_UNKNOWN_ENUM_VALUES_USING_DEFAULT_VALUE,
                JsonFormat.Feature.ACCEPT_CASE_INSENSITIVE_PROPERTIES,
                JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY,
                JsonFormat.Feature.WRITE_SINGLE_ELEM_ARRAYS_UNWRAPPED,
                JsonFormat.Feature.WRITE_SORTED_MAP_ENTRIES);

        @Override
        public JsonIgnoreProperties.Value findPropertyIgnoralByName(MapperConfig<?> config, Annotated annotated) {
            return super.findPropertyIgnoralByName(config, annotated).withoutIgnoreUnknown();
        }

        @Override
        public JsonIncludeProperties.Value findPropertyInclusionByName(MapperConfig<?> config, Annotated annotated) {
            return JsonIncludeProperties.Value.all();
        }

        /** Only in a record a null that is left out is certainly null again. */
        @Override
        public JsonInclude.Value findPropertyInclusion(MapperConfig<?> config, Annotated annotated) {
            Class<?> holder =
                    annotated instanceof AnnotatedMember member ? member.getDeclaringClass() : annotated.getRawType();
            JsonInclude.Include asked =
                    super.findPropertyInclusion(config, annotated).getValueInclusion();
            return asked == JsonInclude.Include.NON_NULL && holder.isRecord()
                    ? JsonInclude.Value.empty().withValueInclusion(asked)
                    : JsonInclude.Value.empty();
        }

        @Override
        public JsonSetter.Value findSetterInfo(MapperConfig<?> config, Annotated annotated) {
            return JsonSetter.Value.empty();
        }

        @Override
        public @Nullable Object findNullSerializer(MapperConfig<?> config, Annotated annotated) {
            return null;
        }

        @Override
        public @Nullable Boolean findMergeInfo(MapperConfig<?> config, Annotated annotated) {
            return null;
        }

        @Override
        public JsonTypeInfo.@Nullable Value findPolymorphicTypeInfo(MapperConfig<?> config, Annotated annotated) {
            JsonTypeInfo.@Nullable Value info = super.findPolymorphicTypeInfo(config, annotated);
            return info == null ? null : info.withDefaultImpl(null);
        }

        @Override
        public JsonFormat.@Nullable Value findFormat(MapperConfig<?> config, Annotated annotated) {
            JsonFormat.@Nullable Value format = super.findFormat(config, annotated);
            if (format != null) {
                for (JsonFormat.Feature guess : GUESSES) {
                    format = Boolean.TRUE.equals(format.getFeature(guess)) ? format.withoutFeature(guess) : format;
                }
            }
            return format;
        }

        @Override
        public @Nullable ObjectIdInfo findObjectReferenceInfo(
                MapperConfig<?> config, Annotated annotated, @Nullable ObjectIdInfo known) {
            @Nullable ObjectIdInfo info = super.findObjectReferenceInfo(config, annotated, known);
            return info == null ? null : info.withAlwaysAsId(false);
        }
    }
}
