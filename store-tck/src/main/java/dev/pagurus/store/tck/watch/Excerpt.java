package dev.pagurus.store.tck.watch;

import java.util.ArrayList;
import java.util.List;

/** A text as a failure shows it: of what is long, the beginning and the end, and how long it is. */
final class Excerpt {

    /** The first line is what an exception says, which is worth reading to its end. */
    private static final int LONGEST_FIRST = 3_000;

    private static final int LONGEST_LINE = 500;
    private static final int LINES = 60;
    private static final int LAST_LINES = 10;

    private Excerpt() {}

    static String of(String text) {
        List<String> lines = new ArrayList<>();
        text.lines().forEach(line -> lines.add(line(line, lines.isEmpty() ? LONGEST_FIRST : LONGEST_LINE)));
        if (lines.size() <= LINES) {
            return String.join("\n", lines);
        }
        List<String> shown = new ArrayList<>(lines.subList(0, LINES - LAST_LINES));
        shown.add("... (" + (lines.size() - LINES) + " more lines)");
        shown.addAll(lines.subList(lines.size() - LAST_LINES, lines.size()));
        return String.join("\n", shown);
    }

    private static String line(String line, int longest) {
        int half = longest / 2;
        return line.length() <= longest
                ? line
                : line.substring(0, half) + " ... (" + line.length() + " characters) ... "
                        + line.substring(line.length() - half);
    }
}
