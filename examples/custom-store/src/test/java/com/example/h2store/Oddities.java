package com.example.h2store;

import java.time.Instant;
import java.util.*;
import java.util.function.Supplier;

/** Values at random, of which many lie at the edges of what the contract allows; the same for the same seed. */
final class Oddities {

    private static final int[] EDGES = {1, 9, 10, 13, 0x1F, ' ', '\'', '"', '\\', '{', '}', ',', '%', '_', '$', '?', ';', 0x7F, 0x80,
            0x85, 0xA0, 0x301, 0x7FF, 0x800, 0x200B, 0x202E, 0x2028, 0xD7FF, 0xE000, 0xFEFF, 0xFFFD, 0xFFFF, 0x10000, 0x1F600, 0x10FFFF};
    private static final String[] WORDS = {"", " ", "NULL", "null", "{}", "{NULL}", "{\"a\"}", "a,b", "''", "\\", "\\\\N", "é", "e\u0301", "É",
            "x'00'", "; drop table o; --", "\uD83D\uDE00"};
    private static final long[] LONGS = {Long.MIN_VALUE, Long.MIN_VALUE + 1, -1, 0, 1, 1L << 53, (1L << 53) + 1, Long.MAX_VALUE};
    private static final double[] REALS = {Double.NEGATIVE_INFINITY, -Double.MAX_VALUE, -0.0, 0.0, Double.MIN_VALUE, Double.MIN_NORMAL,
            0.1, 1.0, 1e15, (double) (1L << 53), 9.007199254740993e15, Double.MAX_VALUE, Double.POSITIVE_INFINITY};
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private final Random random;
    private final Set<String> ids = new HashSet<>();
    private int codes;

    Oddities(long seed) {
        this.random = new Random(seed);
    }

    Oddity next() {
        Set<String> tags = new LinkedHashSet<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            tags.add(text(255));
        }
        codes++;
        String code = orNull(() -> codes + ":" + text(100), 3);
        return new Oddity(
                orNull(() -> text(1024), 5),
                orNull(() -> random.nextBoolean() ? LONGS[random.nextInt(LONGS.length)] : (Long) random.nextLong(), 5),
                orNull(() -> random.nextBoolean() ? REALS[random.nextInt(REALS.length)] : finite(), 5),
                orNull(random::nextBoolean, 3),
                orNull(this::time, 5),
                orNull(() -> random.nextBoolean() ? Oddity.Kind.SMALL : Oddity.Kind.LARGE, 3),
                tags,
                code,
                random.nextInt(2000) == 0 ? text(500_000) : orNull(() -> text(200), 2));
    }

    /** Returns an id that was not given before. */
    String id() {
        while (true) {
            String id = text(255);
            if (!id.isEmpty() && ids.add(id)) {
                return id;
            }
        }
    }

    /** Returns a text of at most so many bytes; often a special one, and now and then one that has all of them. */
    String text(int maxBytes) {
        int kind = random.nextInt(20);
        if (kind == 0) {
            return WORDS[random.nextInt(WORDS.length)];
        }
        int left = kind == 1 ? maxBytes : random.nextInt(Math.min(maxBytes, 40) + 1);
        if (maxBytes > 10_000) {
            left = random.nextInt(maxBytes);
        }
        StringBuilder text = new StringBuilder();
        while (left > 0) {
            int next = codePoint();
            int bytes = next < 0x80 ? 1 : next < 0x800 ? 2 : next < 0x10000 ? 3 : 4;
            text.appendCodePoint(bytes > left ? 'x' : next);
            left -= bytes > left ? 1 : bytes;
        }
        return text.toString();
    }

    private int codePoint() {
        int kind = random.nextInt(4);
        if (kind == 0) {
            return EDGES[random.nextInt(EDGES.length)];
        }
        if (kind < 3) {
            return 'a' + random.nextInt(26);
        }
        int any = 1 + random.nextInt(Character.MAX_CODE_POINT);
        return any >= Character.MIN_SURROGATE && any <= Character.MAX_SURROGATE ? 'x' : any;
    }

    private double finite() {
        double real = Double.longBitsToDouble(random.nextLong());
        return Double.isNaN(real) ? 0.5 : real;
    }

    private Instant time() {
        return switch (random.nextInt(4)) {
            case 0 -> FIRST;
            case 1 -> LAST;
            case 2 -> Instant.ofEpochSecond(random.nextInt(), random.nextInt(1_000_000_000));
            default -> Instant.ofEpochSecond(
                    FIRST.getEpochSecond() + (long) (random.nextDouble() * (LAST.getEpochSecond() - FIRST.getEpochSecond())), 123_456_789);
        };
    }

    private <T> T orNull(Supplier<T> value, int in) {
        return random.nextInt(in) == 0 ? null : value.get();
    }
}
