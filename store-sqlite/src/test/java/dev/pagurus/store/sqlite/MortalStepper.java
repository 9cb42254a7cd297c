package dev.pagurus.store.sqlite;

import dev.pagurus.store.Document;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
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
            take(store, round, MortalStepper::tell);
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
    static void take(Store store, int round, Consumer<String> told) {
        store.step("define " + round, COPIES, (tx, batch) -> {});
        store.step("copy " + round, JOBS, (tx, batch) -> {
            for (Document<Job> job : batch) {
                tx.collection(COPIES).insert(job.id(), job.value());
            }
            tx.afterCommit(() -> told.accept("+ " + round + " batch"));
        });
        if (store.summaries().stream().anyMatch(one -> one.name().equals("copies"))) {
            store.rename("copies", "kept");
            told.accept("+ " + round + " renamed");
        }
        store.drop("kept");
        told.accept("+ " + round + " dropped");
    }
}
