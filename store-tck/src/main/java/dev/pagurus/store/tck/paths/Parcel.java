package dev.pagurus.store.tck.paths;

import dev.pagurus.store.BooleanField;
import dev.pagurus.store.Codec;
import dev.pagurus.store.DoubleField;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.tck.samples.Item;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The document of this room: an item whose payload stands at both ends of the body as it is, so that whatever becomes of a
 * body's ends is seen, and a second value that is unique.
 *
 * @param item the fields, and the payload
 * @param seal unique among all, as the item's code is
 * @param route unique as a whole, if it is whole
 */
record Parcel(Item item, @Nullable Long seal, Route route) {

    /**
     * Two texts that are unique together.
     *
     * @param from the first one
     * @param to the other one
     */
    record Route(@Nullable String from, @Nullable String to) {

        static final Route NONE = new Route(null, null);

        boolean isWhole() {
            return from != null && to != null;
        }
    }

    /** Between the payload and what is written as JSON; in neither of them. */
    private static final char MARK = '\u001E';

    private static final Codec<Parcel> JSON = Codec.json(Parcel.class);

    private static final Known KNOWN = new Known();

    static final Codec<Parcel> CODEC = Codec.of(Parcel::encode, Parcel::decode);

    static final TextField<Parcel> TEXT =
            TextField.of("text", parcel -> parcel.item().text());
    static final LongField<Parcel> NUMBER =
            LongField.of("number", parcel -> parcel.item().number());
    static final DoubleField<Parcel> REAL =
            DoubleField.of("real", parcel -> parcel.item().real());
    static final BooleanField<Parcel> FLAG =
            BooleanField.of("flag", parcel -> parcel.item().flag());
    static final InstantField<Parcel> TIME =
            InstantField.of("time", parcel -> parcel.item().time());
    static final EnumField<Parcel, Item.Color> COLOR =
            EnumField.of("color", Item.Color.class, parcel -> parcel.item().color());
    static final ManyField<Parcel> TAGS =
            ManyField.of("tags", parcel -> parcel.item().tags());
    static final WordsField<Parcel> WORDS =
            WordsField.of("words", parcel -> Item.beginning(parcel.item().text()));
    static final TextField<Parcel> CODE =
            TextField.of("code", parcel -> parcel.item().code());
    static final LongField<Parcel> SEAL = LongField.of("seal", Parcel::seal);

    /** Named by words of SQL. */
    static final TextField<Parcel> FROM =
            TextField.of("from", parcel -> parcel.route().from());

    static final TextField<Parcel> TO =
            TextField.of("to", parcel -> parcel.route().to());

    /**
     * Returns the schema.
     *
     * @param unique whether the store has unique indexes; they are plain ones if not
     */
    static Schema<Parcel> schema(String name, boolean unique) {
        Schema<Parcel> schema = Schema.of(name, CODEC)
                .index(TEXT)
                .index(COLOR, TIME)
                .index(NUMBER.desc(), TEXT)
                .index(TAGS)
                .index(WORDS)
                .index(REAL)
                .field(FLAG);
        return unique
                ? schema.uniqueIndex(CODE).uniqueIndex(SEAL).uniqueIndex(FROM, TO)
                : schema.index(CODE).index(SEAL).index(FROM, TO);
    }

    Parcel withItem(Item changed) {
        return new Parcel(changed, seal, route);
    }

    Parcel withCode(@Nullable String code) {
        return withItem(item.withCode(code));
    }

    Parcel withSeal(@Nullable Long changed) {
        return new Parcel(item, changed, route);
    }

    Parcel withRoute(Route changed) {
        return new Parcel(item, seal, changed);
    }

    boolean hasAllThatIsUnique() {
        return item.code() != null && seal != null && route.isWhole();
    }

    /** Returns the same with all that is unique of another one. */
    Parcel withUniqueOf(Parcel other) {
        return new Parcel(item.withCode(other.item().code()), other.seal(), other.route());
    }

    /** Returns the same with less of everything: half of the tags, no text, nothing unique. */
    Parcel less() {
        Set<String> tags = item.tags();
        Set<String> fewer = tags == null ? null : new TreeSet<>();
        if (tags != null && fewer != null) {
            tags.stream().sorted().limit(tags.size() / 2).forEach(fewer::add);
        }
        return new Parcel(
                item.withTags(fewer).withText(item.text() == null ? null : "").withCode(null), null, Route.NONE);
    }

    /** Returns the parts by name, those that are null left out. */
    Map<String, Object> parts() {
        Map<String, @Nullable Object> parts = new LinkedHashMap<>();
        parts.put("text", item.text());
        parts.put("number", item.number());
        parts.put("real", item.real());
        parts.put("flag", item.flag());
        parts.put("time", item.time());
        parts.put("color", item.color());
        parts.put("tags", item.tags());
        parts.put("code", item.code());
        parts.put("payload", item.payload());
        parts.put("seal", seal);
        parts.put("from", route.from());
        parts.put("to", route.to());
        Map<String, Object> there = new LinkedHashMap<>();
        parts.forEach((name, part) -> {
            if (part != null) {
                there.put(name, part);
            }
        });
        return there;
    }

    @Override
    public String toString() {
        return parts().entrySet().stream()
                .map(part -> part.getKey() + " " + Shown.of(part.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String encode(Parcel parcel) throws Exception {
        String payload = parcel.item.payload();
        String json = JSON.encode(parcel.withItem(parcel.item.withPayload(null)));
        String body = payload == null ? json : payload + MARK + json + MARK + payload;
        KNOWN.put(body, parcel);
        return body;
    }

    /** Everything is asked about everything, so a body comes many times. The same text is the same parcel that was written. */
    private static Parcel decode(String body) throws Exception {
        @Nullable Parcel known = KNOWN.get(body);
        if (known == null) {
            known = decodeAnew(body);
            KNOWN.put(body, known);
        }
        return known;
    }

    private static Parcel decodeAnew(String body) throws Exception {
        int begin = body.indexOf(MARK);
        if (begin < 0) {
            return JSON.decode(body);
        }
        int end = body.lastIndexOf(MARK);
        String before = body.substring(0, begin);
        String after = body.substring(end + 1);
        Parcel parcel = JSON.decode(body.substring(begin + 1, end));
        // Two ends that are no longer the same are no payload that was ever written.
        String payload = Objects.equals(before, after) ? before : "begins with " + before + " and ends with " + after;
        return parcel.withItem(parcel.item.withPayload(payload));
    }
}
