package dev.pagurus.examples.cli;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.StoreConfig;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What was typed, any of which may hold a password: the URL of a store, and whatever somebody takes for an option. It is
 * shown by what it is, not as it was typed.
 */
final class Arguments {

    private static final Pattern CREDENTIALS =
            Pattern.compile("(?<before>(?:jdbc:)?(?:sqlite:)?)[^:]*:.*(?<after>@[^@]*)", Pattern.DOTALL);

    /** An option of a URL, also where other databases have them: {@code h2:x;PASSWORD=...}. */
    private static final Pattern SETTING = Pattern.compile("(?<before>[^;?&]*[;?&][^=]*=).*", Pattern.DOTALL);

    private final List<String> typed;

    private Arguments(List<String> typed) {
        this.typed = typed;
    }

    static Arguments of(List<String> typed) {
        // What is a part of another one comes after it.
        return new Arguments(typed.stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList());
    }

    /** Returns a text in which no argument stands as it was typed, but names of commands, options and files. */
    String hiddenIn(String text) {
        String hidden = text;
        for (String argument : typed) {
            String shown = shown(argument);
            if (!shown.equals(argument)) {
                hidden = hidden.replace(argument, shown);
                int equals = argument.indexOf('=');
                if (argument.startsWith("-") && equals >= 0 && equals < argument.length() - 1) {
                    hidden = hidden.replace("'" + argument.substring(equals + 1) + "'", "'***'");
                }
            }
        }
        return hidden;
    }

    /** Says what is wrong with them. */
    String complaint(ParameterException failure) {
        if (!(failure instanceof UnmatchedArgumentException unmatched)) {
            return hiddenIn(String.valueOf(failure.getMessage()));
        }
        String instead = instead(unmatched);
        for (String argument : unmatched.getUnmatched()) {
            if (argument.startsWith("-")) {
                return "There is no option '" + shown(argument) + "'." + instead;
            }
        }
        return failure.getCommandLine().getParent() == null
                ? "The first argument is not a command." + instead
                : "There are too many arguments.";
    }

    /** The parser offers whatever is least unlike, and be it all different; what is near is a mistake of the fingers. */
    private static String instead(UnmatchedArgumentException unmatched) {
        String typed = unmatched.getUnmatched().get(0);
        List<String> near = unmatched.getSuggestions().stream()
                .filter(one -> distance(typed, one) <= Math.max(1, Math.min(typed.length(), one.length()) / 3))
                .toList();
        return near.isEmpty() ? "" : " Did you mean " + String.join(" or ", near) + "?";
    }

    /** Counts the letters to be typed, dropped, exchanged or swapped with their neighbour to make one word of another. */
    private static int distance(String one, String other) {
        int[][] least = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    least[i][j] = i + j;
                    continue;
                }
                int exchanged = least[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                least[i][j] = Math.min(exchanged, 1 + Math.min(least[i][j - 1], least[i - 1][j]));
                boolean swapped = i > 1
                        && j > 1
                        && one.charAt(i - 1) == other.charAt(j - 2)
                        && one.charAt(i - 2) == other.charAt(j - 1);
                if (swapped) {
                    least[i][j] = Math.min(least[i][j], least[i - 2][j - 2] + 1);
                }
            }
        }
        return least[one.length()][other.length()];
    }

    private static String shown(String argument) {
        if (argument.startsWith("-")) {
            int equals = argument.indexOf('=');
            boolean cluster = argument.length() > 2 && !argument.startsWith("--");
            return cluster
                    ? argument.substring(0, 2) + "***"
                    : equals < 0 ? argument : argument.substring(0, equals) + "=***";
        }
        if (!argument.contains("://")) {
            // A URL whose scheme was forgotten or mistyped has both; a file's path hardly ever.
            Matcher name = CREDENTIALS.matcher(argument);
            if (name.matches()) {
                return name.group("before") + "***" + name.group("after");
            }
            Matcher setting = SETTING.matcher(argument);
            return setting.matches() ? setting.group("before") + "***" : argument;
        }
        try {
            return StoreConfig.of(argument).redactedUrl();
        } catch (ConfigurationException e) {
            return argument.substring(0, argument.indexOf("://")) + "://***";
        }
    }

    /** Returns what a failure that nobody foresaw says to who will mend it. */
    static String trace(Exception failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace, true));
        return trace.toString().stripTrailing();
    }
}
