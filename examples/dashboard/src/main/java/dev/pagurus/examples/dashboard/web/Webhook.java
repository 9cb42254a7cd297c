package dev.pagurus.examples.dashboard.web;

import dev.pagurus.examples.dashboard.data.Dashboard;
import dev.pagurus.examples.dashboard.data.Outcome;
import io.javalin.http.Context;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Diun calls. A 2xx means that the announcement is on the disk. */
final class Webhook {

    private static final Logger LOG = LoggerFactory.getLogger(Webhook.class);

    record Received(String image, String outcome) {}

    private final Dashboard dashboard;
    private final Guards guards;

    Webhook(Dashboard dashboard, Guards guards) {
        this.dashboard = dashboard;
        this.guards = guards;
    }

    void receive(Context ctx) {
        if (!guards.knowsToken(ctx)) {
            LOG.warn("A webhook without the right token came from {} and was refused.", ctx.ip());
            ctx.header("WWW-Authenticate", "Bearer");
            Json.answer(ctx, 401, Map.of("error", "The Authorization header does not hold the token."));
            return;
        }
        DiunMessage message = DiunMessage.parse(ctx.bodyAsBytes());
        Outcome outcome =
                dashboard.announce(message.host(), message.image(), message.announcement(), message.metadata());
        LOG.info("{} on {}: {}", message.image(), message.host(), outcome);
        Json.answer(
                ctx,
                200,
                new Received(
                        Dashboard.idOf(message.host(), message.image()),
                        outcome.name().toLowerCase(Locale.ROOT)));
    }
}
