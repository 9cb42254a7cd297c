package dev.pagurus.store.tck.hosts;

import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.VersionConflictException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings pages of a web application: each is a JSON text, served with an ETag, and only who has seen the newest
 * version may overwrite it (RFC 9110 section 13). The version of the document is the ETag, so nothing needs to be kept.
 */
public final class Settings {

    private static final Schema<String> SCHEMA = Schema.of("settings", Codec.of(text -> text, text -> text));
    private static final Pattern ETAG = Pattern.compile("\"(\\d{1,19})\"");

    private final DocumentCollection<String> settings;

    /** Opens the settings in a store. */
    public Settings(Store store) {
        this.settings = store.collection(SCHEMA);
    }

    /** What a browser gets. */
    public record Response(
            int status, @Nullable String etag, @Nullable String body) {

        static Response of(int status) {
            return new Response(status, null, null);
        }

        static Response of(int status, Document<String> document) {
            return new Response(status, etagOf(document), null);
        }
    }

    /** Answers GET: 200, 304 if the browser has this version, 404. */
    public Response get(String name, @Nullable String ifNoneMatch) {
        Optional<Document<String>> found;
        try {
            found = settings.get(name);
        } catch (InvalidValueException e) {
            found = Optional.empty(); // no setting can have this name
        }
        if (found.isEmpty()) {
            return Response.of(404);
        }
        Document<String> setting = found.get();
        return etagOf(setting).equals(ifNoneMatch)
                ? Response.of(304, setting)
                : new Response(200, etagOf(setting), setting.value());
    }

    /**
     * Answers PUT: 201 or 204, 412 if the condition does not hold, 428 if there is none, 400 if it cannot be stored.
     *
     * @param ifMatch the ETag that the browser has seen, or {@code *} for any
     * @param ifNoneMatch {@code *} if the setting must be new
     */
    public Response put(String name, @Nullable String ifMatch, @Nullable String ifNoneMatch, String body) {
        try {
            if ("*".equals(ifNoneMatch)) {
                return Response.of(201, settings.insert(name, body));
            }
            if ("*".equals(ifMatch)) {
                return settings.update(name, before -> body)
                        .map(written -> Response.of(204, written))
                        .orElseGet(() -> Response.of(412));
            }
            if (ifMatch == null) {
                return Response.of(428);
            }
            OptionalLong version = version(ifMatch);
            return version.isPresent()
                    ? Response.of(204, settings.replace(name, version.getAsLong(), body))
                    : Response.of(412);
        } catch (DuplicateIdException | VersionConflictException e) {
            return Response.of(412);
        } catch (InvalidValueException e) {
            return Response.of(400);
        }
    }

    /** Answers DELETE: 204, 404, 412 if somebody has changed it since, 428 without an ETag. */
    public Response delete(String name, @Nullable String ifMatch) {
        if (ifMatch == null) {
            return Response.of(428);
        }
        OptionalLong version = version(ifMatch);
        if (version.isEmpty()) {
            return Response.of(412);
        }
        try {
            return Response.of(settings.delete(name, version.getAsLong()) ? 204 : 404);
        } catch (VersionConflictException e) {
            return Response.of(412);
        }
    }

    private static String etagOf(Document<String> setting) {
        return "\"" + setting.version() + "\"";
    }

    /** Reads an ETag of ours; any other, weak ones included, matches nothing. */
    private static OptionalLong version(String etag) {
        Matcher matcher = ETAG.matcher(etag);
        try {
            return matcher.matches() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }
}
