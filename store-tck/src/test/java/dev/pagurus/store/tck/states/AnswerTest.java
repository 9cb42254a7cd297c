package dev.pagurus.store.tck.states;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.tck.samples.Item;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who judges answers finds what is wrong with them, says it, and lets what is right pass. */
class AnswerTest {

    private static final Answer TWO = Answer.documents(List.of(document("a", 1), document("b", 2)));

    @Test
    void theSameIsNoDifference() {
        assertThat(TWO.differenceOf(Answer.documents(List.of(document("a", 1), document("b", 2)))))
                .isNull();
        assertThat(Answer.of(3L).differenceOf(Answer.of(3L))).isNull();
        assertThat(Answer.of(counts(null, 1, "x", 2)).differenceOf(Answer.of(counts("x", 2, null, 1))))
                .isNull();
    }

    @Test
    void idsValuesOrderAndNumberDiffer() {
        assertThat(TWO.differenceOf(Answer.documents(List.of(document("a", 1), document("b", 3)))))
                .contains("document 1 is 'b'", "number=3", "and not", "number=2");
        assertThat(TWO.differenceOf(Answer.documents(List.of(document("b", 2), document("a", 1)))))
                .contains("document 0 is 'b'");
        assertThat(TWO.differenceOf(Answer.documents(List.of(document("a", 1)))))
                .contains("1 documents and not 2", "missing [b]");
        assertThat(Answer.of(3L).differenceOf(Answer.of(4L))).isEqualTo("4 and not 3");
        assertThat(Answer.of(counts("x", 1, "y", 2)).differenceOf(Answer.of(counts("x", 1, "y", 3))))
                .contains("1 of 2 groups", "y=3 and not 2");
    }

    @Test
    void valuesMayBeHandedOn() {
        assertThat(TWO.differenceOfValues(Answer.documents(List.of(document("a", 2), document("b", 1)))))
                .isNull();
        assertThat(TWO.differenceOfValues(Answer.documents(List.of(document("b", 1), document("c", 2)))))
                .isNull();
    }

    @Test
    void aValueThatIsTwiceOrNotThereIsOfTwoStates() {
        assertThat(TWO.differenceOfValues(Answer.documents(List.of(document("a", 2), document("b", 2)))))
                .contains("number 2 is in 'a' and in 'b'", "number 1 is nowhere");
        assertThat(TWO.differenceOfValues(Answer.documents(List.of(document("a", 1)))))
                .contains("number 2 is nowhere");
        assertThat(TWO.differenceOfValues(
                        Answer.documents(List.of(document("a", 1), document("b", 2), document("a", 1)))))
                .contains("'a' comes twice");
    }

    @Test
    void aLongTextIsNotShownWhole() {
        Answer one = Answer.documents(List.of(new Document<>("a", 1, Instant.EPOCH, Item.of("x".repeat(5_000)))));
        Answer other = Answer.documents(List.of(new Document<>("a", 1, Instant.EPOCH, Item.of("y".repeat(5_000)))));
        assertThat(one.differenceOf(other)).hasSizeLessThan(600).contains("(5011 characters)");
    }

    private static Document<Item> document(String id, long number) {
        return new Document<>(id, 1, Instant.EPOCH, Item.ofNumber(number));
    }

    private static Map<@Nullable String, Long> counts(
            @Nullable String one, long ones, @Nullable String two, long twos) {
        Map<@Nullable String, Long> counts = new HashMap<>();
        counts.put(one, ones);
        counts.put(two, twos);
        return counts;
    }
}
