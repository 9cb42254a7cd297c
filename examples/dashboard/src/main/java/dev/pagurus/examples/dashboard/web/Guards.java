package dev.pagurus.examples.dashboard.web;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who may do what: the webhook's token, the pages' password, and no writes on behalf of other sites. */
final class Guards {

    private static final Set<HandlerType> HARMLESS = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

    private static final String POLICY = String.join(
            "; ",
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'none'");

    private final byte[] token;
    private final byte @Nullable [] login;
    private final @Nullable String publicOrigin;

    Guards(String token, @Nullable String user, @Nullable String password, @Nullable String publicOrigin) {
        this.token = utf8(token);
        this.login = password == null ? null : utf8(user + ":" + password);
        this.publicOrigin = publicOrigin;
    }

    /** Says to browsers what a page of ours may do: nothing that did not come from here, nothing inline. */
    void headers(Context ctx) {
        ctx.header("Content-Security-Policy", POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "same-origin")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .header("Cross-Origin-Resource-Policy", "same-origin")
                .header("Cache-Control", "no-store");
    }

    /** Lets through who knows the token: {@code Authorization: <token>}, as Diun's documentation has it, or Bearer. */
    boolean knowsToken(Context ctx) {
        String given = Objects.requireNonNullElse(ctx.header("Authorization"), "");
        if (given.regionMatches(true, 0, "Bearer ", 0, 7)) {
            given = given.substring(7);
        }
        return MessageDigest.isEqual(utf8(given.strip()), token);
    }

    /** Lets through who knows the password, or everybody if there is none. */
    boolean mayLookAround(Context ctx) {
        if (login == null) {
            return true;
        }
        String given = Objects.requireNonNullElse(ctx.header("Authorization"), "");
        if (!given.regionMatches(true, 0, "Basic ", 0, 6)) {
            return false;
        }
        try {
            return MessageDigest.isEqual(
                    Base64.getDecoder().decode(given.substring(6).strip()), login);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Lets writes through that come from our own pages, or from no page at all. Browsers say where a request comes from,
     * and no page can make them say otherwise; so there is no need of a token in each form.
     */
    boolean isNotForeign(Context ctx) {
        if (HARMLESS.contains(ctx.method())) {
            return true;
        }
        String site = ctx.header("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        String origin = ctx.header("Origin"); // plain http to another host than localhost has only this
        return origin == null || origin.equals(publicOrigin) || sameAuthority(origin, ctx.header("Host"));
    }

    private static boolean sameAuthority(String origin, @Nullable String host) {
        try {
            String authority = URI.create(origin).getRawAuthority();
            return authority != null && host != null && authority.equalsIgnoreCase(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
