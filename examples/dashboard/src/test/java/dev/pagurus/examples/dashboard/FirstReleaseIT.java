package dev.pagurus.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The jar on a database of the first release, killed half-way. */
@Timeout(120)
class FirstReleaseIT {

    private static final String STEP = "2026-11 details of updates";

    private final Path directory;
    private final Jar jar;

    FirstReleaseIT(@TempDir Path directory) {
        this.directory = directory;
        this.jar = new Jar(directory);
    }

    @AfterEach
    void endAll() {
        jar.close();
    }

    @ParameterizedTest
    @EnumSource(TestStore.class)
    void killedAmidTheStepItGoesOnWhereItWas(TestStore store) throws Exception {
        FirstReleaseData first = FirstReleaseData.on(store, directory.resolve("data"));
        first.addUpdates(2_000);
        try (Store made = Stores.open(first.url())) {
            made.step("of the test", tx -> {}); // so that the table of the marks is there
        }
        try (Connection connection = first.connect();
                Statement statement = connection.createStatement()) {
            statement.execute(first.isPostgres() ? "select pg_advisory_lock(4711)" : "select 1");
            first.run(stall(first, "1000 documents"));

            Process process = jar.start(first.environment());
            while (!first.rows(mark()).contains("500 documents")) { // the next batch ends in the trigger
                assertThat(process.isAlive()).as(jar.log(process)).isTrue();
                Thread.sleep(20);
            }
            process.destroyForcibly().waitFor(); // SIGKILL
        }
        first.run("drop trigger stall" + (first.isPostgres() ? " on pagurus_steps" : ""));
        assertThat(first.rows("select count(*) from details where image = 'many'"))
                .as("a part is done: 500 documents, those of the first release before the others")
                .containsExactly("492");
        assertThat(first.rows("select count(*) from updates where body like '%metadata%'"))
                .as("and nothing is taken away")
                .containsExactly("2008");

        Process again = jar.start(first.environment());
        jar.awaitAddress(again);
        assertThat(jar.log(again)).contains("Step '" + STEP + "' is at its end");
        again.destroyForcibly().waitFor();
        assertThat(first.rows("select count(*) from details where image = 'many'"))
                .containsExactly("2000");
        assertThat(first.rows("select count(*) from updates where body like '%metadata%'"))
                .containsExactly("0");
        try (TestApp app = first.start()) {
            FirstReleaseTest.assertAnswers(app);
        }
    }

    private static String mark() {
        return "select case when body like '% 500 documents%' then '500 documents' else body end"
                + " from pagurus_steps where id = '" + STEP + "'";
    }

    /** A trigger in which a batch stays until it is killed: it waits for a lock that is held, or counts without end. */
    private static String stall(FirstReleaseData first, String batch) {
        return String.join(
                ";",
                first.isPostgres()
                        ? List.of(
                                "create function stall() returns trigger language plpgsql as"
                                        + " 'begin perform pg_advisory_xact_lock(4711); return new; end'",
                                "create trigger stall before update on pagurus_steps for each row"
                                        + " when (new.body like '%" + batch + "%') execute function stall()")
                        : List.of(
                                "create view endless as with recursive n(i) as (select 1 union all select i + 1 from n)"
                                        + " select i from n",
                                "create trigger stall before update on pagurus_steps"
                                        + " when new.body like '%" + batch + "%'"
                                        + " begin select count(*) from endless; end"));
    }
}
