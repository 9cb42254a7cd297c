package dev.pagurus.store.tck.watch;

import java.util.ArrayList;
import java.util.List;

/** A text as a failure shows it: of what is long, the beginning and the end, and how long it is. */
final class Shown {

    private static final int LONGEST_LINE = 500;
    private static final int LINES = 60;
    private static final int LAST_LINES = 10;

    private Shown() {}

    static String of(String text) {
        List<String> lines = text.lines().map(Shown::line).toList();
        if (lines.size() <= LINES) {
            return String.join("\n", lines);
        }
        List<String> shown = new ArrayList<>(lines.subList(0, LINES - LAST_LINES));
        shown.add("... (" + (lines.size() - LINES) + " more lines)");
        shown.addAll(lines.subList(lines.size() - LAST_LINES, lines.size()));
        return String.join("\n", shown);
    }

    private static String line(String line) {
        int half = LONGEST_LINE / 2;
        return line.length() <= LONGEST_LINE
                ? line
                : line.substring(0, half) + " ... (" + line.length() + " characters) ... "
                        + line.substring(line.length() - half);
    }
}
