package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Order;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our statements name indexes; if an administrator has dropped one, the answers are the same, and only slower. */
class SqliteDroppedIndexTest {

    @TempDir
    private Path directory;

    @Test
    void answersStayRightWithoutAnIndex() throws Exception {
        Path file = directory.resolve("jobs.db");
        try (Store store = Stores.open(StoreConfig.of("sqlite:" + file + "?synchronous=off"))) {
            var jobs = store.collection(Job.SCHEMA);
            jobs.insertAll(IntStream.range(0, 2000).mapToObj(Job::new), Job::id, OnConflict.FAIL);
            List<Object> before = answers(jobs);

            OtherProgram.run(file, "drop index jobs$by$due; drop index jobs$by$owner");

            assertThat(answers(jobs)).isEqualTo(before);
            assertThat(jobs.where(Job.OWNER.eq("owner-7").and(Job.PRIORITY.gte(5L)))
                            .deleteAll())
                    .isPositive();
            assertThat(jobs.where(Job.OWNER.eq("owner-7").and(Job.PRIORITY.gte(5L)))
                            .count())
                    .isZero();
        }
    }

    private static List<Object> answers(dev.pagurus.store.DocumentCollection<Job> jobs) {
        Order<Job> latest = Job.DUE.desc();
        String cursor = jobs.query().orderBy(latest).limit(20).page().nextCursor();
        return List.of(
                jobs.query().orderBy(latest).limit(20).page().items(),
                jobs.query().orderBy(latest).limit(20).startAfter(cursor).page().items(),
                jobs.where(Job.OWNER.eq("owner-7"))
                        .orderBy(latest)
                        .limit(20)
                        .page()
                        .items(),
                jobs.where(Job.STATUS.eq(Job.Status.DONE))
                        .orderBy(latest)
                        .limit(20)
                        .page()
                        .items(),
                jobs.where(Job.TAGS.contains("all")).limit(20).page().items(),
                jobs.where(Job.OWNER.eq("owner-7")).count(),
                jobs.where(Job.OWNER.eq("owner-7").and(Job.PRIORITY.gte(5L))).count(),
                jobs.where(Job.TAGS.contains("tag-7")).countBy(Job.STATUS),
                jobs.where(Job.STATUS.eq(Job.Status.DONE))
                        .orderBy(latest)
                        .limit(20)
                        .select(Job.DUE, Job.TAGS)
                        .list(),
                jobs.where(Job.OWNER.eq("owner-7"))
                        .select(Job.OWNER, Job.PRIORITY)
                        .list());
    }
}
