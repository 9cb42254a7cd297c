package dev.pagurus.store.internal.value;

import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.Field;
import dev.pagurus.store.Index;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.UpgradePlan;
import dev.pagurus.store.Upgrades;
import dev.pagurus.store.WordsField;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.IndexDefinition;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoredDocument;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A schema made ready for use: between values of type T and what crosses the SPI. */
public final class Mapping<T> {

    private static final int LONGEST = 300;

    private final CollectionDefinition definition;
    private final Codec<T> codec;
    private final List<Field<? super T, ?>> fields;
    private final FieldCodec[] fieldCodecs;
    private final long maxBodyBytes;
    private final Upgrades upgrades;
    private final Optional<String> setAside;

    public Mapping(Schema<T> schema, long maxBodyBytes) {
        this.codec = Objects.requireNonNull(schema, "schema").codec();
        this.fields = schema.fields();
        this.fieldCodecs = new FieldCodec[fields.size()];
        this.maxBodyBytes = maxBodyBytes;
        this.upgrades = schema.upgrades();
        this.setAside = schema.setAside();
        List<FieldDefinition> fieldDefinitions = new ArrayList<>();
        for (int i = 0; i < fieldCodecs.length; i++) {
            fieldCodecs[i] = new FieldCodec(schema.name(), fields.get(i));
            fieldDefinitions.add(fieldCodecs[i].definition());
        }
        List<IndexDefinition> indexes = new ArrayList<>();
        for (Index<T> index : schema.indexes()) {
            indexes.add(definitionOf(index));
        }
        this.definition = new CollectionDefinition(
                schema.name(),
                schema.revision(),
                fieldDefinitions,
                indexes,
                ShapeText.of(schema.name(), codec),
                schema.changes().orElse(null),
                schema.expiresAt().map(InstantField::name).orElse(null));
    }

    private Mapping(Mapping<T> other, CollectionDefinition definition) {
        this.definition = definition;
        this.codec = other.codec;
        this.fields = other.fields;
        this.fieldCodecs = other.fieldCodecs;
        this.maxBodyBytes = other.maxBodyBytes;
        this.upgrades = other.upgrades;
        this.setAside = other.setAside;
    }

    /** Returns this mapping with an equal definition, so that engines see one instance for each collection. */
    public Mapping<T> with(CollectionDefinition same) {
        return new Mapping<>(this, same);
    }

    public CollectionDefinition definition() {
        return definition;
    }

    /** Says whether a schema has the very codec of this one, so that both hold values of one type. */
    public boolean isMadeWith(Schema<?> schema) {
        return codec == schema.codec();
    }

    String name() {
        return definition.name();
    }

    public String checkId(@Nullable String id) {
        return Texts.checkId(name(), id);
    }

    public Content.Body encode(String id, @Nullable T value) {
        if (value == null) {
            throw new InvalidValueException("The value of document '" + id + "' in collection '" + name() + "' is null;"
                    + " use delete to have no document.");
        }
        String text = body(id, value);
        check(id, text);
        return new Content.Body(text, values(value));
    }

    /** Takes a text as the body that it shall be, if it can be read again; its fields are those of the value that it means. */
    public Content.Body take(String id, @Nullable String text) {
        if (text == null) {
            throw new InvalidValueException("The text of document '" + id + "' in collection '" + name() + "' is null;"
                    + " use delete to have no document.");
        }
        check(id, text);
        T value;
        try {
            if (definition.shape() != null) {
                UpgradePlan.requireSound(codec, text);
            }
            value = value(id, text);
        } catch (SchemaException e) {
            throw new InvalidValueException(
                    "The text given for document '" + id + "' in collection '" + name() + "' is not taken. "
                            + e.getMessage() + " Nothing was changed.",
                    e);
        } catch (UndecodableDocumentException e) {
            throw new InvalidValueException(
                    "The text given for document '" + id + "' in collection '" + name()
                            + "' cannot be decoded by its codec (" + e.reason()
                            + "). Nothing was changed. Give a text that the codec can read; the cause says what it met.",
                    e.getCause());
        }
        return new Content.Body(text, values(value));
    }

    private void check(String id, String text) {
        checkBody(text, "The body of document '" + id + "' in collection '" + name() + "'");
    }

    void checkBody(String text, String what) {
        Texts.check(text, maxBodyBytes, what);
    }

    public Document<T> decode(StoredDocument stored) {
        return new Document<>(
                stored.id(), stored.version(), Micros.toInstant(stored.createdAt()), value(stored.id(), stored.body()));
    }

    /**
     * Returns what brings the documents of older revisions to this one.
     *
     * @param aside whether those that fail are set aside
     * @param metSteps see {@link UpgradePlan#unknownSteps()}: those that work on something all the same
     */
    public Filling<T> filling(boolean aside, Set<Integer> metSteps) {
        CollectionDefinition texts =
                aside ? new CollectionDefinition(setAside.orElseThrow(), 1, List.of(), List.of()) : null;
        return new Filling<>(this, texts, metSteps);
    }

    UpgradePlan plan(int from, @Nullable String shape) {
        return new UpgradePlan(upgrades, from, shape, codec);
    }

    boolean hasUpgrades() {
        return !upgrades.isEmpty();
    }

    /** Refuses a schema whose upgrades do not lead to its revision. */
    public void requireUpgrades() {
        upgrades.requireTo(definition.revision());
    }

    /** Returns the collection of the documents that are set aside; empty if none are. */
    public Optional<String> setAside() {
        return setAside;
    }

    /** Returns the codec of a field that a filter, an order, a count or a selection names. */
    public FieldCodec codecOf(Field<?, ?> field) {
        if (!isNullable(field.name())) {
            return new FieldCodec(name(), field);
        }
        for (int i = 0; i < fields.size(); i++) {
            if (fieldCodecs[i].isOf(field)) {
                return fieldCodecs[i];
            }
        }
        throw new SchemaException("Schema '" + name() + "' does not declare the field '" + field.name() + "' as a "
                + field.getClass().getSimpleName()
                + (field instanceof WordsField<?> words && words.keepsDiacritics() ? " that keeps diacritics" : "")
                + ". Declare it with .field(...) or .index(...) and raise the"
                + " revision.");
    }

    String body(String id, T value) {
        @Nullable String text;
        try {
            text = codec.encode(value);
        } catch (Exception e) {
            throw new InvalidValueException(
                    "The value of document '" + id + "' in collection '" + name() + "' cannot be encoded by its codec: "
                            + cut(String.valueOf(e)),
                    e);
        }
        if (text == null) {
            throw new InvalidValueException(
                    "The codec of collection '" + name() + "' made null of the value of document '" + id + "'.");
        }
        return text;
    }

    /**
     * Returns what is told of a stored document for which a value cannot be used: the application that writes a value knows it,
     * but what is said of one that was stored goes to operators and logs, and may not quote it.
     */
    static String withoutQuotes(InvalidValueException e) {
        String message = String.valueOf(e.getMessage());
        Throwable cause = e.getCause();
        return cause == null
                ? message
                : message.replace(cut(String.valueOf(cause)), cause.getClass().getSimpleName() + ".");
    }

    /** What a codec or an extractor says may be endless; the cause has all of it. */
    static String cut(String message) {
        return message.length() > LONGEST ? message.substring(0, LONGEST) + "..." : message;
    }

    T value(String id, String body) {
        try {
            T value = codec.decode(body);
            if (value == null) {
                throw new NullPointerException("The codec returned null.");
            }
            return value;
        } catch (Exception | StackOverflowError e) {
            // A text may be nested deeper than a codec's recursion goes.
            throw new UndecodableDocumentException(name(), id, body, e);
        }
    }

    List<@Nullable Object> values(T value) {
        @Nullable Object[] values = new Object[fieldCodecs.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = fieldCodecs[i].encode(extract(fields.get(i), value));
        }
        return Collections.unmodifiableList(Arrays.asList(values));
    }

    private @Nullable Object extract(Field<? super T, ?> field, T value) {
        try {
            return field.extract(value);
        } catch (StoreException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new InvalidValueException(
                    "The extractor of field '" + field.name() + "' of collection '" + name() + "' failed: "
                            + cut(String.valueOf(e)),
                    e);
        }
    }

    private static <T> IndexDefinition definitionOf(Index<T> index) {
        List<Sort> terms = new ArrayList<>();
        for (Index.Term<T> term : index.terms()) {
            terms.add(new Sort(term.field().name(), term.descending()));
        }
        return new IndexDefinition(index.name(), index.unique(), terms);
    }

    /** Only declared fields can be null. */
    public static boolean isNullable(String field) {
        return switch (field) {
            case "id", "version", "created_at" -> false;
            default -> true;
        };
    }
}
