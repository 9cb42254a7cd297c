package dev.pagurus.store;

import java.text.DateFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Month;
import java.time.MonthDay;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.YearMonth;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.deser.ValueDeserializerModifier;
import tools.jackson.databind.deser.std.DelegatingDeserializer;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.ser.jdk.JavaUtilDateSerializer;
import tools.jackson.databind.ser.std.StdScalarSerializer;
import tools.jackson.databind.ser.std.ToStringSerializer;

/** What no switch of Jackson's does. */
final class StrictModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    private static final Set<Class<?>> TIMES = Set.of(
            Instant.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            YearMonth.class,
            MonthDay.class,
            Duration.class,
            Date.class);

    StrictModule() {
        super("pagurus");
        // By its name, as other enums are; Jackson writes the number.
        addSerializer(Month.class, new ToStringSerializer(Month.class));
        addSerializer(Date.class, new Dates(null, null));
        addSerializer(Locale.class, new Locales());
        addKeySerializer(Locale.class, new LocaleKeys());
        addKeySerializer(YearMonth.class, new YearMonthKeys());
        setDeserializerModifier(new OnlyTexts());
    }

    /** Subclasses, which are of SQL, are written in other ways, and would come back as a {@code Date}. */
    @SuppressWarnings("JavaUtilDate") // people have them
    private static final class Dates extends JavaUtilDateSerializer {

        Dates(@Nullable Boolean asNumber, @Nullable DateFormat format) {
            super(asNumber, format);
        }

        @Override
        public JavaUtilDateSerializer withFormat(@Nullable Boolean asNumber, @Nullable DateFormat format) {
            return new Dates(asNumber, format);
        }

        @Override
        public void serialize(Date date, JsonGenerator json, SerializationContext context) {
            if (date.getClass() != Date.class) {
                context.reportMappingProblem(
                        "The value is a %s, and would come back as a java.util.Date",
                        date.getClass().getName());
            }
            super.serialize(date, json, context);
        }
    }

    private static final class Locales extends StdScalarSerializer<Locale> {

        Locales() {
            super(Locale.class);
        }

        @Override
        public void serialize(Locale locale, JsonGenerator json, SerializationContext context) {
            json.writeString(tag(locale, context));
        }

        static String tag(Locale locale, SerializationContext context) {
            // An empty text is the root; its tag would be read as a language.
            String tag = locale.equals(Locale.ROOT) ? "" : locale.toLanguageTag();
            if (!Locale.forLanguageTag(tag).equals(locale)) {
                context.reportMappingProblem(
                        "The locale has no language tag that says all of it, and would come back as"
                                + " another one. Make it with Locale.forLanguageTag or Locale.Builder");
            }
            return tag;
        }
    }

    /** As values are; Jackson writes keys by {@code toString}, which leaves out the script's place. */
    private static final class LocaleKeys extends ValueSerializer<Locale> {
        @Override
        public void serialize(Locale locale, JsonGenerator json, SerializationContext context) {
            json.writeName(Locales.tag(locale, context));
        }
    }

    /** As values are; {@code toString} has no sign before a year of five digits, which reading asks for. */
    private static final class YearMonthKeys extends ValueSerializer<YearMonth> {

        private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT);

        @Override
        public void serialize(YearMonth month, JsonGenerator json, SerializationContext context) {
            json.writeName(FORMAT.format(month));
        }
    }

    /** A number may count seconds, milliseconds or days: who makes a time of one says how, in an upgrade. */
    private static final class OnlyTexts extends ValueDeserializerModifier {

        private static final long serialVersionUID = 1L;

        @Override
        public ValueDeserializer<?> modifyDeserializer(
                DeserializationConfig config, BeanDescription.Supplier type, ValueDeserializer<?> reader) {
            return TIMES.contains(type.getBeanClass()) ? new OfText(reader) : reader;
        }

        @Override
        public ValueDeserializer<?> modifyEnumDeserializer(
                DeserializationConfig config,
                JavaType type,
                BeanDescription.Supplier description,
                ValueDeserializer<?> reader) {
            return type.hasRawClass(Month.class) ? new OfText(reader) : reader;
        }
    }

    private static final class OfText extends DelegatingDeserializer {

        OfText(ValueDeserializer<?> reader) {
            super(reader);
        }

        @Override
        protected ValueDeserializer<?> newDelegatingInstance(ValueDeserializer<?> reader) {
            return new OfText(reader);
        }

        @Override
        public ValueDeserializer<?> createContextual(DeserializationContext context, @Nullable BeanProperty property) {
            ValueDeserializer<?> contextual = super.createContextual(context, property);
            boolean asNumber = property != null
                    && property.findPropertyFormat(context.getConfig(), handledType())
                            .getShape()
                            .isNumeric();
            return asNumber ? getDelegatee() : contextual;
        }

        @Override
        public @Nullable Object deserialize(JsonParser json, DeserializationContext context) {
            if (!json.hasToken(JsonToken.VALUE_STRING)) {
                JavaType type = context.constructType(handledType());
                return context.handleUnexpectedToken(type, json);
            }
            return super.deserialize(json, context);
        }
    }
}
