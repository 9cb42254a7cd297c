package dev.pagurus.store.tck.samples;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A text as a failure shows it: what cannot be seen by its number, and of what is long its two ends and its length. */
public final class SeenText {

    private static final int LONGEST = 40;
    private static final int END = 14;

    private SeenText() {}

    /** Returns a text in quotes. */
    public static String of(String text) {
        if (text.length() <= LONGEST) {
            return '"' + plain(text) + '"';
        }
        return '"' + plain(text.substring(0, END)) + "\"..\"" + plain(text.substring(text.length() - END)) + "\" ("
                + text.length() + " characters, " + text.getBytes(StandardCharsets.UTF_8).length + " bytes)";
    }

    /** Returns all of a text, with every character that could be mistaken for another one by its number. */
    public static String plain(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                plain.append("\\n");
            } else if (c >= ' ' && c < 0x7F) {
                plain.append(c);
            } else {
                plain.append(String.format(Locale.ROOT, "\\u%04X", (int) c));
            }
        }
        return plain.toString();
    }
}
