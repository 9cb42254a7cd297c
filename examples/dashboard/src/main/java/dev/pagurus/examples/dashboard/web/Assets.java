package dev.pagurus.examples.dashboard.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** The style sheet, the script and the icon: three files, named with a hash of what is in them, so cached for good. */
public final class Assets {

    private static final Map<String, String> TYPES = Map.of(
            "app.css", "text/css; charset=utf-8",
            "app.js", "text/javascript; charset=utf-8",
            "icon.svg", "image/svg+xml");

    private record Asset(String content, String type, String hash) {}

    private final Map<String, Asset> assets =
            TYPES.keySet().stream().collect(Collectors.toMap(name -> name, Assets::load));

    /** Returns the address of a file. */
    public String link(String name) {
        return "/assets/" + name + "?"
                + Objects.requireNonNull(assets.get(name)).hash();
    }

    void serve(Context ctx) {
        Asset asset = assets.get(ctx.pathParam("name"));
        if (asset == null) {
            throw new NotFoundException("There is no such file.");
        }
        boolean named = asset.hash().equals(ctx.queryString());
        ctx.header("Cache-Control", named ? "public, max-age=31536000, immutable" : "no-cache")
                .contentType(asset.type())
                .result(asset.content());
    }

    private static Asset load(String name) {
        try (InputStream stream = Assets.class.getResourceAsStream("/assets/" + name)) {
            byte[] content = Objects.requireNonNull(stream, name).readAllBytes();
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return new Asset(
                    new String(content, StandardCharsets.UTF_8),
                    Objects.requireNonNull(TYPES.get(name)),
                    HexFormat.of().formatHex(hash, 0, 6));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256.", e);
        }
    }
}
