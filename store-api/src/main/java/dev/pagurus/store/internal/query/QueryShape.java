package dev.pagurus.store.internal.query;

import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.spi.Sort;
import java.util.List;

/** Says what a query asks, as its author wrote it, with {@code ?} in place of each value. */
public final class QueryShape {

    private final StringBuilder words = new StringBuilder();

    private QueryShape() {}

    /** Returns the words for a filter and order; empty for everything in order of id. */
    public static String of(QueryPlan<?> plan) {
        QueryShape shape = new QueryShape();
        if (!plan.filters().isEmpty()) {
            shape.join(plan.filters(), " and ", "everything");
        }
        String before = plan.filters().isEmpty() ? "order by " : " order by ";
        for (Sort sort : plan.orders()) {
            shape.words.append(before).append(sort.field()).append(sort.descending() ? " desc" : "");
            before = ", ";
        }
        return shape.words.toString();
    }

    /** Returns the words for groups by fields, of a filter or of everything. */
    public static String of(QueryPlan<?> plan, List<? extends Field<?, ?>> by) {
        QueryShape shape = new QueryShape();
        if (!plan.filters().isEmpty()) {
            shape.join(plan.filters(), " and ", "everything");
            shape.words.append(' ');
        }
        shape.words.append("group by ");
        for (int i = 0; i < by.size(); i++) {
            shape.words.append(i == 0 ? "" : ", ").append(by.get(i).name());
        }
        return shape.words.toString();
    }

    private void add(Filter<?> filter) {
        if (filter instanceof Filter.Compare<?> compare) {
            words.append(compare.field().name()).append(operator(compare.comparison()));
        } else if (filter instanceof Filter.In<?> in) {
            words.append(in.field().name()).append(" in ?");
        } else if (filter instanceof Filter.StartsWith<?> starts) {
            words.append(starts.field().name()).append(" starts with ?");
        } else if (filter instanceof Filter.Missing<?> missing) {
            words.append(missing.field().name()).append(" is null");
        } else if (filter instanceof Filter.ContainsAny<?> contains) {
            words.append(contains.field().name()).append(" contains any of ?");
        } else if (filter instanceof Filter.HasWords<?> words) {
            words(words);
        } else if (filter instanceof Filter.Empty<?> empty) {
            words.append(empty.field().name()).append(" is empty");
        } else if (filter instanceof Filter.Not<?> not) {
            words.append("not (");
            add(not.filter());
            words.append(')');
        } else if (filter instanceof Filter.AllOf<?> all) {
            join(all.filters(), " and ", "everything");
        } else if (filter instanceof Filter.AnyOf<?> any) {
            join(any.filters(), " or ", "nothing");
        }
    }

    private void words(Filter.HasWords<?> asked) {
        words.append(asked.field().name()).append(asked.prefix() == null ? " has all of ?" : " has prefix ?");
    }

    private void join(List<? extends Filter<?>> filters, String by, String ifNone) {
        if (filters.isEmpty()) {
            words.append(ifNone);
        }
        for (int i = 0; i < filters.size(); i++) {
            words.append(i == 0 ? "" : by);
            Filter<?> part = filters.get(i);
            boolean other = filters.size() > 1 && (by.equals(" and ") ? isAny(part) : isAll(part));
            words.append(other ? "(" : "");
            add(part);
            words.append(other ? ")" : "");
        }
    }

    private static boolean isAny(Filter<?> filter) {
        return filter instanceof Filter.AnyOf<?> any && any.filters().size() > 1;
    }

    private static boolean isAll(Filter<?> filter) {
        return filter instanceof Filter.AllOf<?> all && all.filters().size() > 1;
    }

    private static String operator(Filter.Comparison comparison) {
        return switch (comparison) {
            case EQ -> " = ?";
            case NE -> " <> ?";
            case LT -> " < ?";
            case LTE -> " <= ?";
            case GT -> " > ?";
            case GTE -> " >= ?";
        };
    }
}
