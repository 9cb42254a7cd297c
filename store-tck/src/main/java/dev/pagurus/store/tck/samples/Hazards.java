package dev.pagurus.store.tck.samples;

import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoredRow;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Values that break stores, drawn by a seeded {@link Random}: the same ones for a seed. They lie at the edges of types and of
 * sizes, and are alike, for engines take what is alike for the same; texts are of {@link LikeTexts}. Not for several threads.
 */
public final class Hazards {

    /** A body that is longer than what some columns hold, and than the pieces of which some make one. */
    public static final int LONG_BODY = 300_000;

    /** Sizes of chunks, batches and lists: the contract's own, and those that engines like. */
    private static final List<Integer> CHUNKS =
            List.of(100, 200, 900, 1000, 3000, 5000, 10_000, 32_766, 70_000, Scan.CHUNK_DOCUMENTS, StoredRow.CHUNK);

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

    /** Of four bytes each. */
    private static final List<String> LONG_PIECES = List.of("\uD83E\uDD80", "\uD83E\uDD80", "    ", "\r\n\r\n");

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

    /** What is longer than this is all of letters of one kind. */
    private static final int LONG = 500;

    private final Random random;
    private final LikeTexts ids;
    private final LikeTexts texts;
    private final LikeTexts tags;
    private String lastId = "a";
    private String lastText = "a";

    /** Draws by this. */
    public Hazards(Random random) {
        this.random = random;
        this.ids = new LikeTexts(random, 1, Schema.MAX_ID_BYTES);
        this.texts = new LikeTexts(random, 0, TextField.MAX_BYTES);
        this.tags = new LikeTexts(random, 0, ManyField.MAX_BYTES);
    }

    /** Returns any id; one that was drawn before may come again. */
    public String id() {
        lastId = switch (random.nextInt(5)) {
            case 0 -> any(Samples.TEXTS.subList(1, Samples.TEXTS.size()));
            case 1 -> ids.twin(lastId);
            case 2 -> ids.ofSomeLetters();
            case 3 -> ids.anyEnd();
            default -> ids.ofAnyLength();
        };
        return lastId;
    }

    /** Returns different ids in no order, most of them alike but for one thing; any number up to 100,000. */
    public List<String> ids(int count) {
        return ids.different(count);
    }

    /** Returns another id, which is nearly the same. */
    public String idThatIsNot(String other) {
        return ids.twin(other);
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
        if (kind == 3) {
            return texts.anyEnd();
        }
        String from = kind < 7 ? lastText : texts.any();
        lastText = random.nextBoolean() ? from : texts.twin(from);
        return lastText;
    }

    /** Returns different texts for a field in no order, most of them alike but for one thing: for unique values. */
    public List<String> texts(int count) {
        return texts.different(count);
    }

    /** Returns another text for a field, which is nearly the same. */
    public String textThatIsNot(String other) {
        return texts.twin(other);
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
            drawn.addAll(tags.different(ManyField.MAX_VALUES - random.nextInt(2)));
            return drawn;
        }
        for (int i = random.nextInt(5); i >= 0; i--) {
            String tag = kind < 9 ? tags.anyEnd() : tags.any();
            drawn.add(tag);
            if (random.nextBoolean()) {
                drawn.add(tags.twin(tag));
            }
        }
        return drawn;
    }

    /**
     * Returns a body's text of about so many bytes: blanks at its ends, line breaks, escapes, letters of any size. A long one
     * cannot be cut in the middle without being seen: it is all letters of four bytes, which begin anywhere, or all blanks.
     */
    public String payload(int bytes) {
        if (bytes > LONG) {
            return "a".repeat(1 + random.nextInt(4)) + any(LONG_PIECES).repeat(bytes / 4) + any(BLANKS);
        }
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
                .withPayload(
                        random.nextInt(8) == 0
                                ? null
                                : payload(random.nextInt(32) == 0 ? size(LONG_BODY) : random.nextInt(40)));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private <V> V any(List<V> values) {
        return values.get(random.nextInt(values.size()));
    }
}
