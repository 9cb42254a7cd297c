package dev.pagurus.examples.dashboard.web;

import dev.pagurus.examples.dashboard.data.Dashboard;
import dev.pagurus.store.Health;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.jspecify.annotations.Nullable;

/** The HTTP side: which path is answered by whom, and what every request must pass before. */
public final class WebServer implements AutoCloseable {

    /** Diun sends about one KiB; a form with every image of a page has less than four. */
    private static final long MAX_BODY = 64 << 10;

    /** Room for what is too long to be answered by ourselves, and not by Jetty. */
    private static final int MAX_HEADER = 64 << 10;

    private static final long IDLE_MILLIS = 30_000;
    private static final long STOP_MILLIS = 5_000;
    private static final int WAITING_CONNECTIONS = 1024;

    private final Dashboard dashboard;
    private final Live live;
    private final Guards guards;
    private final Failures failures;
    private final Assets assets = new Assets();
    private final Views views = new Views(assets);
    private final Javalin javalin;

    /**
     * Who may do what.
     *
     * @param token what Diun must send
     * @param user who may see the pages; null with no password
     * @param password the password for the pages; null for none
     * @param publicOrigin where browsers find us if that is not what they say in the Host header
     */
    public record Secrets(
            String token,
            @Nullable String user,
            @Nullable String password,
            @Nullable String publicOrigin) {
        /** Shows nothing. */
        @Override
        public String toString() {
            return "Secrets[...]";
        }
    }

    /**
     * Starts to answer.
     *
     * @param port 0 for a free one
     */
    public WebServer(Dashboard dashboard, Live live, Secrets secrets, int port) {
        this.dashboard = dashboard;
        this.live = live;
        this.guards = new Guards(secrets.token(), secrets.user(), secrets.password(), secrets.publicOrigin());
        this.failures = new Failures(views);
        this.javalin = Javalin.create(config -> configure(config, port)).start();
    }

    /** Returns the port that it listens on. */
    public int port() {
        return javalin.port();
    }

    /** Takes no more requests, and lets those under way finish. */
    @Override
    public void close() {
        live.close();
        javalin.stop();
    }

    private void configure(JavalinConfig config, int port) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.http.maxRequestSize = MAX_BODY;
        config.http.prefer405over404 = true;
        config.http.asyncTimeout = 0; // the lines of Live stay open
        config.jetty.modifyServer(server -> server.setStopTimeout(STOP_MILLIS));
        config.jetty.addConnector((server, http) -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(MAX_HEADER);
            return connector(server, http, port);
        });
        routes(config.routes);
    }

    private static ServerConnector connector(Server server, HttpConfiguration http, int port) {
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setPort(port);
        connector.setIdleTimeout(IDLE_MILLIS);
        connector.setAcceptQueueSize(WAITING_CONNECTIONS);
        return connector;
    }

    private void routes(RoutesConfig routes) {
        Webhook webhook = new Webhook(dashboard, guards);
        Pages pages = new Pages(dashboard, views);
        Api api = new Api(dashboard);

        routes.before(this::guard);
        routes.exception(Exception.class, failures::handle);
        routes.exception(HttpResponseException.class, failures::handle);
        routes.error(404, failures::answerUnlessAnswered);
        routes.error(405, failures::answerUnlessAnswered);

        routes.post("/webhook", webhook::receive);
        routes.get("/healthz", this::health);
        routes.get("/assets/{name}", assets::serve);
        routes.sse("/live", live::join);

        routes.get("/", pages::list);
        routes.get("/images/{id}", pages::image);
        routes.get("/tags", pages::tags);
        routes.post("/acknowledge", pages::acknowledge);
        routes.post("/undo", pages::undo);
        routes.post("/reopen", pages::reopen);
        routes.post("/tag", pages::tag);
        routes.post("/images/{id}/tags", pages::tagImage);
        routes.post("/images/{id}/forget", pages::forget);
        routes.post("/tags", pages::addTag);
        routes.post("/tags/{id}", pages::changeTag);
        routes.post("/tags/{id}/delete", pages::deleteTag);

        routes.get("/api/images", api::images);
        routes.get("/api/images/{id}", api::image);
        routes.patch("/api/images/{id}", api::changeImage);
        routes.delete("/api/images/{id}", api::forgetImage);
        routes.get("/api/images/{id}/updates", api::updates);
        routes.get("/api/tags", api::tags);
        routes.post("/api/tags", api::addTag);
        routes.get("/api/tags/{id}", api::tag);
        routes.put("/api/tags/{id}", api::changeTag);
        routes.delete("/api/tags/{id}", api::deleteTag);
    }

    private void guard(Context ctx) {
        guards.headers(ctx);
        String path = ctx.path();
        if (path.equals("/webhook") || path.equals("/healthz")) {
            return; // the one has a token of its own, the other tells nothing that is worth hiding
        }
        if (!guards.mayLookAround(ctx)) {
            ctx.header("WWW-Authenticate", "Basic realm=\"Container updates\", charset=\"UTF-8\"");
            failures.answer(ctx, 401, "Sign in to see this.");
            ctx.skipRemainingHandlers();
        } else if (!guards.isNotForeign(ctx)) {
            failures.answer(
                    ctx,
                    403,
                    "This request comes from another site. If that site is this one behind a proxy, have the proxy pass"
                            + " the Host header on, or set PUBLIC_URL.");
            ctx.skipRemainingHandlers();
        }
    }

    private void health(Context ctx) {
        Health health = dashboard.health();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("up", health.up());
        answer.put("engine", health.engine());
        answer.put("latencyMillis", health.latency().toMillis());
        if (health.problem() != null) {
            answer.put("problem", health.problem());
        }
        answer.put("details", health.details());
        Json.answer(ctx, health.up() ? 200 : 503, answer);
    }
}
