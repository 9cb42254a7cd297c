package dev.pagurus.store.postgres.image;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What our jars tell {@code native-image}: the files {@code reachability-metadata.json} of the three, as one. */
public final class ReachabilityMetadata {

    private final List<JsonNode> reflection = new ArrayList<>();
    private final List<JsonNode> resources = new ArrayList<>();

    private ReachabilityMetadata() {}

    /** Reads them from the class path. */
    public static ReachabilityMetadata ofOurs() {
        ReachabilityMetadata all = new ReachabilityMetadata();
        for (String module : List.of("store-api", "store-sqlite", "store-postgres")) {
            String name = "META-INF/native-image/dev.pagurus/" + module + "/reachability-metadata.json";
            try (InputStream in = ReachabilityMetadata.class.getClassLoader().getResourceAsStream(name)) {
                all.add(new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return all;
    }

    /** Returns what a text says. */
    public static ReachabilityMetadata of(String json) {
        ReachabilityMetadata one = new ReachabilityMetadata();
        one.add(json);
        return one;
    }

    private void add(String json) {
        JsonNode file = new ObjectMapper().readTree(json);
        file.path("reflection").forEach(reflection::add);
        file.path("resources").forEach(resources::add);
    }

    /** Says whether something that a {@link Witness} saw is there in an image. */
    public boolean covers(String reached) {
        int blank = reached.indexOf(' ');
        String name = reached.substring(blank + 1);
        return switch (reached.substring(0, blank)) {
            case "type" -> reflection.stream().anyMatch(entry -> typeOf(entry).equals(name));
            case "proxy" -> reflection.stream().anyMatch(entry -> typeOf(entry).equals("proxy " + name));
            case "method" -> hasMember(name.substring(0, name.lastIndexOf('.', name.indexOf('('))), name, "Method");
            case "field" -> hasMember(name.substring(0, name.lastIndexOf('.')), name, "Field");
            case "resource" -> resources.stream().anyMatch(entry -> matches(entry, name));
            case "bundle" ->
                resources.stream().anyMatch(entry -> text(entry, "bundle").equals(name));
            default -> false;
        };
    }

    private boolean hasMember(String type, String member, String kind) {
        String all = member.contains(".<init>(") ? "Constructors" : kind + "s";
        return reflection.stream()
                .filter(entry -> typeOf(entry).equals(type))
                .anyMatch(entry -> entry.path("allDeclared" + all).asBoolean(false)
                        || entry.path("allPublic" + all).asBoolean(false)
                        || members(entry).contains(member));
    }

    private static boolean matches(JsonNode entry, String name) {
        return matches(text(entry, "glob"), name);
    }

    /** Says whether a glob with single stars has a name. */
    public static boolean matches(String glob, String name) {
        return name.matches(glob.replace(".", "\\.").replace("*", "[^/]*"));
    }

    /** Returns each thing that is named, as a {@link Witness} calls it: types, and members and resources where they are named. */
    public List<String> named() {
        List<String> named = new ArrayList<>();
        for (JsonNode entry : reflection) {
            String type = typeOf(entry);
            named.add(type.startsWith("proxy ") ? type : "type " + type);
            members(entry).forEach(member -> named.add((member.endsWith(")") ? "method " : "field ") + member));
        }
        for (JsonNode entry : resources) {
            named.add(entry.has("glob") ? "resource " + text(entry, "glob") : "bundle " + text(entry, "bundle"));
        }
        Stream.concat(reflection.stream(), resources.stream())
                .filter(entry -> entry.has("condition"))
                .forEach(entry -> named.add("type " + text(entry.path("condition"), "typeReached")));
        return named;
    }

    private static String typeOf(JsonNode entry) {
        JsonNode type = entry.path("type");
        return type.isString() ? type.asString() : "proxy " + joined(type.path("proxy"));
    }

    private static List<String> members(JsonNode entry) {
        String type = typeOf(entry) + ".";
        List<String> members = new ArrayList<>();
        entry.path("fields").forEach(field -> members.add(type + text(field, "name")));
        entry.path("methods")
                .forEach(method ->
                        members.add(type + text(method, "name") + "(" + joined(method.path("parameterTypes")) + ")"));
        return members;
    }

    private static String joined(JsonNode names) {
        Iterator<JsonNode> all = names.iterator();
        return StreamSupport.stream(((Iterable<JsonNode>) () -> all).spliterator(), false)
                .map(JsonNode::asString)
                .collect(Collectors.joining(","));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString("");
    }
}
