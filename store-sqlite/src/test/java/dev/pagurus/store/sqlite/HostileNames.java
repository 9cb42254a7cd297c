package dev.pagurus.store.sqlite;

import dev.pagurus.store.BooleanField;
import dev.pagurus.store.Codec;
import dev.pagurus.store.DoubleField;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.TextField;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;

/** Names of collections and fields, which would stand in SQL as they are. */
@NullUnmarked
final class HostileNames {

    private static final String RULE = "is not allowed: a name is 1 to 40 of a-z, 0-9 and _, and starts with a letter";

    /** What each is called, and the name. */
    private static final List<BadText> MALFORMED = List.of(
            new BadText("null", null, "name null " + RULE),
            new BadText("nothing", "", "'' " + RULE),
            new BadText("a blank", " ", RULE),
            new BadText("upper case", "Notes", "'Notes' " + RULE),
            new BadText("41 letters", "n".repeat(41), RULE),
            new BadText("a million letters", "n".repeat(1_000_000), "nnn...' " + RULE),
            new BadText("a digit first", "1note", RULE),
            new BadText("an underscore first", "_note", RULE),
            new BadText("a dot", "main.notes", RULE),
            new BadText("a hyphen", "my-notes", RULE),
            new BadText("a blank inside", "my notes", RULE),
            new BadText("a blank at the end", "notes ", RULE),
            new BadText("a line feed at the end", "notes\n", "'notes?' " + RULE),
            new BadText("a carriage return inside", "no\rtes", "'no?tes' " + RULE),
            new BadText("a tab", "no\ttes", RULE),
            new BadText("U+0000", "no\0tes", "'no?tes' " + RULE),
            new BadText("a single quote", "notes'", RULE),
            new BadText("a double quote", "notes\"", RULE),
            new BadText("a backquote", "`notes`", RULE),
            new BadText("brackets", "[notes]", RULE),
            new BadText("a semicolon and a statement", "notes; drop table specimens", RULE),
            new BadText("a quote and a statement", "notes\"; drop table specimens; --", RULE),
            new BadText("a comment", "notes--", RULE),
            new BadText("a question mark", "notes?", RULE),
            new BadText("a dollar", "notes$1", RULE),
            new BadText("a percent sign", "notes%", RULE),
            new BadText("an umlaut", "k\u00E4fer", RULE),
            new BadText("a cyrillic letter that looks latin", "n\u043Etes", RULE),
            new BadText("a fullwidth digit", "notes\uFF11", RULE),
            new BadText("a zero-width space", "no\u200Btes", RULE),
            new BadText("a right-to-left override", "no\u202Etes", RULE),
            new BadText("a line separator", "no\u2028tes", RULE),
            new BadText("a lone surrogate", "no\uD800tes", "'no?tes' " + RULE),
            new BadText("an emoji", "notes\uD83D\uDE00", RULE));

    private static final List<String> RESERVED_FIELDS = List.of(
            "id", "version", "created_at", "body", "rowid", "oid", "ctid", "xmin", "xmax", "cmin", "cmax", "tableoid");

    private static final List<String> RESERVED_COLLECTIONS =
            List.of("sqlite_master", "sqlite_x", "pg_class", "pagurus_collection", "pagurus_");

    /** Every kind of field checks its name. */
    private static final Map<String, Consumer<String>> KINDS = Map.of(
            "text", name -> TextField.of(name, (Specimen value) -> ""),
            "long", name -> LongField.of(name, (Specimen value) -> 1),
            "double", name -> DoubleField.of(name, (Specimen value) -> 1),
            "boolean", name -> BooleanField.of(name, (Specimen value) -> true),
            "instant", name -> InstantField.of(name, Specimen::time),
            "enum", name -> EnumField.of(name, Specimen.Colour.class, Specimen::colour),
            "many", name -> ManyField.of(name, Specimen::tags));

    private HostileNames() {}

    static Stream<Attack> attacks() {
        List<Attack> attacks = new ArrayList<>();
        for (BadText name : MALFORMED) {
            attacks.add(collection(name.what(), name.text(), name.fragment()));
            attacks.add(field("text", name.what(), name.text(), name.fragment()));
        }
        for (String kind : new TreeSet<>(KINDS.keySet())) {
            attacks.add(field(kind, "SQL in it", "x\"; drop table specimens; --", RULE));
        }
        for (String name : RESERVED_FIELDS) {
            attacks.add(field("text", name, name, "'" + name + "' is not allowed: it is a column of every collection"));
        }
        for (String name : RESERVED_COLLECTIONS) {
            attacks.add(collection(name, name, "'" + name + "' is not allowed: names that start with"));
        }
        return attacks.stream();
    }

    private static Attack collection(String what, String name, String fragment) {
        return new Attack(
                "a collection named with " + what,
                SchemaException.class,
                fragment,
                victim -> victim.store().collection(Schema.of(name, Codec.of(text -> text, text -> text))));
    }

    private static Attack field(String kind, String what, String name, String fragment) {
        return new Attack(
                "a " + kind + " field named with " + what,
                SchemaException.class,
                fragment,
                victim -> KINDS.get(kind).accept(name));
    }
}
