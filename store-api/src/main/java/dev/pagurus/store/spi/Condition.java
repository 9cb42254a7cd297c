package dev.pagurus.store.spi;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What documents must be like, without negation. A field is a declared one, or {@code id}, {@code version},
 * {@code created_at}; values are as {@link FieldKind} says and never null. A comparison with a null field is false.
 */
public sealed interface Condition {

    /** Every document. */
    Condition EVERYTHING = new And(List.of());

    /** No document. */
    Condition NOTHING = new Or(List.of());

    /**
     * A field compared with a value.
     *
     * @param field a scalar field
     * @param operator how
     * @param value with what
     */
    record Compare(String field, Operator operator, Object value) implements Condition {}

    /**
     * A field that is one of some values.
     *
     * @param field a scalar field
     * @param values at least one
     */
    record In(String field, List<Object> values) implements Condition {}

    /**
     * A field that is none of some values, or null.
     *
     * @param field a scalar field
     * @param values at least one
     */
    record NotIn(String field, List<Object> values) implements Condition {}

    /**
     * A field that is null.
     *
     * @param field a scalar field
     */
    record IsNull(String field) implements Condition {}

    /**
     * A field that is not null.
     *
     * @param field a scalar field
     */
    record IsNotNull(String field) implements Condition {}

    /**
     * A many-field that has at least one of some values.
     *
     * @param field a many-field, or one of words
     * @param values at least one
     */
    record ContainsAny(String field, List<String> values) implements Condition {}

    /**
     * A many-field that has none of some values.
     *
     * @param field a many-field, or one of words
     * @param values at least one
     */
    record ContainsNone(String field, List<String> values) implements Condition {}

    /**
     * A field of words that has one with some beginning.
     *
     * @param field a field of words
     * @param prefix the beginning, not empty
     * @param end the least text that is greater, by code point, than every text with this beginning
     */
    record ContainsPrefix(String field, String prefix, String end) implements Condition {}

    /**
     * A field of words that has none with some beginning.
     *
     * @param field a field of words
     * @param prefix the beginning, not empty
     * @param end the least text that is greater, by code point, than every text with this beginning
     */
    record ContainsNoPrefix(String field, String prefix, String end) implements Condition {}

    /**
     * A many-field that has no value.
     *
     * @param field a many-field
     */
    record IsEmpty(String field) implements Condition {}

    /**
     * A many-field that has some value.
     *
     * @param field a many-field
     */
    record IsNotEmpty(String field) implements Condition {}

    /**
     * All of some conditions.
     *
     * @param conditions none means every document
     */
    record And(List<Condition> conditions) implements Condition {}

    /**
     * At least one of some conditions.
     *
     * @param conditions none means no document
     */
    record Or(List<Condition> conditions) implements Condition {}

    /** Returns the fields that some conditions name, in the order of their first mention; to be changed at will. */
    static Set<String> fieldsOf(List<Condition> conditions) {
        Set<String> fields = new LinkedHashSet<>();
        for (Condition condition : conditions) {
            if (condition instanceof And and) {
                fields.addAll(fieldsOf(and.conditions()));
            } else if (condition instanceof Or or) {
                fields.addAll(fieldsOf(or.conditions()));
            } else if (condition instanceof Compare compare) {
                fields.add(compare.field());
            } else if (condition instanceof In in) {
                fields.add(in.field());
            } else if (condition instanceof NotIn in) {
                fields.add(in.field());
            } else if (condition instanceof IsNull isNull) {
                fields.add(isNull.field());
            } else if (condition instanceof IsNotNull isNotNull) {
                fields.add(isNotNull.field());
            } else if (condition instanceof ContainsAny contains) {
                fields.add(contains.field());
            } else if (condition instanceof ContainsNone contains) {
                fields.add(contains.field());
            } else if (condition instanceof ContainsPrefix begun) {
                fields.add(begun.field());
            } else if (condition instanceof ContainsNoPrefix begun) {
                fields.add(begun.field());
            } else if (condition instanceof IsEmpty isEmpty) {
                fields.add(isEmpty.field());
            } else if (condition instanceof IsNotEmpty isNotEmpty) {
                fields.add(isNotEmpty.field());
            } else {
                throw new IllegalArgumentException("unknown condition: " + condition);
            }
        }
        return fields;
    }

    /** How a field is compared with a value. */
    enum Operator {
        /** Equal. */
        EQ("="),
        /** Not equal and not null. */
        NE("<>"),
        /** Less. */
        LT("<"),
        /** Less or equal. */
        LTE("<="),
        /** Greater. */
        GT(">"),
        /** Greater or equal. */
        GTE(">=");

        private final String sql;

        Operator(String sql) {
            this.sql = sql;
        }

        /** Returns the operator as every SQL dialect writes it. */
        public String sql() {
            return sql;
        }
    }
}
