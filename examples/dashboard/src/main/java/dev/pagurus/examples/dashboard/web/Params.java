package dev.pagurus.examples.dashboard.web;

import dev.pagurus.examples.dashboard.data.ImageQuery;
import dev.pagurus.examples.dashboard.data.State;
import dev.pagurus.examples.dashboard.data.TagColour;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What comes with a request, checked. */
final class Params {

    private static final int MAX_SHORT = 255;
    private static final int MAX_CURSOR = 4096;

    private Params() {}

    /** The filters of a list; which state it shows if it does not say is up to the page. */
    static ImageQuery images(Context ctx, @Nullable State otherwise) {
        String state = query(ctx, "state");
        return new ImageQuery(
                state == null ? otherwise : state.equals("all") ? null : state(state),
                query(ctx, "host"),
                query(ctx, "tag"),
                search(ctx));
    }

    /** Tabs and the like, which are pasted with what is to be found, only part words. */
    private static @Nullable String search(Context ctx) {
        String text = ctx.queryParam("q");
        if (text != null && text.length() > ImageQuery.MAX_SEARCH) {
            throw new BadRequestException(
                    "What is searched for ('q') has at most " + ImageQuery.MAX_SEARCH + " characters.");
        }
        return text == null ? null : text("q", text.replaceAll("\\s+", " "), 3 * ImageQuery.MAX_SEARCH);
    }

    static State state(String text) {
        return switch (text) {
            case "open" -> State.OPEN;
            case "acknowledged" -> State.ACKNOWLEDGED;
            default -> throw new BadRequestException("'state' must be open, acknowledged or all.");
        };
    }

    static TagColour colour(String text) {
        if (text.equalsIgnoreCase("grey")) {
            return TagColour.NEUTRAL; // its name in the first release; scripts and open pages know it
        }
        for (TagColour colour : TagColour.values()) {
            if (colour.name().equals(text.toUpperCase(Locale.ROOT))) {
                return colour;
            }
        }
        throw new BadRequestException("'colour' must be one of "
                + List.of(TagColour.values()).toString().toLowerCase(Locale.ROOT) + ".");
    }

    static @Nullable String cursor(Context ctx) {
        return text("after", ctx.queryParam("after"), MAX_CURSOR);
    }

    static @Nullable String query(Context ctx, String name) {
        return text(name, ctx.queryParam(name), MAX_SHORT);
    }

    static String form(Context ctx, String name) {
        String text = text(name, ctx.formParam(name), MAX_SHORT);
        if (text == null) {
            throw new BadRequestException("'" + name + "' is missing.");
        }
        return text;
    }

    /** How many images to return at once. */
    static int limit(Context ctx, int otherwise, int max) {
        String text = query(ctx, "limit");
        if (text == null) {
            return otherwise;
        }
        if (!text.matches("[1-9][0-9]{0,3}") || Integer.parseInt(text) > max) {
            throw new BadRequestException("'limit' must be a number from 1 to " + max + ".");
        }
        return Integer.parseInt(text);
    }

    /** A number that a page of ours has put into its form. */
    static long number(String name, String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new BadRequestException("'" + name + "' must be a number.");
        }
        return Long.parseLong(text);
    }

    private static @Nullable String text(String name, @Nullable String text, int maxBytes) {
        return text == null || text.isBlank() ? null : Texts.checked(name, text.strip(), maxBytes);
    }
}
