package dev.pagurus.examples.dashboard.web;

import dev.pagurus.examples.dashboard.data.Dashboard;
import dev.pagurus.examples.dashboard.data.Image;
import dev.pagurus.examples.dashboard.data.Overview;
import dev.pagurus.examples.dashboard.data.State;
import dev.pagurus.examples.dashboard.data.Tag;
import dev.pagurus.examples.dashboard.data.TagList;
import dev.pagurus.examples.dashboard.data.Update;
import dev.pagurus.store.Document;
import dev.pagurus.store.Page;
import io.javalin.http.Context;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The JSON API. Versions of documents are ETags: who sends If-Match overwrites nobody. */
final class Api {

    private static final int PAGE = 50;
    private static final int MAX_PAGE = 500;
    private static final int MAX_TEXT = 255;

    private final Dashboard dashboard;

    Api(Dashboard dashboard) {
        this.dashboard = dashboard;
    }

    record ImageJson(
            String id,
            long version,
            String host,
            String image,
            String state,
            Instant noticedAt,
            Set<String> tags,
            AnnouncementJson newest) {

        static ImageJson of(Document<Image> document, Map<String, Map<String, String>> metadata) {
            Image image = document.value();
            return new ImageJson(
                    document.id(),
                    document.version(),
                    image.host(),
                    image.name(),
                    image.state().name().toLowerCase(Locale.ROOT),
                    image.noticedAt(),
                    image.tags(),
                    AnnouncementJson.of(image.newest(), metadata.get(Dashboard.newestOf(document))));
        }
    }

    record UpdateJson(String image, AnnouncementJson announcement, Instant noticedAt) {

        static UpdateJson of(Document<Update> document, Map<String, Map<String, String>> metadata) {
            Update update = document.value();
            return new UpdateJson(
                    update.image(),
                    AnnouncementJson.of(update.announcement(), metadata.get(document.id())),
                    update.noticedAt());
        }
    }

    record TagJson(
            String id,
            long version,
            String name,
            String colour,
            @Nullable Long images) {

        static TagJson of(Document<Tag> tag, @Nullable Long images) {
            return new TagJson(
                    tag.id(),
                    tag.version(),
                    tag.value().name(),
                    tag.value().colour().name().toLowerCase(Locale.ROOT),
                    images);
        }
    }

    record PageJson<T>(List<T> items, @Nullable String next) {}

    record ImagesJson(List<ImageJson> items, @Nullable String next, Map<String, Long> counts) {}

    void images(Context ctx) {
        Overview overview =
                dashboard.overview(Params.images(ctx, null), Params.limit(ctx, PAGE, MAX_PAGE), Params.cursor(ctx));
        Page<Image> page = overview.images();
        var metadata = dashboard.metadata(
                page.items().stream().map(Dashboard::newestOf).toList());
        Json.answer(
                ctx,
                200,
                new ImagesJson(
                        page.items().stream()
                                .map(image -> ImageJson.of(image, metadata))
                                .toList(),
                        page.nextCursor(),
                        counts(overview)));
    }

    private static Map<String, Long> counts(Overview overview) {
        Map<String, Long> counts = new LinkedHashMap<>();
        for (State state : State.values()) {
            counts.put(Links.name(state), overview.states().getOrDefault(state, 0L));
        }
        return counts;
    }

    void image(Context ctx) {
        answerImage(ctx, dashboard.image(ctx.pathParam("id")).orElseThrow(Api::noImage));
    }

    /** {@code {"state": "acknowledged", "tags": ["<id>"]}}; what is absent stays. */
    void changeImage(Context ctx) {
        JsonNode json = object(ctx, Set.of("state", "tags"));
        String state = Json.text(json, "state", MAX_TEXT);
        answerImage(
                ctx,
                dashboard
                        .change(
                                ctx.pathParam("id"),
                                ETags.ifMatch(ctx),
                                state == null ? null : Params.state(state),
                                Json.texts(json, "tags", MAX_TEXT))
                        .orElseThrow(Api::noImage));
    }

    void forgetImage(Context ctx) {
        if (!dashboard.forget(ctx.pathParam("id"))) {
            throw noImage();
        }
        ctx.status(204);
    }

    void updates(Context ctx) {
        String id = ctx.pathParam("id");
        if (dashboard.image(id).isEmpty()) {
            throw noImage();
        }
        Page<Update> page = dashboard.history(id, Params.limit(ctx, PAGE, MAX_PAGE), Params.cursor(ctx));
        var metadata =
                dashboard.metadata(page.items().stream().map(Document::id).toList());
        Json.answer(
                ctx,
                200,
                new PageJson<>(
                        page.items().stream()
                                .map(update -> UpdateJson.of(update, metadata))
                                .toList(),
                        page.nextCursor()));
    }

    void tags(Context ctx) {
        TagList list = dashboard.tags();
        Json.answer(
                ctx,
                200,
                new PageJson<>(
                        list.tags().stream()
                                .map(tag -> TagJson.of(tag, list.images().getOrDefault(tag.id(), 0L)))
                                .toList(),
                        null));
    }

    void tag(Context ctx) {
        answerTag(ctx, 200, dashboard.tag(ctx.pathParam("id")).orElseThrow(Api::noTag));
    }

    void addTag(Context ctx) {
        Document<Tag> tag = dashboard.addTag(tagOf(ctx));
        ctx.header("Location", "/api/tags/" + tag.id());
        answerTag(ctx, 201, tag);
    }

    void changeTag(Context ctx) {
        answerTag(
                ctx,
                200,
                dashboard
                        .changeTag(ctx.pathParam("id"), ETags.ifMatch(ctx), tagOf(ctx))
                        .orElseThrow(Api::noTag));
    }

    void deleteTag(Context ctx) {
        if (!dashboard.deleteTag(ctx.pathParam("id"), ETags.ifMatch(ctx))) {
            throw noTag();
        }
        ctx.status(204);
    }

    private void answerImage(Context ctx, Document<Image> image) {
        if (ETags.isKnown(ctx, image)) {
            ctx.status(304);
        } else {
            Json.answer(ctx, 200, ImageJson.of(image, dashboard.metadata(List.of(Dashboard.newestOf(image)))));
        }
    }

    private static void answerTag(Context ctx, int status, Document<Tag> tag) {
        if (ETags.isKnown(ctx, tag)) {
            ctx.status(304);
        } else {
            Json.answer(ctx, status, TagJson.of(tag, null));
        }
    }

    private static Tag tagOf(Context ctx) {
        JsonNode json = object(ctx, Set.of("name", "colour"));
        String name = Json.text(json, "name", MAX_TEXT);
        String colour = Json.text(json, "colour", MAX_TEXT);
        if (name == null) {
            throw new BadRequestException("'name' is missing.");
        }
        return Tag.of(name, Params.colour(colour == null ? "neutral" : colour));
    }

    private static JsonNode object(Context ctx, Set<String> known) {
        // A form of another site could not send this type without asking first.
        if (!String.valueOf(ctx.contentType()).startsWith("application/json")) {
            throw new BadRequestException("The content type must be application/json.");
        }
        JsonNode json = Json.object(ctx.bodyAsBytes());
        for (String name : json.propertyNames()) {
            if (!known.contains(name)) {
                throw new BadRequestException("There is an unknown name in the body; known are " + known + ".");
            }
        }
        return json;
    }

    private static NotFoundException noImage() {
        return new NotFoundException("There is no image with this id.");
    }

    private static NotFoundException noTag() {
        return new NotFoundException("There is no tag with this id.");
    }
}
