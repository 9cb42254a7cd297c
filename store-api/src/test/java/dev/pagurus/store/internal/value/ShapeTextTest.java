package dev.pagurus.store.internal.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.Codec;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ShapeTextTest {

    private static @Nullable String of(Supplier<@Nullable String> shape) {
        return ShapeText.of("notes", new Codec<String>() {
            @Override
            public String encode(String value) {
                return value;
            }

            @Override
            public String decode(String body) {
                return body;
            }

            @Override
            public @Nullable String shape() {
                return shape.get();
            }
        });
    }

    @Test
    void linesStandOnceInOrderWithNothingAroundThem() {
        assertThat(of(() -> null)).isNull();
        assertThat(of(() -> "")).isEmpty();
        assertThat(of(() -> "\n \n\t\n")).isEmpty();
        assertThat(of(() -> "b text\r\na text\n\n  b text ")).isEqualTo("a text\nb text");
        assertThat(of(() -> "a\u0000b\u001b[1m\u2028c text")).isEqualTo("a b [1m c text");
        assertThat(of(() -> "\ud83e\udd80 text\n\ud83e text")).isEqualTo("\ud83e\udd80 text\n\ufffd text");
    }

    @Test
    void whatFilesBringMustBeSoAlready() {
        assertThat(ShapeText.isNormal("a text\nb text")).isTrue();
        assertThat(ShapeText.isNormal("")).isTrue();
        for (String odd : new String[] {"b text\na text", "a text\na text", "a\u001b[1m", " a", "a\n", "\ud83e"}) {
            assertThat(ShapeText.isNormal(odd)).as(odd).isFalse();
        }
        assertThat(ShapeText.isNormal("a".repeat(Schema.MAX_SHAPE_BYTES))).isTrue();
        assertThat(ShapeText.isNormal("a".repeat(Schema.MAX_SHAPE_BYTES + 1))).isFalse();
        assertThat(ShapeText.isNormal("\u00e4".repeat(Schema.MAX_SHAPE_BYTES / 2 + 1)))
                .isFalse();
    }

    @Test
    void aCodecThatFailsIsNamedByItsCollection() {
        assertThatThrownBy(() -> of(() -> {
                    throw new IllegalStateException("no idea");
                }))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("codec of collection 'notes'")
                .hasMessageContaining("no idea");
        SchemaException own = new SchemaException("its own words");
        assertThatThrownBy(() -> of(() -> {
                    throw own;
                }))
                .isSameAs(own);
        assertThatThrownBy(() -> of(() -> "a".repeat(Schema.MAX_SHAPE_BYTES + 1)))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("has 65537 UTF-8 bytes, more than 65536");
    }
}
