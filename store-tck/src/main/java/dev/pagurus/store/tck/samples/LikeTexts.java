package dev.pagurus.store.tck.samples;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Texts of one limit that engines take for each other: most differ from another one by one thing, such as case, a space, the
 * normal form or the last character. Their lengths lie around those where engines cut: the limit, and those of other
 * people's columns and indexes. Not for several threads.
 */
final class LikeTexts {

    /** Lengths around those of columns, of indexes and of blocks, in UTF-8 bytes. */
    private static final List<Integer> LENGTHS = List.of(
            1, 2, 3, 7, 8, 15, 16, 30, 31, 32, 63, 64, 99, 100, 127, 128, 190, 191, 192, 249, 250, 254, 255, 256, 499,
            500, 511, 512, 766, 767, 768, 899, 900, 901, 999, 1000, 1001, 1023, 1024);

    /** Of one byte, two, three and four; signs that mean something to somebody. */
    private static final List<int[]> LETTERS = List.of(
            "abcdefghijklmnopqrstuvwxyzEISTZ0123456789".codePoints().toArray(),
            "\u00E9\u00E8\u00FC\u00DF\u0130\u0131\u00F1\u00E6\u00C5\u03C3\u03C2\u0414"
                    .codePoints()
                    .toArray(),
            "\u65E5\u672C\uAC00\uFF71\uFF41\u2163\u1E9E\uFB01\uD7FF\uE000\uFFFF"
                    .codePoints()
                    .toArray(),
            "\uD83E\uDD80\uD835\uDCB3\uD800\uDC00\uDBFF\uDFFF".codePoints().toArray(),
            " \t\r\n%_\\'\",;-$?:{}[]*/#&\u0001\u007F\u00A0\u200B".codePoints().toArray());

    /** What is hung on to a text, or put in the place of its end. */
    private static final List<String> ENDS = List.of(
            " ",
            "  ",
            "\t",
            "\n",
            "\r\n",
            "%",
            "_",
            "\\",
            "*",
            "'",
            "0",
            ".",
            "a",
            "A",
            "\u0001",
            "\u007F",
            "\u00A0",
            "\u00AD",
            "\u200B",
            "\u0301",
            "\uFEFF",
            "\u00E9",
            "e\u0301",
            "\uFFFF",
            "\uD800\uDC00",
            "\uDBFF\uDFFF");

    /** How many texts, and tags, others are made from. */
    private static final int STEMS = 13;

    /** Of so many few are long. */
    private static final int MANY = 300;

    private final Random random;
    private final int least;
    private final int most;
    private final List<Integer> lengths;
    private final List<String> stems;
    private final List<String> ends;

    /**
     * Draws by a random number.
     *
     * @param least how many characters a text has at least: none, or one
     * @param most how many bytes it has at most
     */
    LikeTexts(Random random, int least, int most) {
        this.random = random;
        this.least = least;
        this.most = most;
        this.lengths = LENGTHS.stream().filter(length -> length <= most).toList();
        this.stems = stems();
        this.ends = ends(LETTERS.get(0), most - 1);
    }

    /** Returns one of a few, of any length; always of the same few. */
    String any() {
        return any(stems);
    }

    /** Returns one of a few that are as long as may be, and the same but for their last letter. */
    String anyEnd() {
        return any(ends);
    }

    /** Returns a new one of a length where engines cut. */
    String ofAnyLength() {
        return stem(any(lengths));
    }

    /** Returns a new one of some letters. */
    String ofSomeLetters() {
        return stem(1 + random.nextInt(12));
    }

    /** Returns another text, which is nearly the same. */
    String twin(String text) {
        while (true) {
            String twin = changed(text);
            if (!twin.equals(text) && twin.length() >= least && bytes(twin) <= most) {
                return twin;
            }
        }
    }

    /** Returns different ones in no order, most of them alike but for one thing. Some differ at the end of the limit only. */
    List<String> different(int count) {
        // As long as may be, in bytes and in characters.
        Set<String> all = new LinkedHashSet<>(ends);
        all.addAll(ends(LETTERS.get(2), most - 3));
        Set<String> different = new LinkedHashSet<>();
        all.stream().limit(count / 2).forEach(different::add);
        while (different.size() < count) {
            String stem = random.nextInt(count > MANY ? 24 : 2) == 0 ? ofAnyLength() : ofSomeLetters();
            different.add(stem);
            for (int i = random.nextInt(4); i > 0 && different.size() < count; i--) {
                different.add(twin(stem));
            }
        }
        List<String> mixed = new ArrayList<>(different);
        Collections.shuffle(mixed, random);
        return mixed;
    }

    /** So many bytes of these letters, about, and behind them what is easily overlooked. */
    private List<String> ends(int[] letters, int bytes) {
        String begin = stem(letters, bytes);
        return Stream.of("a", "b", "A", " ").map(end -> begin + end).toList();
    }

    /** One for each range of lengths, so that all are there whatever the seed. */
    private List<String> stems() {
        List<String> drawn = new ArrayList<>();
        for (int i = 0; i < STEMS; i++) {
            int from = lengths.size() * i / STEMS;
            int to = lengths.size() * (i + 1) / STEMS;
            drawn.add(stem(any(lengths.subList(from, to))));
        }
        return List.copyOf(drawn);
    }

    /** So many bytes, half of the time of plain letters. */
    private String stem(int bytes) {
        int alphabet = random.nextInt(2 * LETTERS.size()) - LETTERS.size();
        if (alphabet != 0) {
            return stem(LETTERS.get(Math.max(0, alphabet)), bytes);
        }
        StringBuilder stem = new StringBuilder();
        for (int left = bytes; left > 0; left = bytes - bytes(stem.toString())) {
            stem.append(stem(any(LETTERS), Math.min(left, 4)));
        }
        return stem.toString();
    }

    private String stem(int[] letters, int bytes) {
        StringBuilder stem = new StringBuilder();
        for (int left = bytes; left > 0; ) {
            String letter = Character.toString(letters[random.nextInt(letters.length)]);
            if (bytes(letter) > left) {
                letter = Character.toString('a' + random.nextInt(26));
            }
            stem.append(letter);
            left -= bytes(letter);
        }
        return stem.toString();
    }

    /** Changes one thing, or nothing where there is no such thing. */
    private String changed(String text) {
        return switch (random.nextInt(14)) {
            case 0 -> text + " ";
            case 1 -> " " + text;
            case 2 -> text.strip();
            case 3 -> otherCase(text);
            case 4 -> text.toUpperCase(Locale.ROOT);
            case 5 -> text.toLowerCase(Locale.ROOT);
            case 6 ->
                Normalizer.normalize(
                        text,
                        Normalizer.isNormalized(text, Normalizer.Form.NFC) ? Normalizer.Form.NFD : Normalizer.Form.NFC);
            case 7 -> Normalizer.normalize(text, Normalizer.Form.NFKC);
            case 8 -> text.contains("e") ? text.replace('e', '\u00E9') : text.replace('\u00E9', 'e');
            case 9 -> text.contains("\r\n") ? text.replace("\r\n", "\n") : text.replace("\n", "\r\n");
            case 10 -> withoutEnd(text);
            case 11 -> withoutEnd(text) + any(ENDS);
            case 12 -> withoutEnd(text) + (char) ('a' + random.nextInt(26));
            default -> text + any(ENDS);
        };
    }

    /** Of one letter. */
    private String otherCase(String text) {
        if (text.isEmpty()) {
            return text;
        }
        StringBuilder changed = new StringBuilder(text);
        int at = random.nextInt(text.length());
        char letter = text.charAt(at);
        changed.setCharAt(
                at, Character.isUpperCase(letter) ? Character.toLowerCase(letter) : Character.toUpperCase(letter));
        return changed.toString();
    }

    private static String withoutEnd(String text) {
        return text.isEmpty() ? text : text.substring(0, text.offsetByCodePoints(text.length(), -1));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private <V> V any(List<V> values) {
        return values.get(random.nextInt(values.size()));
    }
}
