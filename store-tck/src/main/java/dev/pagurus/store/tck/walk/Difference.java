package dev.pagurus.store.tck.walk;

import dev.pagurus.store.tck.samples.Item;
import dev.pagurus.store.tck.samples.SeenText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where two answers differ, and how: the way down to the first part that is not the same.
 *
 * @param where the way, in words; empty if they differ as a whole
 * @param expected what the contract says there
 * @param came what the store said
 */
record Difference(String where, String expected, String came) {

    /** Finds it in two answers that are not equal. */
    static Difference between(@Nullable Object expected, @Nullable Object came) {
        return between("", expected, came);
    }

    private static Difference between(String where, @Nullable Object expected, @Nullable Object came) {
        if (expected instanceof List<?> one && came instanceof List<?> other) {
            return ofLists(where, one, other);
        }
        if (expected instanceof Answer.Asked one
                && came instanceof Answer.Asked other
                && one.question().equals(other.question())) {
            return between(where + one.question() + ": ", one.answer(), other.answer());
        }
        if (expected instanceof Answer.Pair one
                && came instanceof Answer.Pair other
                && Objects.equals(one.key(), other.key())) {
            return between(where + "of " + Shown.of(one.key()) + ": ", one.value(), other.value());
        }
        if (expected instanceof Answer.Seen one
                && came instanceof Answer.Seen other
                && one.id().equals(other.id())
                && one.version() == other.version()
                && one.createdAt().equals(other.createdAt())) {
            return between(where + "the value of " + Shown.of(one.id()) + ": ", one.value(), other.value());
        }
        if (expected instanceof Item one && came instanceof Item other) {
            return ofItems(where, one, other);
        }
        if (expected instanceof Set<?> one && came instanceof Set<?> other) {
            return ofSets(where, one, other);
        }
        if (expected instanceof String one && came instanceof String other) {
            return ofTexts(where, one, other);
        }
        return new Difference(where, Shown.of(expected), Shown.of(came));
    }

    private static Difference ofLists(String where, List<?> expected, List<?> came) {
        int same = 0;
        while (same < Math.min(expected.size(), came.size()) && Objects.equals(expected.get(same), came.get(same))) {
            same++;
        }
        String size =
                expected.size() == came.size() ? "" : "of " + came.size() + " in place of " + expected.size() + ", ";
        boolean alone = (expected.size() == 1 && came.size() == 1) || areOneQuestion(expected, came, same);
        String place = where + (alone ? "" : size + "number " + (same + 1) + ": ");
        if (same < expected.size() && same < came.size()) {
            return between(place, expected.get(same), came.get(same));
        }
        return new Difference(
                place,
                same < expected.size() ? Shown.of(expected.get(same)) : "no more",
                same < came.size() ? Shown.of(came.get(same)) : "no more");
    }

    private static boolean areOneQuestion(List<?> expected, List<?> came, int at) {
        return at < Math.min(expected.size(), came.size())
                && expected.get(at) instanceof Answer.Asked one
                && came.get(at) instanceof Answer.Asked other
                && one.question().equals(other.question());
    }

    private static Difference ofItems(String where, Item expected, Item came) {
        Map<String, Object> one = Shown.parts(expected);
        Map<String, Object> other = Shown.parts(came);
        Set<String> names = new TreeSet<>(one.keySet());
        names.addAll(other.keySet());
        List<String> differ = new ArrayList<>(names);
        differ.removeIf(name -> Objects.equals(one.get(name), other.get(name)));
        return differ.isEmpty()
                ? new Difference(where, Shown.of(expected), Shown.of(came))
                : between(where + differ.get(0) + ": ", one.get(differ.get(0)), other.get(differ.get(0)));
    }

    private static Difference ofSets(String where, Set<?> expected, Set<?> came) {
        List<Object> missing = new ArrayList<>(expected);
        missing.removeAll(came);
        List<Object> added = new ArrayList<>(came);
        added.removeAll(expected);
        return new Difference(
                where, expected.size() + " with " + Shown.of(missing), came.size() + " with " + Shown.of(added));
    }

    private static Difference ofTexts(String where, String expected, String came) {
        int same = 0;
        while (same < Math.min(expected.length(), came.length()) && expected.charAt(same) == came.charAt(same)) {
            same++;
        }
        return same < 8
                ? new Difference(where, SeenText.of(expected), SeenText.of(came))
                : new Difference(
                        where + "from character " + same + " on: ",
                        SeenText.of(expected.substring(same)) + " of " + expected.length(),
                        SeenText.of(came.substring(same)) + " of " + came.length());
    }
}
