package dev.pagurus.examples.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.UnavailableException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which database the dashboard opens, and when it refuses to. */
@Timeout(120)
class DatabaseTest {

    private static final String NGINX = "docker.io/library/nginx:1.27";

    @TempDir
    private Path data;

    @Test
    void whatWasStoredIsThereAfterARestart() throws Exception {
        Path odd = data.resolve("a %41 b?c");
        String id;
        try (TestApp app = TestApp.start(odd)) {
            id = app.announce("nas", NGINX, 1);
        }
        assertThat(odd.resolve("dashboard.db")).exists();
        try (TestApp app = TestApp.start(odd)) {
            assertThat(TestApp.ids(app.page("/"))).containsExactly(id);
        }
    }

    @Test
    void twoInstancesOnOneDatabaseShowTheSame() throws Exception {
        String url = Postgres.newDatabase();
        try (TestApp one = TestApp.start(data.resolve("one"), "DATABASE_URL", url);
                TestApp other = TestApp.start(data.resolve("other"), "DATABASE_URL", url)) {
            assertThat(TestApp.ids(other.page("/"))).isEmpty();
            String id = one.announce("nas", NGINX, 1);

            String page = other.page("/");
            assertThat(TestApp.ids(page)).containsExactly(id);
            other.submit("/acknowledge", "one", id, "seen", TestApp.seen(page));
            assertThat(TestApp.ids(one.page("/"))).isEmpty();
        }
    }

    @Test
    void anEmptyDatabaseBesideAFileWithDataIsRefusedUnlessThatIsMeant() throws Exception {
        String url = Postgres.newDatabase();
        try (TestApp app = TestApp.start(data)) {
            app.announce("nas", NGINX, 1);
        }

        assertThatThrownBy(() -> TestApp.start(data, "DATABASE_URL", url))
                .isInstanceOf(ForgottenDataException.class)
                .hasMessageContainingAll("dashboard.db", "DATABASE_URL", "START_EMPTY=true");
        assertThatThrownBy(() -> TestApp.start(data, "DATABASE_URL", "sqlite:" + data.resolve("other.db")))
                .isInstanceOf(ForgottenDataException.class);

        try (TestApp app = TestApp.start(data, "DATABASE_URL", url, "START_EMPTY", "true")) {
            app.announce("nas", NGINX, 1);
        }
        TestApp.start(data, "DATABASE_URL", url).close(); // no longer empty
        TestApp.start(data).close(); // and the file is what it was
    }

    @Test
    void anEmptyFileIsNothingToForget() throws Exception {
        TestApp.start(data).close();
        TestApp.start(data, "DATABASE_URL", Postgres.newDatabase()).close();
        TestApp.start(data, "DATABASE_URL", "sqlite:" + data.resolve("dashboard.db"))
                .close();
    }

    /** It is the way back to that release. */
    @Test
    void aFileOfAnEarlierReleaseIsNotForgottenAndNotBroughtUp() throws Exception {
        FirstReleaseData file = FirstReleaseData.on(TestStore.SQLITE, data);
        assertThatThrownBy(() -> TestApp.start(data, "DATABASE_URL", "sqlite:" + data.resolve("other.db")))
                .isInstanceOf(ForgottenDataException.class);
        assertThat(file.rows("select version from pagurus_migrations")).containsExactly("1");
        assertThat(file.rows("select distinct revision from pagurus_collections"))
                .containsExactly("1");
    }

    @Test
    void whatIsWrongWithTheDatabaseIsSaidWithoutThePassword() {
        assertThatThrownBy(() -> TestApp.start(data, "DATABASE_URL", "postgres://me:pass-word@localhost:1/db"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("localhost:1")
                .hasMessageNotContaining("pass-word");
        assertThatThrownBy(() -> TestApp.start(data, "DATABASE_URL", "mysql://me:pass-word@localhost/db"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("mysql")
                .hasMessageNotContaining("pass-word");
        assertThatThrownBy(() -> TestApp.start(Path.of("/proc/none"))).isInstanceOf(SettingsException.class);
    }

    @Test
    void itWaitsForADatabaseThatIsStartingAndSaysWhenItIsGone() throws Exception {
        Postgres.require();
        int port = freePort();
        String url = "postgres://postgres@localhost:" + port + "/postgres";
        CompletableFuture<TestApp> starting = CompletableFuture.supplyAsync(
                () -> TestApp.start(data, "DATABASE_URL", url + "?timeout=3s", "DATABASE_WAIT", "60s"));
        Thread.sleep(1500);
        assertThat(starting).isNotDone();

        EmbeddedPostgres server = EmbeddedPostgres.builder().setPort(port).start();
        try (TestApp app = starting.get()) {
            app.announce("nas", NGINX, 1);
            server.close();

            assertThat(app.send(app.request("/healthz")).statusCode()).isEqualTo(503);
            assertThat(app.send(app.webhook(Diun.update("nas", NGINX, 2))).statusCode())
                    .isEqualTo(503);
            assertThat(app.send(app.request("/")).body()).contains("The database cannot be reached just now");
        } finally {
            server.close();
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
