package dev.pagurus.examples.cli;

import dev.pagurus.store.BooleanField;
import dev.pagurus.store.DoubleField;
import dev.pagurus.store.Field;
import dev.pagurus.store.Filter;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Order;
import dev.pagurus.store.OrderedField;
import dev.pagurus.store.ScalarField;
import dev.pagurus.store.TextField;
import dev.pagurus.store.WordsField;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a filter and an order as the slow calls of the log show them, with values: {@code owner = 'x' and due <
 * '2026-01-01'}. What was typed may be secret, so complaints say where, and not what.
 */
final class FilterText {

    /** What is between quotes is taken possessively, for an alternation that may go back needs a stack as deep as it is long. */
    private static final Pattern TOKEN =
            Pattern.compile("\\s*('(?:[^']++|'')*+'|[A-Za-z_][A-Za-z0-9_]*|-?[0-9][0-9.eE+-]*|<>|!=|<=|>=|[=<>(),])");

    private static final int DEEPEST = 100;

    private final String what;
    private final Map<String, Field<String, ?>> fields;
    private final List<String> tokens = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private int next;
    private int depth;

    private FilterText(String what, String text, Map<String, Field<String, ?>> fields) {
        this.what = what;
        this.fields = fields;
        Matcher token = TOKEN.matcher(text);
        int end = 0;
        while (token.region(end, text.length()).lookingAt()) {
            tokens.add(token.group(1));
            places.add(token.start(1));
            end = token.end();
        }
        places.add(end);
        if (!text.substring(end).isBlank()) {
            next = tokens.size();
            throw wrong("nothing of a " + what + " begins like this; texts and times stand in single quotes");
        }
    }

    static Filter<String> filter(String text, Map<String, Field<String, ?>> fields) {
        FilterText reader = new FilterText("filter", text, fields);
        Filter<String> filter = reader.anyOf();
        reader.requireEnd();
        return filter;
    }

    static List<Order<String>> orders(String text, Map<String, Field<String, ?>> fields) {
        FilterText reader = new FilterText("order", text, fields);
        List<Order<String>> orders = new ArrayList<>();
        do {
            if (!(reader.field() instanceof ScalarField<String, ?> field)) {
                throw reader.wrong("a field of several values has no order");
            }
            boolean descending = reader.takes("desc");
            orders.add(descending ? field.desc() : field.asc());
            if (!descending) {
                reader.takes("asc");
            }
        } while (reader.takes(","));
        reader.requireEnd();
        return orders;
    }

    private Filter<String> anyOf() {
        List<Filter<String>> parts = new ArrayList<>();
        do {
            parts.add(allOf());
        } while (takes("or"));
        return parts.size() == 1 ? parts.get(0) : Filter.anyOf(parts);
    }

    private Filter<String> allOf() {
        List<Filter<String>> parts = new ArrayList<>();
        do {
            parts.add(part());
        } while (takes("and"));
        return parts.size() == 1 ? parts.get(0) : Filter.allOf(parts);
    }

    private Filter<String> part() {
        if (++depth > DEEPEST) {
            throw wrong("it is nested more than " + DEEPEST + " deep");
        }
        Filter<String> part;
        if (takes("not")) {
            part = part().not();
        } else if (takes("(")) {
            part = anyOf();
            require(")");
        } else {
            Field<String, ?> field = field();
            part = field instanceof ScalarField<String, ?> scalar ? ofScalar(scalar) : ofSeveral(field);
        }
        depth--;
        return part;
    }

    @SuppressWarnings("unchecked") // the fields are those of one schema
    private Filter<String> ofSeveral(Field<?, ?> field) {
        if (!(field instanceof WordsField<?>)) {
            return ofMany((ManyField<String>) field);
        }
        WordsField<String> words = (WordsField<String>) field;
        require("has");
        if (takes("prefix")) {
            return words.hasPrefix(text());
        }
        require("all");
        require("of");
        return words.hasAll(text());
    }

    private Filter<String> ofMany(ManyField<String> field) {
        if (takes("is")) {
            boolean not = takes("not");
            require("empty");
            return not ? field.isEmpty().not() : field.isEmpty();
        }
        require("contains");
        if (takes("any")) {
            require("of");
            return field.containsAny(list(this::text));
        }
        return field.contains(text());
    }

    private Filter<String> ofScalar(ScalarField<String, ?> field) {
        if (takes("is")) {
            boolean not = takes("not");
            require("null");
            return not ? field.isNotNull() : field.isNull();
        }
        return compared(field);
    }

    @SuppressWarnings("unchecked") // a field says its kind, and so that of its values
    private Filter<String> compared(Field<?, ?> field) {
        if (field instanceof TextField<?>) {
            TextField<String> text = (TextField<String>) field;
            if (takes("starts")) {
                require("with");
                return text.startsWith(text());
            }
            return compared(text, this::text);
        }
        if (field instanceof LongField<?>) {
            return compared((LongField<String>) field, () -> number(Long::valueOf));
        }
        if (field instanceof DoubleField<?>) {
            return compared((DoubleField<String>) field, () -> number(Double::valueOf));
        }
        return field instanceof InstantField<?>
                ? compared((InstantField<String>) field, this::time)
                : compared((BooleanField<String>) field, this::flag);
    }

    private <V> Filter<String> compared(ScalarField<String, V> field, Supplier<V> value) {
        if (takes("in")) {
            return field.in(list(value));
        }
        if (takes("=")) {
            return field.eq(value.get());
        }
        if (takes("<>") || takes("!=")) {
            return field.ne(value.get());
        }
        if (field instanceof OrderedField<String, V> ordered) {
            if (takes("<")) {
                return ordered.lt(value.get());
            }
            if (takes("<=")) {
                return ordered.lte(value.get());
            }
            if (takes(">")) {
                return ordered.gt(value.get());
            }
            if (takes(">=")) {
                return ordered.gte(value.get());
            }
        }
        throw wrong("what the field is compared by is missing, or not possible for its kind");
    }

    private <V> List<V> list(Supplier<V> value) {
        List<V> values = new ArrayList<>();
        require("(");
        do {
            values.add(value.get());
        } while (takes(","));
        require(")");
        return values;
    }

    private String text() {
        @Nullable String token = peek();
        if (token == null || !token.startsWith("'")) {
            throw wrong("a value in single quotes is missing");
        }
        next++;
        return token.substring(1, token.length() - 1).replace("''", "'");
    }

    private <N> N number(Function<String, N> kind) {
        @Nullable String token = peek();
        try {
            N number = kind.apply(token == null || token.startsWith("'") ? "" : token);
            next++;
            return number;
        } catch (NumberFormatException e) {
            throw wrong("a number is missing");
        }
    }

    private Instant time() {
        String text = text();
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            next--;
            throw wrong("a time is missing, such as '2026-01-31' or '2026-01-31T08:30:00Z'");
        }
    }

    private boolean flag() {
        boolean flag = takes("true");
        if (!flag && !takes("false")) {
            throw wrong("true or false is missing");
        }
        return flag;
    }

    private Field<String, ?> field() {
        @Nullable String token = peek();
        @Nullable Field<String, ?> field = token == null ? null : fields.get(token);
        if (field == null) {
            throw wrong("the name of a field is missing; there are " + String.join(", ", fields.keySet()));
        }
        next++;
        return field;
    }

    private @Nullable String peek() {
        return next < tokens.size() ? tokens.get(next) : null;
    }

    private boolean takes(String word) {
        @Nullable String token = peek();
        boolean is = token != null && token.toLowerCase(Locale.ROOT).equals(word);
        next += is ? 1 : 0;
        return is;
    }

    private void require(String word) {
        if (!takes(word)) {
            throw wrong("'" + word + "' is missing");
        }
    }

    private void requireEnd() {
        if (next < tokens.size()) {
            throw wrong(what.equals("filter") ? "'and' or 'or' is missing" : "a comma is missing");
        }
    }

    private Refused wrong(String how) {
        return new Refused(
                Main.WRONG,
                "The " + what + " cannot be read at its character " + (places.get(next) + 1) + ": " + how
                        + ". Nothing was changed.",
                "Write it like: owner = 'x' and (due < '2026-01-31' or tags contains 'work'); and an order like: due desc,"
                        + " title.");
    }
}
