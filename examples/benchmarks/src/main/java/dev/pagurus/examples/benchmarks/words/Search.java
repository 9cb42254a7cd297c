package dev.pagurus.examples.benchmarks.words;

import dev.pagurus.store.Filter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Something to be searched for.
 *
 * @param what how common it is
 * @param words the words, whole
 * @param prefix the beginning of one more; empty if none is asked for
 */
record Search(String what, List<String> words, String prefix) {

    private static final int COMMON = 10_000;

    Filter<Piece> filter() {
        String text = String.join(" ", words) + " " + prefix;
        return prefix.isEmpty() ? Piece.WORDS.hasAll(text) : Piece.WORDS.hasPrefix(text);
    }

    boolean matches(String[] all) {
        return Set.of(all).containsAll(words) && begins(all);
    }

    private boolean begins(String[] all) {
        if (prefix.isEmpty()) {
            return true;
        }
        for (String word : all) {
            if (word.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }

    /** Chooses from rare to very common, alone and together, by how many texts have each word. */
    static List<Search> of(List<String[]> texts) {
        Map<String, Integer> counts = new HashMap<>();
        for (String[] words : texts) {
            for (String word : new HashSet<>(List.of(words))) {
                counts.merge(word, 1, Integer::sum);
            }
        }
        List<String> byCount = new ArrayList<>(counts.keySet());
        byCount.sort(Comparator.<String>comparingInt(counts::get).reversed().thenComparing(Comparator.naturalOrder()));
        int size = texts.size();
        String first = byCount.get(0);
        String second = byCount.get(1);
        String hundredth = near(byCount, counts, size / 100);
        String thousandth = near(byCount, counts, size / 1_000);
        String few = near(byCount, counts, size / COMMON);
        String rare = near(byCount, counts, 3);
        String apart = apart(texts, byCount, hundredth);
        return List.of(
                new Search("very common", List.of(first), ""),
                new Search("one in 100", List.of(hundredth), ""),
                new Search("one in 1,000", List.of(thousandth), ""),
                new Search("one in 10,000", List.of(few), ""),
                new Search("rare", List.of(rare), ""),
                new Search("two very common", List.of(first, second), ""),
                new Search("very common, one in 100", List.of(first, hundredth), ""),
                new Search("very common, one in 10,000", List.of(first, few), ""),
                new Search("very common, rare", List.of(first, rare), ""),
                new Search("one in 100, one in 1,000", List.of(hundredth, thousandth), ""),
                new Search("one in 100, another, seldom together", List.of(hundredth, apart), ""),
                new Search("beginning of a letter", List.of(), first.substring(0, 1)),
                new Search(
                        "beginning of two letters", List.of(), hundredth.substring(0, Math.min(2, hundredth.length()))),
                new Search("beginning of a rare one", List.of(), rare.substring(0, Math.max(1, rare.length() - 1))),
                new Search("very common, a beginning", List.of(first), hundredth.substring(0, 1)),
                new Search("one in 1,000, a beginning", List.of(thousandth), hundredth.substring(0, 1)));
    }

    private static String near(List<String> byCount, Map<String, Integer> counts, int wanted) {
        return byCount.stream()
                .filter(word -> counts.getOrDefault(word, 0) <= wanted)
                .findFirst()
                .orElse(byCount.get(byCount.size() - 1));
    }

    /** Of the words that are about as common, the one that is with it in fewest texts. */
    private static String apart(List<String[]> texts, List<String> byCount, String with) {
        int from = byCount.indexOf(with) + 1;
        List<String> alike = byCount.subList(from, Math.min(byCount.size(), from + 50));
        Map<String, Integer> together = new HashMap<>();
        for (String[] words : texts) {
            Set<String> all = new HashSet<>(List.of(words));
            if (all.contains(with)) {
                all.forEach(word -> together.merge(word, 1, Integer::sum));
            }
        }
        return alike.stream()
                .min(Comparator.comparingInt(word -> together.getOrDefault(word, 0)))
                .orElse(with);
    }
}
