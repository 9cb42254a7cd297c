package dev.pagurus.store.sqlite;

import java.util.List;

/**
 * Text that not every database can keep, and so none may.
 *
 * @param what it is called in the name of a test
 * @param fragment what the message says about it
 */
record BadText(String what, String text, String fragment) {

    private static final char HIGH = '\uD83D';
    private static final char LOW = '\uDE00';

    static final List<BadText> ALL = List.of(
            new BadText("U+0000", "\0", "U+0000 at index 0"),
            new BadText("U+0000 at the end", "a\0", "U+0000 at index 1"),
            new BadText("U+0000 after an emoji", "" + HIGH + LOW + "\0b", "U+0000 at index 2"),
            new BadText("a high surrogate", "" + HIGH, "unpaired surrogate (U+D83D) at index 0"),
            new BadText("a low surrogate", "" + LOW, "unpaired surrogate (U+DE00) at index 0"),
            new BadText("the lowest surrogate", "\uD800", "unpaired surrogate (U+D800) at index 0"),
            new BadText("the highest surrogate", "\uDFFF", "unpaired surrogate (U+DFFF) at index 0"),
            new BadText("a high surrogate at the end", "ab" + HIGH, "unpaired surrogate (U+D83D) at index 2"),
            new BadText("a high surrogate before a letter", HIGH + "a", "unpaired surrogate (U+D83D) at index 0"),
            new BadText("two high surrogates before a low one", "" + HIGH + HIGH + LOW, "(U+D83D) at index 0"),
            new BadText("a pair the wrong way round", "" + LOW + HIGH, "unpaired surrogate (U+DE00) at index 0"));
}
