package dev.pagurus.store.sqlite;

import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.io.IOException;

/** A program that brings a collection to one revision after the other until it is killed, and tells of each. */
final class MortalUpgrader {

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

    /** Returns a schema that differs from the one before in its fields and indexes. */
    static Schema<Job> schema(int revision) {
        Schema<Job> schema = Schema.of("jobs", Job.CODEC).revision(revision).index(Job.STATUS, Job.DUE);
        return revision % 2 == 0
                ? schema.uniqueIndex(Job.CODE).index(Job.TAGS)
                : schema.index(Job.OWNER, Job.PRIORITY.desc());
    }
}
