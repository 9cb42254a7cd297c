package dev.pagurus.store.tck.paths;

import dev.pagurus.store.Document;
import dev.pagurus.store.Filter;
import dev.pagurus.store.tck.samples.SeenText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values as a failure shows them: a long text by its length and its ends, and beside another one by where they differ. */
final class Shown {

    private static final int MOST = 4;

    private Shown() {}

    /** Shows a value. */
    static String of(@Nullable Object value) {
        if (value instanceof String text) {
            return SeenText.of(text);
        }
        if (value instanceof Document<?> document) {
            return "document " + SeenText.of(document.id()) + ", version " + document.version() + ", created "
                    + document.createdAt() + ", " + of(document.value());
        }
        if (value instanceof Collection<?> values) {
            String some = values.stream().limit(MOST).map(Shown::of).collect(Collectors.joining(", "));
            return values.size() + " [" + some + (values.size() > MOST ? ", ..." : "") + "]";
        }
        return String.valueOf(value);
    }

    /** Shows a filter, its texts as above. */
    static String filter(Filter<?> filter) {
        if (filter instanceof Filter.Compare<?> compare) {
            return compare.field() + " " + compare.comparison() + " " + of(compare.value());
        }
        if (filter instanceof Filter.In<?> in) {
            return in.field() + " in " + of(in.values());
        }
        if (filter instanceof Filter.StartsWith<?> starts) {
            return starts.field() + " startsWith " + SeenText.of(starts.prefix());
        }
        if (filter instanceof Filter.Missing<?> missing) {
            return missing.field() + " isNull";
        }
        if (filter instanceof Filter.ContainsAny<?> contains) {
            return contains.field() + " containsAny " + of(contains.values());
        }
        if (filter instanceof Filter.HasWords<?> asked) {
            return asked.field() + " has " + of(asked.words())
                    + (asked.prefix() == null ? "" : " and begins " + SeenText.of(asked.prefix()));
        }
        if (filter instanceof Filter.Empty<?> empty) {
            return empty.field() + " isEmpty";
        }
        if (filter instanceof Filter.Not<?> not) {
            return "not (" + filter(not.filter()) + ")";
        }
        return filter instanceof Filter.AllOf<?> all
                ? joined(" and ", all.filters())
                : joined(" or ", ((Filter.AnyOf<?>) filter).filters());
    }

    private static String joined(String by, List<? extends Filter<?>> filters) {
        return filters.stream().map(Shown::filter).collect(Collectors.joining(by, "(", ")"));
    }

    /** Says how what came differs from what was right. */
    static String difference(@Nullable Object right, @Nullable Object came) {
        if (right instanceof String one && came instanceof String other) {
            return difference(one, other);
        }
        if (right instanceof Document<?> one && came instanceof Document<?> other) {
            return difference(one, other);
        }
        if (right instanceof List<?> one && came instanceof List<?> other) {
            return difference(one, other);
        }
        if (right instanceof Map<?, ?> one && came instanceof Map<?, ?> other) {
            return difference(one, other);
        }
        if (right instanceof Parcel one && came instanceof Parcel other) {
            return difference(one.parts(), other.parts());
        }
        return "right is " + of(right) + ", what came is " + of(came);
    }

    private static String difference(String right, String came) {
        int at = 0;
        while (at < Math.min(right.length(), came.length()) && right.charAt(at) == came.charAt(at)) {
            at++;
        }
        return "right is " + SeenText.of(right) + ", what came is " + SeenText.of(came)
                + "; they differ from character " + at + " on: " + SeenText.of(right.substring(at)) + ", "
                + SeenText.of(came.substring(at));
    }

    private static String difference(Document<?> right, Document<?> came) {
        if (!right.id().equals(came.id())) {
            return "right is the id " + SeenText.of(right.id()) + ", what came is " + SeenText.of(came.id());
        }
        String which = "of the document " + SeenText.of(right.id()) + " ";
        if (right.version() != came.version()) {
            return which + "the version is " + right.version() + ", what came is " + came.version();
        }
        return right.createdAt().equals(came.createdAt())
                ? which + difference(right.value(), came.value())
                : which + "the creation time is " + right.createdAt() + ", what came is " + came.createdAt();
    }

    private static String difference(List<?> right, List<?> came) {
        String sizes = "right are " + right.size() + ", " + came.size() + " came; ";
        for (int i = 0; i < Math.max(right.size(), came.size()); i++) {
            if (i >= came.size() || i >= right.size()) {
                return i < right.size()
                        ? sizes + "missing at the end is " + of(right.get(i))
                        : sizes + "too many at the end is " + of(came.get(i));
            }
            if (!Objects.equals(right.get(i), came.get(i))) {
                return sizes + "number " + i + ": " + difference(right.get(i), came.get(i));
            }
        }
        return sizes + "they are the same";
    }

    private static String difference(Map<?, ?> right, Map<?, ?> came) {
        List<String> told = new ArrayList<>();
        right.forEach((key, value) -> {
            if (!came.containsKey(key)) {
                told.add(of(key) + " is missing, with " + of(value));
            } else if (!Objects.equals(value, came.get(key))) {
                told.add("at " + of(key) + " " + difference(value, came.get(key)));
            }
        });
        came.forEach((key, value) -> {
            if (!right.containsKey(key)) {
                told.add(of(key) + " is too many, with " + of(value));
            }
        });
        String some = told.stream().limit(MOST).collect(Collectors.joining("; "));
        return told.isEmpty() ? "their order differs" : told.size() + " differ: " + some;
    }
}
