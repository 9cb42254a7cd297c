package dev.pagurus.examples.dashboard.web;

import dev.pagurus.examples.dashboard.data.TagList;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.http.Context;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Renders pages. The templates were compiled with the program, and escape what they show by where it stands. */
final class Views {

    private final TemplateEngine templates =
            TemplateEngine.createPrecompiled(null, ContentType.Html, null, "dev.pagurus.examples.dashboard.templates");
    private final Assets assets;

    Views(Assets assets) {
        this.assets = assets;
    }

    void list(Context ctx, ListPage page) {
        render(ctx, "list.jte", Map.of("assets", assets, "page", page));
    }

    void image(Context ctx, ImagePage page) {
        render(ctx, "image.jte", Map.of("assets", assets, "page", page));
    }

    void tags(Context ctx, TagList list, @Nullable String notice) {
        render(ctx, "tags.jte", Map.of("assets", assets, "list", list, "notice", notice == null ? "" : notice));
    }

    void error(Context ctx, int status, String message) {
        ctx.status(status);
        render(ctx, "error.jte", Map.of("assets", assets, "status", status, "message", message));
    }

    private void render(Context ctx, String template, Map<String, Object> parameters) {
        StringOutput output = new StringOutput();
        templates.render(template, parameters, output);
        ctx.contentType("text/html; charset=utf-8").result(output.toString());
    }
}
