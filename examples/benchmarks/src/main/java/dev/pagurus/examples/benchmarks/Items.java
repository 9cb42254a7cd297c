package dev.pagurus.examples.benchmarks;

import java.time.Instant;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes items whose JSON is about as long as asked. */
final class Items {

    private static final long FIRST_DUE = Instant.parse("2026-01-01T00:00:00Z").getEpochSecond();
    static final int SECONDS = 100_000_000;
    private static final Item.Status[] STATUSES = Item.Status.values();

    private final String text;

    Items(int body) {
        int rest = new Item(key(0), Item.Status.WAITING, due(0), "").encoded().length();
        this.text = "lorem ipsum dolor sit amet ".repeat(body / 27 + 1).substring(0, Math.max(0, body - rest));
    }

    /** Returns a key that sorts by its number. */
    static String key(int number) {
        return "item-" + (1_000_000_000 + number);
    }

    static Item.Status anyStatus(SplittableRandom random) {
        return STATUSES[random.nextInt(STATUSES.length)];
    }

    static Instant anyDue(SplittableRandom random) {
        return due(random.nextInt(SECONDS));
    }

    Item any(String key, SplittableRandom random) {
        return new Item(key, anyStatus(random), anyDue(random), text);
    }

    /** Returns the documents that a work starts from: the same ones each time. */
    Stream<Item> first(int documents) {
        SplittableRandom random = new SplittableRandom(documents);
        return IntStream.range(0, documents).mapToObj(number -> any(key(number), random));
    }

    private static Instant due(int second) {
        return Instant.ofEpochSecond(FIRST_DUE + second);
    }
}
