package dev.pagurus.store.tck.samples;

import dev.pagurus.store.Document;
import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.Order;
import dev.pagurus.store.WordsField;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A query answered in plain Java, one document at a time: what every store must answer too. It shares no code with what it
 * checks; text, for one, is compared by its code points, whose order is that of the UTF-8 bytes.
 */
public final class Model {

    private Model() {}

    /** Returns the documents that match, in order of their ids if no order is given. */
    public static <S> List<Document<S>> list(
            List<Document<S>> documents, Filter<? super S> filter, List<Order<S>> orders) {
        return documents.stream()
                .filter(document -> matches(filter, document))
                .sorted(comparator(orders))
                .toList();
    }

    /** Says whether a document matches. */
    public static <S> boolean matches(Filter<S> filter, Document<? extends S> document) {
        if (filter instanceof Filter.Not<S> not) {
            return !matches(not.filter(), document);
        }
        if (filter instanceof Filter.AllOf<S> all) {
            return all.filters().stream().allMatch(part -> matches(part, document));
        }
        if (filter instanceof Filter.AnyOf<S> any) {
            return any.filters().stream().anyMatch(part -> matches(part, document));
        }
        if (filter instanceof Filter.Missing<S> missing) {
            return value(missing.field(), document) == null;
        }
        if (filter instanceof Filter.Empty<S> empty) {
            return values(empty.field(), document).isEmpty();
        }
        if (filter instanceof Filter.ContainsAny<S> contains) {
            return contains.values().stream().anyMatch(values(contains.field(), document)::contains);
        }
        if (filter instanceof Filter.HasWords<S> asked) {
            Collection<String> words = words(asked.field(), document);
            String prefix = asked.prefix();
            return words.containsAll(asked.words())
                    && (prefix == null || words.stream().anyMatch(word -> word.startsWith(prefix)));
        }
        if (filter instanceof Filter.StartsWith<S> starts) {
            return value(starts.field(), document) instanceof String text && text.startsWith(starts.prefix());
        }
        if (filter instanceof Filter.In<S> in) {
            Object value = value(in.field(), document);
            return value != null && in.values().stream().anyMatch(one -> compare(value, normal(one)) == 0);
        }
        Filter.Compare<S> compare = (Filter.Compare<S>) filter;
        return matches(compare.comparison(), value(compare.field(), document), normal(compare.value()));
    }

    private static boolean matches(Filter.Comparison comparison, @Nullable Object found, Object wanted) {
        if (found == null) {
            return comparison == Filter.Comparison.NE;
        }
        int order = compare(found, wanted);
        return switch (comparison) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LTE -> order <= 0;
            case GT -> order > 0;
            case GTE -> order >= 0;
        };
    }

    /** Nulls first and low to high, or the other way round; ties by id in the direction of the last order. */
    public static <S> Comparator<Document<S>> comparator(List<Order<S>> orders) {
        boolean lastDescends =
                !orders.isEmpty() && orders.get(orders.size() - 1).descending();
        Comparator<Document<S>> ids = (one, other) -> compare(one.id(), other.id());
        Comparator<Document<S>> comparator = lastDescends ? ids.reversed() : ids;
        for (int i = orders.size() - 1; i >= 0; i--) {
            Order<S> order = orders.get(i);
            Comparator<Document<S>> first = Comparator.comparing(
                    document -> value(order.field(), document), Comparator.nullsFirst(Model::compare));
            comparator = (order.descending() ? first.reversed() : first).thenComparing(comparator);
        }
        return comparator;
    }

    public static int compare(Object one, Object other) {
        if (one instanceof String text) {
            return compareTexts(text, (String) other);
        }
        @SuppressWarnings("unchecked") // values of one field have one type
        Comparable<Object> comparable = (Comparable<Object>) one;
        return comparable.compareTo(other);
    }

    private static int compareTexts(String one, String other) {
        for (int i = 0; i < Math.min(one.length(), other.length()); i++) {
            if (one.charAt(i) != other.charAt(i)) {
                // Of one letter's two halves, the second ones are in the same order.
                return Integer.compare(one.codePointAt(i), other.codePointAt(i));
            }
        }
        return Integer.compare(one.length(), other.length());
    }

    public static <S> @Nullable Object value(Field<S, ?> field, Document<? extends S> document) {
        return switch (field.name()) {
            case "id" -> document.id();
            case "created_at" -> document.createdAt();
            case "version" -> document.updatedAt();
            default -> {
                Object value = field.extract(document.value());
                yield value == null ? null : normal(value);
            }
        };
    }

    /** Returns a value as a store keeps it. */
    private static Object normal(Object value) {
        if (value instanceof Instant instant) {
            return instant.truncatedTo(ChronoUnit.MICROS);
        }
        if (value instanceof Double real && real == 0.0) {
            return 0.0;
        }
        return value instanceof Enum<?> constant ? constant.name() : value;
    }

    /** Returns the words that a document has. */
    public static <S> Collection<String> words(WordsField<S> field, Document<? extends S> document) {
        return field.extract(document.value()) instanceof String text ? new TreeSet<>(field.words(text)) : List.of();
    }

    private static <S> Collection<?> values(Field<S, ?> field, Document<? extends S> document) {
        return field.extract(document.value()) instanceof Collection<?> values ? new TreeSet<>(values) : List.of();
    }
}
