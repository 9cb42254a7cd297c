package dev.pagurus.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A type with few properties and long names: its shape is told in the short form when the long one has no room. */
class LongShapeTest {

    private static final String NAME =
            "a name of a property that is so long that nobody should have to read it more than once ";

    record Leaf(
            @JsonProperty(NAME + 1) int a,
            @JsonProperty(NAME + 2) int b,
            @JsonProperty(NAME + 3) int c,
            @JsonProperty(NAME + 4) int d,
            @JsonProperty(NAME + 5) int e) {}

    record Branch(
            @JsonProperty(NAME + 1) Leaf a,
            @JsonProperty(NAME + 2) Leaf b,
            @JsonProperty(NAME + 3) Leaf c,
            @JsonProperty(NAME + 4) Leaf d,
            @JsonProperty(NAME + 5) Leaf e,
            @JsonProperty(NAME + 6) Leaf f) {}

    record Tree(
            @JsonProperty(NAME + 1) Branch a,
            @JsonProperty(NAME + 2) Branch b,
            @JsonProperty(NAME + 3) Branch c,
            @JsonProperty(NAME + 4) Branch d,
            @JsonProperty(NAME + 5) Branch e,
            @JsonProperty(NAME + 6) Branch f,
            @JsonProperty(NAME + 7) Branch g,
            @JsonProperty(NAME + 8) Branch h,
            @JsonProperty(NAME + 9) Branch i) {}

    @Test
    void longNamesAreToldOnce() {
        String shape = Objects.requireNonNull(Codec.json(Tree.class).shape());
        assertThat(shape.getBytes(StandardCharsets.UTF_8).length).isLessThan(Schema.MAX_SHAPE_BYTES);
        assertThat(shape.lines()).hasSize(5 + 5 + 8);
        assertThat(shape).contains(" as ");
    }
}
