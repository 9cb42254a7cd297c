package dev.pagurus.store.tck.reference;

import org.jspecify.annotations.Nullable;

/** How values are compared: text by code point, anything else by size, a null before all of them. */
public final class Values {

    private Values() {}

    /** Compares two values of one field. */
    public static int compare(Object one, Object other) {
        if (one instanceof String text) {
            return compareTexts(text, (String) other);
        }
        @SuppressWarnings("unchecked") // values of one field have one type
        Comparable<Object> comparable = (Comparable<Object>) one;
        return comparable.compareTo(other);
    }

    /** Compares two values of one field that may be null. */
    public static int compareNullable(@Nullable Object one, @Nullable Object other) {
        if (one == null || other == null) {
            return one == other ? 0 : one == null ? -1 : 1;
        }
        return compare(one, other);
    }

    /** The order of UTF-16 differs from that of code points where a surrogate meets what lies behind them. */
    private static int compareTexts(String one, String other) {
        for (int i = 0; i < Math.min(one.length(), other.length()); i++) {
            char a = one.charAt(i);
            char b = other.charAt(i);
            if (a != b) {
                return Character.isSurrogate(a) == Character.isSurrogate(b) ? a - b : Character.isSurrogate(a) ? 1 : -1;
            }
        }
        return one.length() - other.length();
    }
}
