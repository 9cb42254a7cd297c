package dev.pagurus.examples.benchmarks.words;

import dev.pagurus.store.LongField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.WordsField;

/**
 * A piece of a text, with a number that is in another order than the ids.
 *
 * @param id what it is found by
 */
record Piece(String id, String text, long number) {

    static final WordsField<Piece> WORDS = WordsField.of("words", Piece::text);
    static final LongField<Piece> NUMBER = LongField.of("number", Piece::number);
    static final Schema<Piece> SCHEMA =
            Schema.of("pieces", Piece.class).index(WORDS).index(NUMBER);
}
