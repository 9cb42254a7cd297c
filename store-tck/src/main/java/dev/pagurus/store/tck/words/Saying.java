package dev.pagurus.store.tck.words;

import dev.pagurus.store.LongField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.WordsField;
import org.jspecify.annotations.Nullable;

/**
 * A text with a number.
 *
 * @param text null if nothing is said
 */
record Saying(@Nullable String text, long number) {

    static final WordsField<Saying> WORDS = WordsField.of("words", Saying::text);
    static final WordsField<Saying> ACCENTED =
            WordsField.<Saying>of("accented", Saying::text).keepingDiacritics();
    static final LongField<Saying> NUMBER = LongField.of("number", Saying::number);

    static final Schema<Saying> INDEXED =
            Schema.of("sayings", Saying.class).index(WORDS).index(ACCENTED).index(NUMBER);

    /** The same without any index. */
    static final Schema<Saying> PLAIN = Schema.of("plain_sayings", Saying.class)
            .field(ACCENTED)
            .field(NUMBER)
            .field(WORDS);
}
