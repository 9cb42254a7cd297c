package dev.pagurus.examples.dashboard.web;

import dev.pagurus.examples.dashboard.data.ImageQuery;
import dev.pagurus.examples.dashboard.data.State;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The addresses of our pages, made of checked parts only: a redirect cannot lead elsewhere. */
public final class Links {

    private Links() {}

    /** The list with these filters. */
    public static String list(ImageQuery query) {
        return "/" + parameters(query);
    }

    /** An action on the list, which leads back to it. */
    public static String action(String name, ImageQuery query) {
        return "/" + name + parameters(query);
    }

    /** The page of an image. */
    public static String image(String id) {
        return "/images/" + encode(id);
    }

    /** An address with one parameter more. */
    public static String with(String link, String name, @Nullable Object value) {
        if (value == null) {
            return link;
        }
        return link + (link.indexOf('?') < 0 ? "?" : "&") + name + "=" + encode(value.toString());
    }

    private static String parameters(ImageQuery query) {
        String link = "?state=" + (query.state() == null ? "all" : name(query.state()));
        link = with(link, "host", query.host());
        link = with(link, "tag", query.tag());
        link = with(link, "q", query.search());
        return link.equals("?state=open") ? "" : link;
    }

    /** A state as it stands in an address. */
    public static String name(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
