package dev.pagurus.store.internal.query;

import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.internal.value.FieldCodec;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.internal.value.Texts;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Condition.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns a filter into a condition without negation, so that no engine has to know three-valued logic: a "not" is pushed
 * down to the comparisons, where {@code not(a < 5)} becomes {@code a >= 5 or a is null}.
 */
final class FilterCompiler<T> {

    private static final int MAX_NODES = 500;
    private static final int MAX_VALUES = 1000;

    private static final Map<Operator, Operator> OPPOSITES = Map.of(
            Operator.EQ, Operator.NE,
            Operator.NE, Operator.EQ,
            Operator.LT, Operator.GTE,
            Operator.GTE, Operator.LT,
            Operator.GT, Operator.LTE,
            Operator.LTE, Operator.GT);

    private final Mapping<T> mapping;
    private int nodes;
    private int values;

    private FilterCompiler(Mapping<T> mapping) {
        this.mapping = mapping;
    }

    /** Compiles filters that must all match. */
    static <T> Condition compile(Mapping<T> mapping, List<Filter<? super T>> filters) {
        FilterCompiler<T> compiler = new FilterCompiler<>(mapping);
        return compiler.join(filters, false, true);
    }

    private Condition compile(Filter<? super T> filter, boolean negated) {
        countNodes(1);
        if (filter instanceof Filter.Not<? super T> not) {
            return compile(not.filter(), !negated);
        }
        if (filter instanceof Filter.AllOf<? super T> all) {
            return join(all.filters(), negated, !negated);
        }
        if (filter instanceof Filter.AnyOf<? super T> any) {
            return join(any.filters(), negated, negated);
        }
        return leaf(filter, negated);
    }

    private Condition leaf(Filter<? super T> filter, boolean negated) {
        if (filter instanceof Filter.Compare<? super T> compare) {
            FieldCodec codec = mapping.codecOf(compare.field());
            return comparison(compare.field(), compare.comparison(), codec.encodeForFilter(compare.value()), negated);
        }
        if (filter instanceof Filter.In<? super T> in) {
            return in(in, negated);
        }
        if (filter instanceof Filter.StartsWith<? super T> starts) {
            return startsWith(starts, negated);
        }
        if (filter instanceof Filter.Missing<? super T> missing) {
            mapping.codecOf(missing.field());
            String field = missing.field().name();
            return negated ? new Condition.IsNotNull(field) : new Condition.IsNull(field);
        }
        if (filter instanceof Filter.Empty<? super T> empty) {
            mapping.codecOf(empty.field());
            String field = empty.field().name();
            return negated ? new Condition.IsNotEmpty(field) : new Condition.IsEmpty(field);
        }
        if (filter instanceof Filter.HasWords<? super T> words) {
            return hasWords(words, negated);
        }
        return containsAny((Filter.ContainsAny<? super T>) filter, negated);
    }

    private static Condition comparison(
            Field<?, ?> field, Filter.Comparison comparison, Object value, boolean negated) {
        Operator operator = operator(comparison);
        boolean matchesNull = negated != (comparison == Filter.Comparison.NE);
        return orNull(
                field,
                new Condition.Compare(field.name(), negated ? opposite(operator) : operator, value),
                matchesNull);
    }

    private Condition in(Filter.In<? super T> in, boolean negated) {
        FieldCodec codec = mapping.codecOf(in.field());
        countValues(in.values().size());
        if (in.values().isEmpty()) {
            return negated ? Condition.EVERYTHING : Condition.NOTHING;
        }
        List<Object> encoded = new ArrayList<>(in.values().size());
        for (Object value : in.values()) {
            encoded.add(codec.encodeForFilter(value));
        }
        String field = in.field().name();
        return negated ? new Condition.NotIn(field, encoded) : new Condition.In(field, encoded);
    }

    private Condition containsAny(Filter.ContainsAny<? super T> contains, boolean negated) {
        FieldCodec codec = mapping.codecOf(contains.field());
        countValues(contains.values().size());
        if (contains.values().isEmpty()) {
            return negated ? Condition.EVERYTHING : Condition.NOTHING;
        }
        contains.values().forEach(codec::encodeForFilter);
        String field = contains.field().name();
        return negated
                ? new Condition.ContainsNone(field, contains.values())
                : new Condition.ContainsAny(field, contains.values());
    }

    /** Each word is a value that the field has. */
    private Condition hasWords(Filter.HasWords<? super T> asked, boolean negated) {
        mapping.codecOf(asked.field());
        String field = asked.field().name();
        List<Condition> parts = new ArrayList<>();
        for (String word : asked.words()) {
            List<String> one = List.of(word);
            parts.add(negated ? new Condition.ContainsNone(field, one) : new Condition.ContainsAny(field, one));
        }
        String prefix = asked.prefix();
        if (prefix != null) {
            String end = Objects.requireNonNull(Texts.afterPrefix(prefix));
            parts.add(
                    negated
                            ? new Condition.ContainsNoPrefix(field, prefix, end)
                            : new Condition.ContainsPrefix(field, prefix, end));
        }
        countNodes(parts.size());
        countValues(parts.size());
        return flat(parts, !negated);
    }

    /** A prefix is a range of code points: no wildcards, and an index serves it. */
    private Condition startsWith(Filter.StartsWith<? super T> starts, boolean negated) {
        String field = starts.field().name();
        Object from = mapping.codecOf(starts.field()).encodeForFilter(starts.prefix());
        @Nullable String before = Texts.afterPrefix(starts.prefix());
        List<Condition> parts = new ArrayList<>();
        parts.add(new Condition.Compare(field, negated ? Operator.LT : Operator.GTE, from));
        if (before != null) {
            parts.add(new Condition.Compare(field, negated ? Operator.GTE : Operator.LT, before));
        }
        return negated ? orNull(starts.field(), flat(parts, false), true) : flat(parts, true);
    }

    private Condition join(List<? extends Filter<? super T>> filters, boolean negated, boolean and) {
        List<Condition> parts = new ArrayList<>(filters.size());
        for (Filter<? super T> filter : filters) {
            parts.add(compile(filter, negated));
        }
        return flat(parts, and);
    }

    /** Joins conditions and dissolves joins of the same kind, so that a long chain of "and" is one list. */
    private static Condition flat(List<Condition> parts, boolean and) {
        List<Condition> flat = new ArrayList<>();
        for (Condition part : parts) {
            if (and && part instanceof Condition.And inner) {
                flat.addAll(inner.conditions());
            } else if (!and && part instanceof Condition.Or inner) {
                flat.addAll(inner.conditions());
            } else {
                flat.add(part);
            }
        }
        if (flat.size() == 1) {
            return flat.get(0);
        }
        return and ? new Condition.And(List.copyOf(flat)) : new Condition.Or(List.copyOf(flat));
    }

    private static Condition orNull(Field<?, ?> field, Condition condition, boolean matchesNull) {
        if (!matchesNull || !Mapping.isNullable(field.name())) {
            return condition;
        }
        return flat(List.of(condition, new Condition.IsNull(field.name())), false);
    }

    private void countNodes(int more) {
        nodes += more;
        if (nodes > MAX_NODES) {
            throw new InvalidValueException("The filter has more than " + MAX_NODES
                    + " nodes, of which each word of a search is one; use in(...) for many values of a field, or ask in"
                    + " several queries.");
        }
    }

    private void countValues(int more) {
        values += more;
        if (values > MAX_VALUES) {
            throw new InvalidValueException("The filter has more than " + MAX_VALUES
                    + " values in its in(...) and containsAny(...); ask in several queries.");
        }
    }

    private static Operator operator(Filter.Comparison comparison) {
        return Operator.valueOf(comparison.name());
    }

    private static Operator opposite(Operator operator) {
        return Objects.requireNonNull(OPPOSITES.get(operator));
    }
}
