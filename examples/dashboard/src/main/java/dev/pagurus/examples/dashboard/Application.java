package dev.pagurus.examples.dashboard;

import dev.pagurus.examples.dashboard.data.Dashboard;
import dev.pagurus.examples.dashboard.web.Live;
import dev.pagurus.examples.dashboard.web.WebServer;
import dev.pagurus.store.Store;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running program: a store, what is done with it, and the web server before it. */
final class Application implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Application.class);

    private final Store store;
    private final WebServer server;

    private Application(Store store, WebServer server) {
        this.store = store;
        this.server = server;
    }

    /** Starts; what was opened is closed again if something fails. */
    static Application start(Settings settings) {
        Store store = Database.open(settings);
        @Nullable Live live = null;
        try {
            Dashboard dashboard = new Dashboard(store, Clock.systemUTC());
            Database.refuseToForget(dashboard, settings);
            live = new Live(dashboard.changes());
            WebServer.Secrets secrets = new WebServer.Secrets(
                    settings.webhookToken(), settings.user(), settings.password(), settings.publicOrigin());
            WebServer server = new WebServer(dashboard, live, secrets, settings.port());
            LOG.info("The dashboard is at http://localhost:{}", server.port());
            if (settings.password() == null) {
                LOG.info("Who can reach it can see and change it; set DASHBOARD_PASSWORD to ask for a password.");
            }
            return new Application(store, server);
        } catch (RuntimeException e) {
            if (live != null) {
                live.close();
            }
            store.close();
            throw e;
        }
    }

    int port() {
        return server.port();
    }

    /** Lets requests finish, then closes the store. */
    @Override
    public void close() {
        server.close();
        store.close();
        LOG.info("Stopped");
    }
}
