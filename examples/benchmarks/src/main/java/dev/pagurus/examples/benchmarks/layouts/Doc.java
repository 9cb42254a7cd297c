package dev.pagurus.examples.benchmarks.layouts;

import java.util.Random;

/** What is stored: about 300 bytes, with one field that is indexed. */
record Doc(String id, long now, long due, String body) {

    private static final String TEXT = "lorem ipsum dolor sit amet ".repeat(10);

    /** Every second time that a document is written anew, its indexed field is another one. */
    static Doc of(int number, Random random) {
        long due = random.nextBoolean() ? number : random.nextInt(1_000_000);
        return new Doc(
                "item-" + (1_000_000_000 + number),
                System.currentTimeMillis() * 1000,
                due,
                "{\"number\":" + random.nextInt() + ",\"text\":\"" + TEXT + "\"}");
    }
}
