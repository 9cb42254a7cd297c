package dev.pagurus.store.internal.value;

import dev.pagurus.store.Aggregate;
import dev.pagurus.store.Field;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Row;
import dev.pagurus.store.ScalarField;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** A row of values as they crossed the SPI; each is decoded when it is asked for. */
public final class ValueRow implements Row {

    private final List<FieldCodec> columns;
    private final List<@Nullable Object> values;
    private final List<Aggregate<?>> aggregates;
    private final List<@Nullable Object> results;

    /**
     * Makes one of a group.
     *
     * @param columns what the values are, the same list for all rows of an answer
     * @param values what the group has in common, as {@link dev.pagurus.store.spi.FieldKind} says
     * @param aggregates what the results are, the same list for all rows of an answer
     * @param results what was made of the documents, as who asked for it has it
     */
    public ValueRow(
            List<FieldCodec> columns,
            List<@Nullable Object> values,
            List<Aggregate<?>> aggregates,
            List<@Nullable Object> results) {
        this.columns = columns;
        this.aggregates = aggregates;
        this.results = results;
        List<@Nullable Object> own = new ArrayList<>(values.size());
        for (Object value : values) {
            own.add(value instanceof List<?> several ? inOrder(several) : value);
        }
        this.values = own;
    }

    /**
     * Makes one of a document.
     *
     * @param columns what the values are, the same list for all rows of an answer
     * @param values as {@link dev.pagurus.store.spi.FieldKind} says
     */
    public ValueRow(List<FieldCodec> columns, List<@Nullable Object> values) {
        this(columns, values, List.of(), List.of());
    }

    /** A set comes in whatever order an engine has it. */
    private static List<String> inOrder(List<?> several) {
        List<String> texts = new ArrayList<>(several.size());
        several.forEach(one -> texts.add((String) one));
        texts.sort(Texts::compare);
        return List.copyOf(texts);
    }

    @Override
    public <V> @Nullable V get(ScalarField<?, V> field) {
        int column = columnOf(field);
        @SuppressWarnings("unchecked") // the field's own codec made it
        V value = (V) columns.get(column).decode(values.get(column));
        return value;
    }

    @Override
    public List<String> get(ManyField<?> field) {
        @SuppressWarnings("unchecked") // made above
        List<String> several = (List<String>) values.get(columnOf(field));
        return several == null ? List.of() : several;
    }

    @Override
    public <V> @Nullable V get(Aggregate<V> aggregate) {
        int result = aggregates.indexOf(Objects.requireNonNull(aggregate, "aggregate"));
        if (result < 0) {
            throw new InvalidValueException("The row does not have " + aggregate + ", but: " + aggregates
                    + ". Ask for it where the row is asked for.");
        }
        @SuppressWarnings("unchecked") // an equal one has values of the same type
        V value = (V) results.get(result);
        return value;
    }

    private int columnOf(Field<?, ?> field) {
        Objects.requireNonNull(field, "field");
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).isOf(field)) {
                return i;
            }
        }
        StringJoiner names = new StringJoiner(", ").setEmptyValue("none");
        columns.forEach(column -> names.add(column.name()));
        throw new InvalidValueException("The row has no value of the field '" + field.name() + "' as a "
                + field.getClass().getSimpleName() + ", but of: " + names + ". Ask for it where the row is asked for.");
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof ValueRow that) || columns.size() != that.columns.size()) {
            return false;
        }
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).isAs(that.columns.get(i))) {
                return false;
            }
        }
        return values.equals(that.values) && aggregates.equals(that.aggregates) && results.equals(that.results);
    }

    @Override
    public int hashCode() {
        return 31 * values.hashCode() + results.hashCode();
    }

    /** Returns the names and values. */
    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "Row[", "]");
        for (int i = 0; i < columns.size(); i++) {
            FieldCodec column = columns.get(i);
            Object value = values.get(i);
            // A constant may be gone, which is no reason not to show its name.
            text.add(column.name() + "=" + (value instanceof String ? value : column.decode(value)));
        }
        for (int i = 0; i < aggregates.size(); i++) {
            text.add(aggregates.get(i) + "=" + results.get(i));
        }
        return text.toString();
    }
}
