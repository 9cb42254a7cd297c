package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Processes that are killed (SIGKILL) while they write: what they were told is stored, is stored. */
class SqliteCrashTest {

    private static final boolean LONG = Boolean.getBoolean("pagurus.long");

    private static final int ROUNDS = LONG ? 100 : 10;

    private static final int UPGRADES_KILLED = LONG ? 10 : 3;

    private static final int THREADS = 8;

    /** After so many rounds everything is looked at; in between the next process finds the log as it was left. */
    private static final int ROUNDS_BETWEEN_CHECKS = 10;

    /** For each id the last event that its process told of; see {@link MortalWriter}. */
    private final Map<String, Character> events = new HashMap<>();

    private final Random random = new Random();

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("data.db");
    }

    @Test
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void killsLoseNoAcknowledgedWrite() throws Exception {
        ChildJvm next = start(0);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                try (ChildJvm writer = next) {
                    // Starting takes longest, so the next one starts while this one writes.
                    next = start(round + 1);
                    writer.tell("go");
                    int enough = 1 + random.nextInt(200);
                    for (int i = 0; i < enough; i++) {
                        writer.await("+ ");
                    }
                    writer.kill().forEach(this::note);
                }
                if ((round + 1) % ROUNDS_BETWEEN_CHECKS == 0) {
                    checkThatNothingIsLost();
                }
            }
        } finally {
            next.close();
        }
        checkThatTheTablesAgree();
        System.out.println(ROUNDS + " kills, " + events.size() + " documents");
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void aKilledUpgradeOfACollectionIsDoneOrNotBegun() throws Exception {
        int documents = 2000;
        int revision = 1;
        try (Store store = Stores.open("sqlite:" + file)) {
            store.collection(MortalUpgrader.schema(revision))
                    .insertAll(IntStream.range(0, documents).mapToObj(Job::new), Job::id, OnConflict.FAIL);
        }
        for (int kill = 0; kill < UPGRADES_KILLED; kill++) {
            try (ChildJvm upgrader = ChildJvm.start(MortalUpgrader.class, "sqlite:" + file, revision + 1)) {
                upgrader.tell("go");
                for (int i = 0; i <= kill % 3; i++) {
                    revision = Integer.parseInt(upgrader.await("+ "));
                }
                // It is in the middle of the next one now.
                for (String line : upgrader.kill()) {
                    revision = line.startsWith("+ ") ? Integer.parseInt(line.substring(2)) : revision;
                }
            }
            int stored = Integer.parseInt(OtherProgram.query(file, "select revision from pagurus_collections")
                    .get(0));
            assertThat(stored).as("the one told of, or the next one").isBetween(revision, revision + 1);
            revision = stored;
            try (Store store = Stores.open("sqlite:" + file)) {
                DocumentCollection<Job> jobs = store.collection(MortalUpgrader.schema(revision));
                assertThat(jobs.where(Job.STATUS.eq(Job.Status.DONE)).count()).isEqualTo(documents * 9 / 10);
                assertThat(jobs.query().stream().count()).isEqualTo(documents);
            }
            assertThat(OtherProgram.query(file, "pragma integrity_check")).containsExactly("ok");
            assertThat(OtherProgram.query(file, "select name from sqlite_schema where name like '%$$old'"))
                    .isEmpty();
        }
    }

    private ChildJvm start(int round) throws Exception {
        return ChildJvm.start(MortalWriter.class, "sqlite:" + file, THREADS, round);
    }

    private void note(String line) {
        if (line.length() > 2 && "+*?-".indexOf(line.charAt(0)) >= 0 && line.charAt(1) == ' ') {
            events.put(line.substring(2), line.charAt(0));
        }
    }

    private void checkThatNothingIsLost() {
        Map<String, String> stored = new HashMap<>();
        try (Store store = Stores.open("sqlite:" + file)) {
            DocumentCollection<String> codes = store.collection(MortalWriter.SCHEMA);
            codes.query().stream().forEach(document -> stored.put(document.id(), document.value()));
        }
        List<String> lost = new ArrayList<>();
        events.forEach((id, event) -> {
            String code = stored.getOrDefault(id, "nothing");
            boolean right = switch (event) {
                case '+' -> code.equals("first " + id) || code.equals("second " + id);
                case '*' -> code.equals("second " + id);
                case '-' -> code.equals("nothing");
                default -> true;
            };
            if (!right) {
                lost.add(event + " " + id + " but there is " + code);
            }
        });
        assertThat(lost).isEmpty();
    }

    /** Documents, their fields and the tables of their tags change together or not at all. */
    private void checkThatTheTablesAgree() throws Exception {
        try (OtherProgram sql = OtherProgram.on(file)) {
            assertThat(sql.query("pragma integrity_check")).containsExactly("ok");
            assertThat(sql.query("select count(*) from codes where code is not body ->> '$.code'"))
                    .containsExactly("0");
            assertThat(sql.query("""
                    select codes.id, tag.value from codes, json_each(body, '$.tags') tag
                    except select id, value from "codes$by$tags"
                    """)).isEmpty();
            assertThat(sql.query("""
                    select id, value from "codes$by$tags"
                    except select codes.id, tag.value from codes, json_each(body, '$.tags') tag
                    """)).isEmpty();
            assertThat(sql.query("""
                    select count(*) - (select count(*) from codes not indexed) from codes indexed by "codes$by$code"
                    where code is not null
                    """)).as("rows in the unique index").containsExactly("0");
            assertThat(sql.query("select count(*) > 0 from codes")).containsExactly("1");
        }
    }
}
