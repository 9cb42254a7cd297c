package dev.pagurus.examples.dashboard.web;

import dev.pagurus.store.InvalidCursorException;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.StoreClosedException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.TransactionConflictException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.UniqueViolationException;
import dev.pagurus.store.VersionConflictException;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns exceptions into answers. The type of a {@link StoreException} says what the client can do, so it says the status;
 * what is our own fault is logged and not shown.
 */
final class Failures {

    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private static final String ANSWERED = "answered";

    private final Views views;

    Failures(Views views) {
        this.views = views;
    }

    void handle(Exception failure, Context ctx) {
        if (failure instanceof StoreException store) {
            handle(store, ctx);
        } else if (failure instanceof BadRequestException) {
            answer(ctx, 400, String.valueOf(failure.getMessage()));
        } else if (failure instanceof NotFoundException) {
            answer(ctx, 404, String.valueOf(failure.getMessage()));
        } else if (failure instanceof HttpResponseException http) {
            answer(
                    ctx,
                    http.getStatus(),
                    http.getStatus() == 413 ? "The body is too large." : "This cannot be answered.");
        } else {
            LOG.error("{} {} failed", ctx.method(), ctx.path(), failure);
            answer(ctx, 500, "Something went wrong here; the log says what.");
        }
    }

    private void handle(StoreException failure, Context ctx) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof InvalidValueException || failure instanceof InvalidCursorException) {
            answer(ctx, 400, message);
        } else if (failure instanceof UniqueViolationException) {
            answer(ctx, 409, "There is one of this name already.");
        } else if (failure instanceof VersionConflictException) {
            answer(ctx, 412, "Somebody has changed or deleted this meanwhile. Look again and decide anew.");
        } else if (failure instanceof UnavailableException
                || failure instanceof TransactionConflictException
                || failure instanceof OutcomeUnknownException
                || failure instanceof StoreClosedException) {
            LOG.warn("{} {}: {}", ctx.method(), ctx.path(), message);
            ctx.header("Retry-After", "5");
            answer(ctx, 503, "The database cannot be reached just now. Try again in a moment.");
        } else {
            LOG.error("{} {} failed", ctx.method(), ctx.path(), failure);
            answer(ctx, 500, "Something went wrong here; the log says what.");
        }
    }

    private static String sentence(int status) {
        return switch (status) {
            case 404 -> "There is nothing at this address.";
            case 405 -> "This address does not take that method.";
            case 413 -> "The body is too large.";
            default -> "This request cannot be answered.";
        };
    }

    /** For what nobody has taken care of. */
    void answerUnlessAnswered(Context ctx) {
        if (ctx.attribute(ANSWERED) == null) {
            answer(ctx, ctx.statusCode(), sentence(ctx.statusCode()));
        }
    }

    void answer(Context ctx, int status, String message) {
        ctx.attribute(ANSWERED, true);
        if (ctx.path().startsWith("/api/") || ctx.path().equals("/webhook")) {
            Json.answer(ctx, status, Map.of("error", message));
        } else {
            views.error(ctx, status, message);
        }
    }
}
