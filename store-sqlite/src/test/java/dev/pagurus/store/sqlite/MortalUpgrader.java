package dev.pagurus.store.sqlite;

import dev.pagurus.store.Codec;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.io.IOException;

/** A program that brings a collection to one revision after the other until it is killed, and tells of each. */
final class MortalUpgrader {

    /** Each revision adds it once: what was upgraded twice, or not, is no job. */
    private static final int STEP = 10_000;

    private MortalUpgrader() {}

    /** Takes the URL and the revision to begin with. */
    public static void main(String[] arguments) throws IOException {
        Parent.hear();
        Store store = Stores.open(arguments[0]);
        for (int revision = Integer.parseInt(arguments[1]); ; revision++) {
            store.collection(schema(revision));
            Parent.tell("+ " + revision);
        }
    }

    /** Returns a schema that differs from the one before in its fields and indexes, and in what stands in its bodies. */
    static Schema<Job> schema(int revision) {
        int added = (revision - 1) * STEP;
        Codec<Job> codec =
                Codec.of(job -> Integer.toString(job.number() + added), text -> job(Integer.parseInt(text) - added));
        Schema<Job> schema = Schema.of("jobs", codec).revision(revision).index(Job.STATUS, Job.DUE);
        for (int from = 1; from < revision; from++) {
            schema = schema.upgrade(from, body -> Integer.toString(Integer.parseInt(body) + STEP));
        }
        return revision % 2 == 0
                ? schema.uniqueIndex(Job.CODE).index(Job.TAGS)
                : schema.index(Job.OWNER, Job.PRIORITY.desc());
    }

    private static Job job(int number) {
        if (number < 0 || number >= STEP) {
            throw new IllegalArgumentException("The body is not of this revision: " + number);
        }
        return new Job(number);
    }
}
