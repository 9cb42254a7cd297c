package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.StepSummary;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed (SIGKILL) amid steps, renames and drops: each is done or not begun, and goes on. */
class SqliteKilledStepsTest {

    private static final int KILLS = Boolean.getBoolean("pagurus.long") ? 30 : 3;

    private static final int DOCUMENTS = 1_700;

    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES)
    void aKilledStepRenameOrDropIsDoneOrNotBegun() throws Exception {
        Path file = directory.resolve("data.db");
        String url = "sqlite:" + file;
        try (Store store = Stores.open(url)) {
            store.collection(MortalStepper.JOBS)
                    .insertAll(IntStream.range(0, DOCUMENTS).mapToObj(Job::new), Job::id, OnConflict.FAIL);
        }
        Random random = new Random();
        int round = 0;
        for (int kill = 0; kill < KILLS; kill++) {
            try (ChildJvm stepper = ChildJvm.start(MortalStepper.class, url, round)) {
                stepper.tell("go");
                String last = "";
                int enough = 1 + random.nextInt(14);
                for (int i = 0; i < enough; i++) {
                    last = stepper.await("+ ");
                }
                for (String line : stepper.kill()) {
                    last = line.startsWith("+ ") ? line.substring(2) : last;
                }
                round = Integer.parseInt(last.substring(0, last.indexOf(' ')));
            }
            try (Store store = Stores.open(url)) {
                round = lastOf(store.steps(), round);
                requireWhole(store, round);
                // An insert of what is copied already would be refused.
                MortalStepper.take(url, store, round, told -> {});
                requireWhole(store, round);
            }
            assertThat(OtherProgram.query(file, "pragma integrity_check")).containsExactly("ok");
            assertThat(OtherProgram.query(
                            file, "select name from sqlite_schema where name like 'copies%' or name like 'kept%'"))
                    .isEmpty();
            round++;
        }
    }

    /** The round that was begun last, which may not have been told of. */
    private static int lastOf(List<StepSummary> steps, int told) {
        return steps.stream()
                .mapToInt(step ->
                        Integer.parseInt(step.name().substring(step.name().indexOf(' ') + 1)))
                .max()
                .orElse(told);
    }

    /** The copies are as many as the step says that it was given, under the one name or the other. */
    private static void requireWhole(Store store, int round) {
        long given = store.steps().stream()
                .filter(step -> step.name().equals("copy " + round))
                .mapToLong(StepSummary::documents)
                .sum();
        List<CollectionSummary> copies = store.summaries().stream()
                .filter(one -> !one.name().equals("jobs"))
                .toList();
        assertThat(copies.size()).as("collections of copies").isLessThanOrEqualTo(1);
        for (CollectionSummary one : copies) {
            // The next round may have made its own.
            assertThat(one.documents())
                    .as("documents of " + one.name())
                    .isIn(given == DOCUMENTS ? List.of(given, 0L) : List.of(given));
        }
        if (given > 0 && given < DOCUMENTS) {
            assertThat(copies).as("collections of copies, amid the step").hasSize(1);
        }
    }
}
