package dev.pagurus.store;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
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

/** What no switch of Jackson's does. */
final class StrictModule extends SimpleModule {

    private static final long serialVersionUID = 1L;

    private static final Set<Class<?>> TIMES = Set.of(
            Instant.class,
            LocalDate.class,
            LocalTime.class,
            LocalDateTime.class,
            OffsetDateTime.class,
            ZonedDateTime.class,
            Duration.class,
            Date.class);

    StrictModule() {
        super("pagurus");
        addKeySerializer(Locale.class, new LocaleKeys());
        setDeserializerModifier(new OnlyTexts());
    }

    /** As values are; Jackson writes keys by {@code toString}, which leaves out the script's place. */
    private static final class LocaleKeys extends ValueSerializer<Locale> {
        @Override
        public void serialize(Locale locale, JsonGenerator json, SerializationContext context) {
            json.writeName(locale.toLanguageTag());
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
