package dev.pagurus.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** One spelling of paths, for shapes, messages and upgrades. */
class PropertyPathTest {

    @Test
    void whatAMessageSaysIsAPathAgain() {
        for (String name :
                List.of("a", "a.b", "a b", "a\\b", "[]", "{}", "<x>", "", "a\nb", "\u2028", "e", "u0041", "é")) {
            String written = PropertyPath.escaped(name);
            assertThat(written).as(name).doesNotContain("\n");
            PropertyPath path = PropertyPath.of("x." + written + "[].y");
            assertThat(path.steps().get(1).name()).isEqualTo(name);
            assertThat(PropertyPath.text(path.steps())).isEqualTo("x." + written + "[].y");
        }
        assertThat(PropertyPath.escaped("a.b")).isEqualTo("a\\.b");
        assertThat(PropertyPath.of("a\\u002Eb").last().name()).isEqualTo("a.b");
        assertThat(PropertyPath.of("<euro>.amount").steps()).hasSize(2);
    }

    @Test
    void pathsBelowAMapAreTheSameForEveryKey() throws Exception {
        ShapePaths shape = Objects.requireNonNull(ShapePaths.of("a\\.b\\ c text\nm{}.b integer\nn{}{}[].x text"));
        assertThat(shape.normal("m.key.b")).isEqualTo("m{}.b");
        assertThat(shape.normal("n.k.l[].x")).isEqualTo("n{}{}[].x");
        assertThat(shape.normal("a\\.b\\ c")).isEqualTo("a\\.b\\ c");
        assertThat(shape.has(PropertyPath.of("m.key.b"))).isTrue();
        assertThat(shape.has(PropertyPath.of("m{}"))).isTrue();
        assertThat(shape.has(PropertyPath.of("m{}.c"))).isFalse();
        assertThat(shape.has(PropertyPath.of("a\\.b c.d"))).isFalse();
    }
}
