package dev.pagurus.examples.dashboard.web;

import dev.pagurus.examples.dashboard.data.Dashboard;
import dev.pagurus.examples.dashboard.data.Image;
import dev.pagurus.examples.dashboard.data.ImageQuery;
import dev.pagurus.examples.dashboard.data.State;
import dev.pagurus.examples.dashboard.data.Tag;
import dev.pagurus.store.Document;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The pages and their forms. Every form leads back to where it stood, by a redirect, so that reloading repeats nothing; all
 * of it works without script.
 */
final class Pages {

    private static final int PAGE = 25;

    private final Dashboard dashboard;
    private final Views views;

    Pages(Dashboard dashboard, Views views) {
        this.dashboard = dashboard;
        this.views = views;
    }

    void list(Context ctx) {
        ImageQuery query = Params.images(ctx, State.OPEN);
        String cursor = Params.cursor(ctx);
        Instant now = dashboard.now(); // before reading: what comes between is not seen
        views.list(ctx, new ListPage(query, dashboard.overview(query, PAGE, cursor), now, cursor, notice(ctx)));
    }

    void image(Context ctx) {
        String id = ctx.pathParam("id");
        Instant now = dashboard.now();
        Document<Image> image = dashboard.image(id).orElseThrow(Pages::noImage);
        String newest = Dashboard.newestOf(image);
        views.image(
                ctx,
                new ImagePage(
                        image,
                        dashboard.metadata(List.of(newest)).getOrDefault(newest, Map.of()),
                        dashboard.elsewhere(image.value()),
                        dashboard.announced(id),
                        dashboard.history(id, PAGE, Params.cursor(ctx)),
                        dashboard.tags().tags(),
                        now,
                        notice(ctx)));
    }

    void tags(Context ctx) {
        views.tags(ctx, dashboard.tags(), Params.query(ctx, "done"));
    }

    /** One image by its own button, those with a tick, or all that match. */
    void acknowledge(Context ctx) {
        Instant seen = Instant.EPOCH.plus(Params.number("seen", Params.form(ctx, "seen")), ChronoUnit.MICROS);
        String one = ctx.formParam("one");
        String acknowledgement;
        if (one != null) {
            acknowledgement = dashboard.acknowledge(List.of(one), seen);
        } else if (ctx.formParam("all") != null) {
            acknowledgement = dashboard.acknowledgeAll(Params.images(ctx, State.OPEN), seen);
        } else {
            acknowledgement = dashboard.acknowledge(ctx.formParams("id"), seen);
        }
        back(ctx, "acknowledged", acknowledgement);
    }

    void undo(Context ctx) {
        back(ctx, "opened", dashboard.undo(Params.form(ctx, "acknowledgement")));
    }

    void reopen(Context ctx) {
        if (dashboard.change(Params.form(ctx, "one"), null, State.OPEN, null).isEmpty()) {
            throw noImage();
        }
        back(ctx, "opened", 1);
    }

    void tag(Context ctx) {
        List<String> ids = ctx.formParams("id");
        back(ctx, "tagged", ids.isEmpty() ? 0 : dashboard.addTagTo(ids, Params.form(ctx, "tag")));
    }

    void tagImage(Context ctx) {
        String id = ctx.pathParam("id");
        if (dashboard
                .change(id, null, null, new HashSet<>(ctx.formParams("tag")))
                .isEmpty()) {
            throw noImage();
        }
        ctx.redirect(Links.with(Links.image(id), "saved", 1), HttpStatus.SEE_OTHER);
    }

    void forget(Context ctx) {
        if (!dashboard.forget(ctx.pathParam("id"))) {
            throw noImage();
        }
        ctx.redirect(Links.with("/", "forgotten", 1), HttpStatus.SEE_OTHER);
    }

    void addTag(Context ctx) {
        dashboard.addTag(tagOf(ctx));
        ctx.redirect("/tags?done=added", HttpStatus.SEE_OTHER);
    }

    void changeTag(Context ctx) {
        long version = Params.number("version", Params.form(ctx, "version"));
        dashboard.changeTag(ctx.pathParam("id"), version, tagOf(ctx));
        ctx.redirect("/tags?done=saved", HttpStatus.SEE_OTHER);
    }

    void deleteTag(Context ctx) {
        dashboard.deleteTag(ctx.pathParam("id"), Params.number("version", Params.form(ctx, "version")));
        ctx.redirect("/tags?done=deleted", HttpStatus.SEE_OTHER);
    }

    private static Tag tagOf(Context ctx) {
        return Tag.of(Params.form(ctx, "name"), Params.colour(Params.form(ctx, "colour")));
    }

    /** To the page that the form stood on. */
    private static void back(Context ctx, String done, Object value) {
        String image = Params.query(ctx, "image");
        String link = image == null
                ? Links.with(Links.list(Params.images(ctx, State.OPEN)), "after", Params.cursor(ctx))
                : Links.image(image);
        ctx.redirect(Links.with(link, done, value), HttpStatus.SEE_OTHER);
    }

    /** What the redirect says was done. Numbers are the store's where it matters, and harmless where not. */
    private ListPage.@Nullable Notice notice(Context ctx) {
        String acknowledgement = Params.query(ctx, "acknowledged");
        if (acknowledgement != null) {
            long held = dashboard.acknowledgedBy(acknowledgement);
            return held == 0
                    ? new ListPage.Notice("Nothing was acknowledged.", null)
                    : new ListPage.Notice(updates(held) + " acknowledged.", acknowledgement);
        }
        for (String done : List.of("opened", "tagged", "saved", "forgotten")) {
            String number = Params.query(ctx, done);
            if (number != null) {
                return new ListPage.Notice(sentence(done, Params.number(done, number)), null);
            }
        }
        return null;
    }

    private static String sentence(String done, long number) {
        return switch (done) {
            case "opened" -> number == 0 ? "Nothing was left to undo." : updates(number) + " open again.";
            case "tagged" -> number == 0 ? "No image needed that tag." : updates(number) + " tagged.";
            case "forgotten" -> "The image and its history are gone.";
            default -> "Saved.";
        };
    }

    private static String updates(long number) {
        return number + (number == 1 ? " update is" : " updates are");
    }

    private static NotFoundException noImage() {
        return new NotFoundException("There is no such image; perhaps somebody has just removed it.");
    }
}
