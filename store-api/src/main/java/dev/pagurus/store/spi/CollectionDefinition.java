package dev.pagurus.store.spi;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a collection is made of, as the catalogue holds it.
 *
 * @param name the collection's name, fit to be a table's name when quoted
 * @param revision rises with every change
 * @param fields the fields, in the order in which {@link Content.Body#values()} gives their values
 * @param indexes the indexes, in the order of declaration, which is the order in which violations are looked for
 * @param shape what {@link dev.pagurus.store.Codec#shape()} says of the bodies; null if that is not known
 * @param retention how long changes are kept for {@link StoreEngine#changes}, in whole microseconds; null if they are not
 * @param expiry the {@link FieldKind#INSTANT} field from whose time on a document is not there, see {@link StoreEngine}; an
 *     index begins with it; null if documents stay
 */
public record CollectionDefinition(
        String name,
        int revision,
        List<FieldDefinition> fields,
        List<IndexDefinition> indexes,
        @Nullable String shape,
        @Nullable Duration retention,
        @Nullable String expiry) {

    /** Copies the lists. */
    public CollectionDefinition {
        fields = List.copyOf(fields);
        indexes = List.copyOf(indexes);
    }

    /** Makes one of bodies whose shape is not known, and whose changes are not kept. */
    public CollectionDefinition(
            String name, int revision, List<FieldDefinition> fields, List<IndexDefinition> indexes) {
        this(name, revision, fields, indexes, null, null, null);
    }

    /** Makes one whose changes are not kept. */
    public CollectionDefinition(
            String name,
            int revision,
            List<FieldDefinition> fields,
            List<IndexDefinition> indexes,
            @Nullable String shape) {
        this(name, revision, fields, indexes, shape, null, null);
    }

    /** Makes one whose documents stay. */
    public CollectionDefinition(
            String name,
            int revision,
            List<FieldDefinition> fields,
            List<IndexDefinition> indexes,
            @Nullable String shape,
            @Nullable Duration retention) {
        this(name, revision, fields, indexes, shape, retention, null);
    }

    /** Returns this definition under another name. */
    public CollectionDefinition named(String newName) {
        return new CollectionDefinition(newName, revision, fields, indexes, shape, retention, expiry);
    }

    /**
     * As a record has it. Written out, because every program compares definitions when it starts, and to link what a record
     * brings takes a new JVM 10 ms.
     */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CollectionDefinition that && hasTablesOf(that) && Objects.equals(shape, that.shape);
    }

    @Override
    public int hashCode() {
        int declared = 31 * (31 * (31 * name.hashCode() + revision) + fields.hashCode()) + indexes.hashCode();
        return 31 * declared + Objects.hashCode(shape);
    }

    /**
     * Says whether this is the same as another definition but for the shape: what stands in a statement, and so in whatever
     * an engine makes of a definition and keeps, is the same for both.
     */
    public boolean hasTablesOf(CollectionDefinition other) {
        return name.equals(other.name)
                && revision == other.revision
                && fields.equals(other.fields)
                && indexes.equals(other.indexes)
                && Objects.equals(retention, other.retention)
                && Objects.equals(expiry, other.expiry);
    }

    /**
     * Says whether nothing has to be done for who wants another definition where this one is stored: a shape that is not
     * known is content with any.
     */
    public boolean serves(CollectionDefinition wanted) {
        return hasTablesOf(wanted) && (wanted.shape == null || wanted.shape.equals(shape));
    }

    /**
     * Returns the same with another shape.
     *
     * @param other null if that is not known
     */
    public CollectionDefinition withShape(@Nullable String other) {
        return new CollectionDefinition(name, revision, fields, indexes, other, retention, expiry);
    }

    /** Returns the same where documents stay: asked with it, an engine finds all that are stored, expired or not. */
    public CollectionDefinition withoutExpiry() {
        return expiry == null
                ? this
                : new CollectionDefinition(name, revision, fields, indexes, shape, retention, null);
    }

    /**
     * Returns what documents are like that have not expired, for engines that need not make more of it.
     *
     * @param nowMicros by which time
     */
    public Condition unexpired(long nowMicros) {
        return expiry == null
                ? Condition.EVERYTHING
                : new Condition.Or(List.of(
                        new Condition.IsNull(expiry), new Condition.Compare(expiry, Condition.Operator.GT, nowMicros)));
    }

    /** Returns what documents are like that have expired. */
    public Condition expired(long nowMicros) {
        return expiry == null ? Condition.NOTHING : new Condition.Compare(expiry, Condition.Operator.LTE, nowMicros);
    }

    /**
     * Says whether a document has expired.
     *
     * @param values its fields', in their order
     */
    public boolean isExpired(List<@Nullable Object> values, long nowMicros) {
        for (int i = 0; expiry != null && i < fields.size(); i++) {
            if (fields.get(i).name().equals(expiry)) {
                return values.get(i) instanceof Long at && at <= nowMicros;
            }
        }
        return false;
    }

    /**
     * Returns the kind of a field, or of one of the columns {@code id}, {@code version} and {@code created_at}.
     *
     * @throws IllegalArgumentException if there is no such field
     */
    public FieldKind kind(String field) {
        return switch (field) {
            case "id" -> FieldKind.TEXT;
            case "version", "created_at" -> FieldKind.INSTANT;
            default -> declaredKind(field);
        };
    }

    private FieldKind declaredKind(String field) {
        for (FieldDefinition one : fields) {
            if (one.name().equals(field)) {
                return one.kind();
            }
        }
        throw new IllegalArgumentException("Collection '" + name + "' has no field '" + field + "'.");
    }

    /** Returns the fields that hold one value. */
    public List<FieldDefinition> scalars() {
        return fields(false);
    }

    /** Returns the fields that hold a set of texts. */
    public List<FieldDefinition> manies() {
        return fields(true);
    }

    private List<FieldDefinition> fields(boolean many) {
        List<FieldDefinition> found = new ArrayList<>();
        for (FieldDefinition field : fields) {
            if (field.kind().isMany() == many) {
                found.add(field);
            }
        }
        return Collections.unmodifiableList(found);
    }

    /** Says whether it has a unique index. */
    public boolean hasUnique() {
        for (IndexDefinition index : indexes) {
            if (index.unique()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the value of a field in a body.
     *
     * @param values the body's, in the order of the fields
     */
    public @Nullable Object value(List<@Nullable Object> values, FieldDefinition field) {
        return values.get(fields.indexOf(field));
    }

    /**
     * Returns what another document must be like to collide with one in an index, for engines that look before they write.
     *
     * @param id the one
     * @param values the values of its fields, in their order
     * @return null if nothing can: the index is not unique, or one of the values in it is null
     */
    public @Nullable Condition collision(IndexDefinition index, String id, List<@Nullable Object> values) {
        List<Condition> same = new ArrayList<>();
        same.add(new Condition.Compare("id", Condition.Operator.NE, id));
        for (FieldDefinition field : fields) {
            Object value = value(values, field);
            boolean indexed =
                    index.terms().stream().anyMatch(term -> term.field().equals(field.name()));
            if (indexed && value != null) {
                same.add(new Condition.Compare(field.name(), Condition.Operator.EQ, value));
            }
        }
        return index.unique() && same.size() == index.terms().size() + 1 ? new Condition.And(same) : null;
    }

    /**
     * Returns the definition as a text that people can read and {@link #parse} reads, for engines that keep a catalogue of
     * texts. The form stays: every later release reads it.
     *
     * <pre>
     * notes revision 2
     * field title TEXT 1024
     * field due INSTANT 0
     * field tags MANY 0
     * unique index title: title
     * index title_due: title, due desc
     * changes PT168H
     * expires due
     * shape due instant
     * shape title text
     * </pre>
     */
    public String text() {
        return DefinitionText.write(this);
    }

    /**
     * Returns the definition that {@link #text} wrote.
     *
     * @throws IllegalArgumentException if the text is damaged
     */
    public static CollectionDefinition parse(String text) {
        return DefinitionText.read(text);
    }
}
