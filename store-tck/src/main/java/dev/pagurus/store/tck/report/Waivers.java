package dev.pagurus.store.tck.report;

import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The clauses that a store is known to break, with the reasons; see {@link StoreFixture#waivers()} for the file.
 * Immutable.
 */
public final class Waivers {

    public static final Waivers NONE = new Waivers(Map.of());

    private static final Pattern LINE = Pattern.compile("(\\S+)(?:\\s+(.*))?");

    private final Map<Clause, String> reasons;

    private Waivers(Map<Clause, String> reasons) {
        this.reasons = reasons;
    }

    /** Reads a file; every line must be right. */
    public static Waivers read(Path file) {
        List<String> lines;
        try {
            lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The file of waivers " + file.toAbsolutePath() + " cannot be read as UTF-8 text: " + e
                            + ". StoreFixture.waivers() names it, as seen from the module's directory.",
                    e);
        }
        Map<Clause, String> reasons = new EnumMap<>(Clause.class);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(line, file + ", line " + (i + 1), reasons);
            }
        }
        return new Waivers(reasons);
    }

    private static void add(String line, String place, Map<Clause, String> reasons) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException(place + ": a line is a clause and a reason, but this one is: " + line);
        }
        Clause clause = clause(parts.group(1), place);
        String reason = parts.group(2);
        if (reason == null || reason.isBlank()) {
            throw new IllegalArgumentException(place + ": the waiver of " + clause
                    + " has no reason. Write one after the id, such as: " + clause
                    + " the engine cannot do this before version 3, see issue 12");
        }
        if (reasons.put(clause, reason) != null) {
            throw new IllegalArgumentException(place + ": the clause " + clause + " is waived twice. Keep one line.");
        }
    }

    private static Clause clause(String id, String place) {
        for (Clause clause : Clause.values()) {
            if (clause.name().equals(id)) {
                return clause;
            }
        }
        throw new IllegalArgumentException(place + ": there is no clause '" + id
                + "'. A line begins with the id of a clause, such as W4; CONTRACT.md lists them.");
    }

    /** Returns why a clause is waived, or null if it is not. */
    @Nullable
    String reason(Clause clause) {
        return reasons.get(clause);
    }

    Set<Clause> clauses() {
        return reasons.keySet();
    }
}
