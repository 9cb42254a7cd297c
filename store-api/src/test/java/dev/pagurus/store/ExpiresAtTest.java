package dev.pagurus.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** By which field a schema says that documents expire. */
class ExpiresAtTest {

    private static final InstantField<String> END = InstantField.of("end", Instant::parse);
    private static final InstantField<String> OTHER = InstantField.of("other", Instant::parse);
    private static final TextField<String> TEXT = TextField.of("text", text -> text);
    private static final Schema<String> NOTES = Schema.of("notes", Codec.of(text -> text, text -> text));

    @Test
    void itDeclaresTheFieldAndAnIndexUnlessThereIsOne() {
        Schema<String> expiring = NOTES.expiresAt(END);
        assertThat(expiring.expiresAt()).contains(END);
        assertThat(expiring.fields()).containsExactly(END);
        assertThat(expiring.indexes()).extracting(Index::name).containsExactly("end");
        assertThat(NOTES.index(END, TEXT).expiresAt(END).indexes())
                .extracting(Index::name)
                .containsExactly("end_text");
        assertThat(NOTES.index(TEXT, END).expiresAt(END).indexes())
                .extracting(Index::name)
                .containsExactly("text_end", "end");
    }

    @Test
    void itIsOffUnlessSaidAndStaysWithWhatElseIsSaid() {
        assertThat(NOTES.expiresAt()).isEmpty();
        assertThat(NOTES.expiresAt(END)
                        .revision(2)
                        .upgrade(1, body -> body)
                        .index(TEXT)
                        .field(OTHER)
                        .setAside("aside")
                        .expiresAt())
                .contains(END);
    }

    @Test
    void whatMakesNoSenseIsRefused() {
        assertThatThrownBy(() -> NOTES.expiresAt(NOTES.updatedAt()))
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("'notes'", "'version'");
        assertThatThrownBy(() -> NOTES.expiresAt(END).expiresAt(OTHER))
                .isInstanceOf(SchemaException.class)
                .hasMessageContainingAll("'notes'", "'end'", "'other'");
        assertThatThrownBy(() -> NOTES.expiresAt(END).index(END))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("twice");
    }
}
