package dev.pagurus.examples.dashboard.web;

import dev.pagurus.store.Document;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A document's version as an HTTP ETag. */
final class ETags {

    private static final Pattern STRONG = Pattern.compile("\"([0-9]{1,18})\"");

    private ETags() {}

    /** Sets the ETag, and says whether the client has this version already. */
    static boolean isKnown(Context ctx, Document<?> document) {
        String etag = "\"" + document.version() + "\"";
        ctx.header("ETag", etag);
        for (String known :
                Objects.requireNonNullElse(ctx.header("If-None-Match"), "").split(",", -1)) {
            if (known.strip().equals(etag)
                    || known.strip().equals("W/" + etag)
                    || known.strip().equals("*")) {
                return true;
            }
        }
        return false;
    }

    /** The version that the client wants to change; null for any. */
    static @Nullable Long ifMatch(Context ctx) {
        String given = ctx.header("If-Match");
        if (given == null || given.strip().equals("*")) {
            return null;
        }
        Matcher matcher = STRONG.matcher(given.strip());
        if (!matcher.matches()) {
            throw new BadRequestException("'If-Match' must be one ETag as it came with the document, or *.");
        }
        return Long.valueOf(matcher.group(1));
    }
}
