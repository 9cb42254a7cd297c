package dev.pagurus.store;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.databind.BeanProperty;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationConfig;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.cfg.GeneratorSettings;
import tools.jackson.databind.cfg.SerializationContexts;
import tools.jackson.databind.introspect.AnnotatedMember;
import tools.jackson.databind.jsontype.TypeSerializer;
import tools.jackson.databind.ser.SerializationContextExt;
import tools.jackson.databind.ser.SerializerCache;
import tools.jackson.databind.ser.SerializerFactory;
import tools.jackson.databind.ser.bean.BeanSerializerBase;

/**
 * Refuses a value of a subclass where only its superclass is declared: it would be written with all it has, and could not be
 * read. Asked by Jackson when it meets a class at a property for the first time, so that it costs nothing later.
 */
final class StrictContexts extends SerializationContexts {

    private static final long serialVersionUID = 1L;

    StrictContexts() {}

    private StrictContexts(TokenStreamFactory streams, SerializerFactory serializers, SerializerCache cache) {
        super(streams, serializers, cache);
    }

    @Override
    protected SerializationContexts forMapper(
            Object mapper, TokenStreamFactory streams, SerializerFactory serializers, SerializerCache cache) {
        return new StrictContexts(streams, serializers, cache);
    }

    @Override
    public SerializationContextExt createContext(SerializationConfig config, GeneratorSettings settings) {
        return new Context(_streamFactory, config, settings, _serializerFactory, _cache);
    }

    private static final class Context extends SerializationContextExt {

        Context(
                TokenStreamFactory streams,
                SerializationConfig config,
                GeneratorSettings settings,
                SerializerFactory serializers,
                SerializerCache cache) {
            super(streams, config, settings, serializers, cache);
        }

        @Override
        public ValueSerializer<Object> handlePrimaryContextualization(
                ValueSerializer<?> serializer, @Nullable BeanProperty property) {
            requireTold(serializer, property);
            return super.handlePrimaryContextualization(serializer, property);
        }

        @Override
        public ValueSerializer<Object> handleSecondaryContextualization(
                ValueSerializer<?> serializer, @Nullable BeanProperty property) {
            requireTold(serializer, property);
            return super.handleSecondaryContextualization(serializer, property);
        }

        private void requireTold(@Nullable ValueSerializer<?> serializer, @Nullable BeanProperty property) {
            if (property == null || serializer == null) {
                return;
            }
            JavaType declared = property.getType();
            while (declared.getContentType() != null) {
                declared = declared.getContentType();
            }
            Class<?> type = serializer.handledType();
            boolean anything = declared.isJavaLangObject() && property.getType().isJavaLangObject();
            if ((serializer instanceof BeanSerializerBase || anything)
                    && !declared.hasRawClass(type)
                    && declared.getRawClass().isAssignableFrom(type)
                    && !isTold(type, declared, property)) {
                reportBadDefinition(
                        type,
                        "The value of property '" + property.getName() + "' is a " + type.getName()
                                + ", which nothing tells from "
                                + declared.getRawClass().getName()
                                + " when it is read. Annotate that with @JsonTypeInfo and @JsonSubTypes, or seal it");
            }
        }

        private boolean isTold(Class<?> type, JavaType declared, BeanProperty property) {
            @Nullable AnnotatedMember member = property.getMember();
            @Nullable TypeSerializer typing = findTypeSerializer(declared);
            if (typing == null && (member == null || !member.hasAnnotation(JsonTypeInfo.class))) {
                // Something else than what is written may be read: the parameter of a constructor, for one.
                return declared.isAbstract();
            }
            if (typing != null
                    && switch (typing.getTypeIdResolver().getMechanism()) {
                        case CLASS, MINIMAL_CLASS, CUSTOM -> true;
                        default -> false;
                    }) {
                return true;
            }
            return (member == null
                            ? getConfig()
                                    .getSubtypeResolver()
                                    .collectAndResolveSubtypesByClass(
                                            getConfig(),
                                            getConfig()
                                                    .classIntrospectorInstance()
                                                    .introspectClassAnnotations(declared))
                            : getConfig()
                                    .getSubtypeResolver()
                                    .collectAndResolveSubtypesByClass(getConfig(), member, declared))
                    .stream().anyMatch(subtype -> subtype.getType() == type);
        }
    }
}
