package dev.pagurus.store.spi;

/** What a field holds, and as what its values cross the SPI. All can be null but those that {@linkplain #isMany hold many}. */
public enum FieldKind {
    /** Text: a {@link String}, ordered by code point. Names of enum constants too. */
    TEXT,
    /** An integer: a {@link Long}. */
    LONG,
    /** A real number: a {@link Double}, never NaN or -0.0. */
    DOUBLE,
    /** A {@link Boolean}; false comes before true. */
    BOOLEAN,
    /** A point in time: a {@link Long}, microseconds since the epoch; see {@link Micros}. */
    INSTANT,
    /** A set of texts: a {@code List<String>} without duplicates, never null. */
    MANY,
    /**
     * The words of a text: as {@link #MANY}, at most {@value dev.pagurus.store.WordsField#MAX_WORDS} of them, none empty. They
     * are made above the SPI; an engine compares them as they are.
     */
    WORDS,
    /** The same, of words with their diacritics. */
    ACCENTED_WORDS;

    /** Says whether it is a set of texts: {@link #MANY} or words. */
    public boolean isMany() {
        return this == MANY || isWords();
    }

    /** Says whether it is a set of words, which may be looked for by {@link Condition.ContainsPrefix}. */
    public boolean isWords() {
        return this == WORDS || this == ACCENTED_WORDS;
    }

    /**
     * Compares two values of one field as they cross the SPI: text by code point, where {@link String#compareTo} compares by
     * UTF-16 unit, everything else by size.
     */
    public static int compare(Object one, Object other) {
        if (one instanceof String text) {
            return compareTexts(text, (String) other);
        }
        @SuppressWarnings("unchecked") // both are Long, Double or Boolean
        Comparable<Object> comparable = (Comparable<Object>) one;
        return comparable.compareTo(other);
    }

    private static int compareTexts(String one, String other) {
        int length = Math.min(one.length(), other.length());
        for (int i = 0; i < length; i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                // Surrogates stand for code points above all others, but lie below U+E000 as units.
                return Character.isSurrogate(a) == Character.isSurrogate(b)
                        ? Character.compare(a, b)
                        : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return Integer.compare(one.length(), other.length());
    }
}
