package dev.pagurus.examples.benchmarks.fields;

import dev.pagurus.store.LongField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import java.util.Random;

/** What has a short head and a long body. */
record Post(String title, String author, long at, String text) {

    static final TextField<Post> TITLE = TextField.of("title", Post::title);
    static final TextField<Post> AUTHOR = TextField.of("author", Post::author);
    static final LongField<Post> AT = LongField.of("at", Post::at);

    /** The index has time and title, and nobody's name. */
    static final Schema<Post> SCHEMA =
            Schema.of("posts", Post.class).index(AT, TITLE).field(AUTHOR);

    static Post any(int number, int bytes) {
        Random random = new Random(number);
        StringBuilder text = new StringBuilder(bytes);
        while (text.length() < bytes) {
            text.append(Long.toString(random.nextLong(), Character.MAX_RADIX)).append(' ');
        }
        return new Post("Title " + number, "Author " + number % 50, number * 7919L % 1_000_003, text.toString());
    }
}
