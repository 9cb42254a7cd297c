package dev.pagurus.store.internal.value;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextsTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "é", "漢字", "😀", "a\uD7FF\uE000\uFFFF", "x😀y"})
    void theBytesAreThoseOfUtf8(String text) {
        assertThat(Texts.check(text, 1000, "it")).isEqualTo(text.getBytes(StandardCharsets.UTF_8).length);
    }

    @ParameterizedTest
    @CsvSource({"a, b", "az, a{", "a\uD7FF, a\uE000", "\uFFFF, \uD800\uDC00", "a\uDBFF\uDFFF, b"})
    void afterAPrefixComesTheNextCodePoint(String prefix, String after) {
        assertThat(Texts.afterPrefix(prefix)).isEqualTo(after);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\uDBFF\uDFFF", "\uDBFF\uDFFF\uDBFF\uDFFF"})
    void afterTheLastCodePointComesNothing(String prefix) {
        assertThat(Texts.afterPrefix(prefix)).isNull();
    }

    @Test
    void textComparesAsItsUtf8BytesDo() {
        Random random = new Random(7);
        int[] pool = {'a', 'b', 0x7F, 0x80, 0x7FF, 0x800, 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF};
        for (int round = 0; round < 10_000; round++) {
            String one = text(random, pool);
            String other = text(random, pool);
            int bytes = Arrays.compareUnsigned(
                    one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));

            assertThat(Integer.signum(Texts.compare(one, other)))
                    .as("%s against %s", one, other)
                    .isEqualTo(Integer.signum(bytes));
        }
    }

    private static String text(Random random, int[] pool) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(4); i > 0; i--) {
            text.appendCodePoint(pool[random.nextInt(pool.length)]);
        }
        return text.toString();
    }
}
