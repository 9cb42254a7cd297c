package dev.pagurus.store.tck.samples;

import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoredRow;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Values that break stores, drawn by a seeded {@link Random}: the same ones for a seed. They are alike, for engines take what
 * is alike for the same: most texts differ from another one by one thing, such as case, a space, the normal form or the
 * last character. Their lengths lie around those where engines cut: the limits of the contract, and of other people's
 * columns and indexes. Not for several threads.
 */
public final class Hazards {

    /** Lengths around those of columns, of indexes and of blocks, in UTF-8 bytes. */
    private static final List<Integer> LENGTHS = List.of(
            1, 2, 3, 7, 8, 15, 16, 30, 31, 32, 63, 64, 99, 100, 127, 128, 190, 191, 192, 249, 250, 254, 255, 256, 499,
            500, 511, 512, 766, 767, 768, 899, 900, 901, 999, 1000, 1001, 1023, 1024);

    /** Sizes of chunks, batches and lists: the contract's own, and those that engines like. */
    private static final List<Integer> CHUNKS =
            List.of(100, 200, 900, 1000, 3000, 5000, 10_000, 32_766, 70_000, Scan.CHUNK_DOCUMENTS, StoredRow.CHUNK);

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

    private static final List<String> BLANKS =
            List.of("", " ", "   ", "\n", "\r\n", "\t", " \n", "\u00A0", "\u3000", "\uFEFF");

    private static final List<String> PIECES = List.of(
            "word ",
            "\r\n",
            "\n",
            "\t",
            "\\",
            "\"",
            "\\u0000",
            "\\\\n",
            "{\"a\": 1}",
            "'; --",
            "%",
            "\u00E9",
            "e\u0301",
            "\u2028",
            "\u65E5\u672C",
            "\uFFFF",
            "\uD83E\uDD80",
            "\uDBFF\uDFFF",
            "\u0001",
            "</a>",
            "$1?");

    private static final long[] NUMBER_EDGES = {
        0,
        1L << 7,
        1L << 15,
        1L << 16,
        1L << 24,
        1L << 31,
        1L << 32,
        1L << 53,
        1L << 62,
        1_000_000_000_000_000_000L,
        Long.MAX_VALUE - 1
    };

    private static final double[] REAL_EDGES = {
        0.0,
        0.1,
        0.1f,
        1.0,
        1e-7,
        123_456.789,
        16_777_216.0,
        16_777_217.0,
        9_007_199_254_740_992.0,
        0x1p63,
        Float.MIN_VALUE,
        Float.MIN_NORMAL,
        Float.MAX_VALUE,
        Double.MIN_VALUE,
        Double.MIN_NORMAL,
        1e300,
        Double.MAX_VALUE,
        Double.POSITIVE_INFINITY
    };

    /** How many texts, and tags, others are made from. */
    private static final int STEMS = 13;

    private final Random random;
    private final List<String> texts;
    private final List<String> tags;
    private String lastId = "a";
    private String lastText = "a";

    /** Draws by this. */
    public Hazards(Random random) {
        this.random = random;
        this.texts = stems(TextField.MAX_BYTES);
        this.tags = stems(ManyField.MAX_BYTES);
    }

    /** Returns any id; one that was drawn before may come again. */
    public String id() {
        lastId = switch (random.nextInt(4)) {
            case 0 -> any(Samples.TEXTS.subList(1, Samples.TEXTS.size()));
            case 1 -> twin(lastId, Schema.MAX_ID_BYTES, 1);
            case 2 -> stem(1 + random.nextInt(12));
            default -> stem(length(Schema.MAX_ID_BYTES));
        };
        return lastId;
    }

    /** Returns different ids in no order, most of them alike but for one thing; any number up to 100,000. */
    public List<String> ids(int count) {
        return different(count, Schema.MAX_ID_BYTES);
    }

    /** Returns another id, which is nearly the same. */
    public String idThatIsNot(String other) {
        return twin(other, Schema.MAX_ID_BYTES, 1);
    }

    /** Returns a text for a field, or null; one that was drawn before may come again. */
    public @Nullable String text() {
        int kind = random.nextInt(10);
        if (kind == 0) {
            return null;
        }
        if (kind < 3) {
            return any(Samples.TEXTS);
        }
        String from = kind < 6 ? lastText : any(texts);
        lastText = random.nextBoolean() ? from : twin(from, TextField.MAX_BYTES, 0);
        return lastText;
    }

    /** Returns different texts for a field in no order, most of them alike but for one thing: for unique values. */
    public List<String> texts(int count) {
        return different(count, TextField.MAX_BYTES);
    }

    /** Returns another text for a field, which is nearly the same. */
    public String textThatIsNot(String other) {
        return twin(other, TextField.MAX_BYTES, 0);
    }

    /** Returns an integer at the edge of some type, or a small one, or null. */
    public @Nullable Long number() {
        int kind = random.nextInt(8);
        if (kind == 0) {
            return null;
        }
        long edge = kind < 4 ? 0 : NUMBER_EDGES[random.nextInt(NUMBER_EDGES.length)];
        long near = edge + random.nextInt(4) - (edge == Long.MAX_VALUE - 1 ? 2 : 1);
        return random.nextBoolean() ? near : -near - 1;
    }

    /** Returns a real at the edge of some type, or a small one, or null. */
    public @Nullable Double real() {
        int kind = random.nextInt(8);
        if (kind == 0) {
            return null;
        }
        if (kind < 4) {
            return (random.nextInt(9) - 4) / 2.0;
        }
        double edge = REAL_EDGES[random.nextInt(REAL_EDGES.length)];
        double near = kind == 4 ? Math.nextDown(edge) : edge;
        return random.nextBoolean() ? near : -near;
    }

    /** Returns an instant of the contract's range, some with nanoseconds, or null. */
    public @Nullable Instant time() {
        int kind = random.nextInt(8);
        if (kind == 0) {
            return null;
        }
        if (kind == 1) {
            return any(Samples.TIMES);
        }
        // All within one second, or within some hours on both sides of the epoch.
        Instant second = kind < 5
                ? Instant.parse("2024-02-29T12:30:00Z")
                : Instant.EPOCH.plusSeconds(random.nextInt(5) * 1800L - 3600);
        long micros = any(List.of(0, 1, 999, 1000, 1001, 123_456, 123_457, 123_999, 500_000, 999_000, 999_999));
        Instant time = second.plus(micros, ChronoUnit.MICROS).plusNanos(random.nextInt(6) == 0 ? 999 : 0);
        return kind == 7 ? Micros.toInstant(random.nextBoolean() ? Micros.FIRST + micros : Micros.LAST - micros) : time;
    }

    /** Returns null, no tags, the empty one, some, or as many as there may be. */
    public @Nullable Set<String> tags() {
        int kind = random.nextInt(24);
        if (kind < 2) {
            return null;
        }
        Set<String> drawn = new TreeSet<>();
        if (kind < 4) {
            return kind == 2 ? drawn : Set.of("");
        }
        if (kind == 4) {
            drawn.addAll(different(ManyField.MAX_VALUES - random.nextInt(2), ManyField.MAX_BYTES));
            return drawn;
        }
        for (int i = random.nextInt(5); i >= 0; i--) {
            String tag = any(tags);
            drawn.add(tag);
            if (random.nextBoolean()) {
                drawn.add(twin(tag, ManyField.MAX_BYTES, 0));
            }
        }
        return drawn;
    }

    /** Returns a body's text of about so many bytes: blanks at its ends, line breaks, escapes, letters of any size. */
    public String payload(int bytes) {
        StringBuilder payload = new StringBuilder(any(BLANKS));
        for (long size = 0; size < bytes; ) {
            String piece = any(PIECES);
            payload.append(piece);
            size += bytes(piece);
        }
        return payload.append(any(BLANKS)).toString();
    }

    /** Returns a count up to the greatest: around powers of two and the sizes of chunks and lists, mostly small. */
    public int size(int most) {
        List<Integer> sizes = new ArrayList<>();
        IntStream.concat(
                        IntStream.rangeClosed(0, 16).map(power -> 1 << power),
                        CHUNKS.stream().mapToInt(Integer::intValue))
                .flatMap(size -> IntStream.rangeClosed(size - 1, size + 1))
                .filter(size -> size > 0 && size <= most)
                .forEach(sizes::add);
        return any(sizes);
    }

    /** Returns a document with fields drawn as above; its code, which is unique in the standard schema, is null. */
    public Item item() {
        return Item.of(text())
                .withNumber(number())
                .withReal(real())
                .withFlag(random.nextInt(4) == 0 ? null : (Boolean) random.nextBoolean())
                .withTime(time())
                .withColor(random.nextInt(4) == 0 ? null : any(Arrays.asList(Item.Color.values())))
                .withTags(tags())
                .withPayload(random.nextInt(8) == 0 ? null : payload(random.nextInt(40)));
    }

    private List<String> different(int count, int most) {
        Set<String> all = new LinkedHashSet<>();
        while (all.size() < count) {
            boolean first = all.isEmpty() && count > 3;
            boolean anyLength = random.nextInt(count > 300 ? 24 : 2) == 0;
            // Two that differ at the end of the limit are always there.
            String stem = stem(first ? most - random.nextInt(20) : anyLength ? length(most) : 1 + random.nextInt(12));
            all.add(stem);
            for (int i = first ? 2 : random.nextInt(4); i > 0 && all.size() < count; i--) {
                all.add(first ? withoutEnd(stem) + i : twin(stem, most, 1));
            }
        }
        List<String> mixed = new ArrayList<>(all);
        Collections.shuffle(mixed, random);
        return mixed;
    }

    /** One for each range of lengths, so that all are there whatever the seed. */
    private List<String> stems(int most) {
        List<Integer> lengths =
                LENGTHS.stream().filter(length -> length <= most).toList();
        List<String> stems = new ArrayList<>();
        for (int i = 0; i < STEMS; i++) {
            int from = lengths.size() * i / STEMS;
            int to = lengths.size() * (i + 1) / STEMS;
            stems.add(stem(any(lengths.subList(from, to))));
        }
        return List.copyOf(stems);
    }

    private int length(int most) {
        return any(LENGTHS.stream().filter(length -> length <= most).toList());
    }

    /** So many bytes, half of the time of plain letters. */
    private String stem(int bytes) {
        int alphabet = random.nextInt(2 * LETTERS.size()) - LETTERS.size();
        StringBuilder stem = new StringBuilder();
        for (int left = bytes; left > 0; ) {
            int[] letters = alphabet == 0 ? any(LETTERS) : LETTERS.get(Math.max(0, alphabet));
            String letter = Character.toString(letters[random.nextInt(letters.length)]);
            if (bytes(letter) > left) {
                letter = Character.toString('a' + random.nextInt(26));
            }
            stem.append(letter);
            left -= bytes(letter);
        }
        return stem.toString();
    }

    private String twin(String text, int most, int least) {
        while (true) {
            String twin = changed(text);
            if (!twin.equals(text) && twin.length() >= least && bytes(twin) <= most) {
                return twin;
            }
        }
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
