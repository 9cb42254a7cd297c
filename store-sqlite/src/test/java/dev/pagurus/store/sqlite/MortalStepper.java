package dev.pagurus.store.sqlite;

import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.Document;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import dev.pagurus.store.Tombstone;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * A program that copies jobs by steps, renames the copies and drops them, over and over until it is killed, and tells of
 * each.
 */
final class MortalStepper {

    static final Schema<Job> JOBS = Schema.of("jobs", Job.CODEC).index(Job.STATUS, Job.DUE);

    static final Schema<Job> COPIES =
            Schema.of("copies", Job.CODEC).uniqueIndex(Job.CODE).index(Job.TAGS);

    private MortalStepper() {}

    /** Takes the URL and the number of the first round. */
    public static void main(String[] arguments) throws IOException {
        Parent.hear();
        Store store = Stores.open(arguments[0]);
        for (int round = Integer.parseInt(arguments[1]); ; round++) {
            take(arguments[0], store, round, MortalStepper::tell);
        }
    }

    private static void tell(String line) {
        try {
            Parent.tell(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Does what is left of a round. Whatever is done already is not done again. */
    static void take(String url, Store store, int round, Consumer<String> told) {
        Schema<Job> copies = COPIES.revision(revision(store));
        if (store.steps().stream().noneMatch(one -> one.name().equals("copy " + round) && one.done())) {
            // Another handle asks for it, so that this one does not have it in use.
            try (Store other = Stores.open(url)) {
                other.collection(copies);
            }
        }
        store.step("copy " + round, JOBS, (tx, batch) -> {
            for (Document<Job> job : batch) {
                tx.collection(copies).insert(job.id(), job.value());
            }
            tx.afterCommit(() -> told.accept("+ " + round + " batch"));
        });
        if (store.rename("copies", "kept")) {
            told.accept("+ " + round + " renamed");
        }
        store.drop("kept");
        told.accept("+ " + round + " dropped");
    }

    /** A name that was taken away is for a higher revision. */
    private static int revision(Store store) {
        int there = store.summaries().stream()
                .filter(one -> one.name().equals("copies"))
                .mapToInt(CollectionSummary::revision)
                .sum();
        int gone = store.tombstones().stream()
                .filter(one -> one.name().equals("copies"))
                .mapToInt(Tombstone::revision)
                .sum();
        return there > 0 ? there : gone + 1;
    }
}
