package dev.pagurus.store.spi;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The text form of a {@link CollectionDefinition}, one line for each of its parts; stored, so it may only grow. */
final class DefinitionText {

    private static final Pattern HEAD = Pattern.compile("(\\S+) revision (\\d+)");
    private static final Pattern FIELD = Pattern.compile("field (\\S+) ([A-Z_]+) (\\d+)");
    private static final Pattern INDEX = Pattern.compile("(unique )?index (\\S+): (.+)");

    /** A line of the shape, or the whole of one that has none, which is not the same as no shape. */
    private static final Pattern SHAPE = Pattern.compile("shape(?: (.+))?");

    private static final Pattern CHANGES = Pattern.compile("changes (\\S+)");
    private static final Pattern EXPIRES = Pattern.compile("expires (\\S+)");

    private static final int LONGEST = 300;

    private DefinitionText() {}

    static String write(CollectionDefinition definition) {
        StringBuilder text = new StringBuilder(definition.name() + " revision " + definition.revision());
        for (FieldDefinition field : definition.fields()) {
            text.append("\nfield " + field.name() + " " + field.kind() + " " + field.maxBytes());
        }
        for (IndexDefinition index : definition.indexes()) {
            text.append("\n" + index + ": " + Sort.text(index.terms()));
        }
        Duration retention = definition.retention();
        if (retention != null) {
            text.append("\nchanges " + retention);
        }
        if (definition.expiry() != null) {
            text.append("\nexpires " + definition.expiry());
        }
        String shape = definition.shape();
        if (shape != null) {
            text.append("\nshape" + (shape.isEmpty() ? "" : " ") + shape.replace("\n", "\nshape "));
        }
        return text.toString();
    }

    static CollectionDefinition read(String text) {
        List<String> lines = text.lines().toList();
        Matcher head = HEAD.matcher(lines.isEmpty() ? "" : lines.get(0));
        if (!head.matches()) {
            throw damaged(text);
        }
        List<FieldDefinition> fields = new ArrayList<>();
        List<IndexDefinition> indexes = new ArrayList<>();
        List<String> shape = new ArrayList<>();
        @Nullable Duration retention = null;
        @Nullable String expiry = null;
        for (String line : lines.subList(1, lines.size())) {
            Matcher field = FIELD.matcher(line);
            Matcher index = INDEX.matcher(line);
            Matcher ofShape = SHAPE.matcher(line);
            Matcher changes = CHANGES.matcher(line);
            Matcher expires = EXPIRES.matcher(line);
            if (field.matches()) {
                fields.add(new FieldDefinition(
                        field.group(1), FieldKind.valueOf(field.group(2)), Integer.parseInt(field.group(3))));
            } else if (index.matches()) {
                indexes.add(new IndexDefinition(index.group(2), index.group(1) != null, Sort.parse(index.group(3))));
            } else if (ofShape.matches()) {
                shape.add(Objects.requireNonNullElse(ofShape.group(1), ""));
            } else if (changes.matches() && retention == null) {
                retention = duration(changes.group(1), text);
            } else if (expires.matches() && expiry == null && isInstant(fields, expires.group(1))) {
                expiry = expires.group(1);
            } else {
                throw damaged(text);
            }
        }
        if (shape.size() > 1 && shape.contains("")) {
            throw damaged(text);
        }
        return new CollectionDefinition(
                head.group(1),
                Integer.parseInt(head.group(2)),
                fields,
                indexes,
                shape.isEmpty() ? null : String.join("\n", shape),
                retention,
                expiry);
    }

    private static boolean isInstant(List<FieldDefinition> fields, String name) {
        return fields.stream().anyMatch(field -> field.name().equals(name) && field.kind() == FieldKind.INSTANT);
    }

    private static Duration duration(String retention, String text) {
        try {
            return Duration.parse(retention);
        } catch (DateTimeParseException e) {
            throw damaged(text);
        }
    }

    private static IllegalArgumentException damaged(String text) {
        String shown = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        return new IllegalArgumentException("This is not the text of a collection's definition: " + shown);
    }
}
