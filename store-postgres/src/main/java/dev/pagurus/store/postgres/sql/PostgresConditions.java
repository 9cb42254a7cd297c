package dev.pagurus.store.postgres.sql;

import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.FieldKind;
import java.util.List;

/** Writes a condition as SQL. Every value is bound; several are one array. */
public final class PostgresConditions {

    private static final int LONG_PREFIX = 3;

    /** Where it read {@code false}, the planner would forget what stands beside it, and a statement its revision. */
    private static final String NEVER = "current_setting('transaction_isolation') = ''";

    private final CollectionDefinition collection;
    private final Sql sql;

    public PostgresConditions(CollectionDefinition collection, Sql sql) {
        this.collection = collection;
        this.sql = sql;
    }

    public void append(Condition condition) {
        if (condition instanceof Condition.Compare compare) {
            sql.append(quoted(compare.field()) + " " + compare.operator().sql() + " ")
                    .bind(compare.value());
        } else if (condition instanceof Condition.In in) {
            sql.append(quoted(in.field()) + " = any(")
                    .bind(array(in.field(), in.values()))
                    .append("::" + PostgresStatements.type(collection.kind(in.field())) + "[])");
        } else if (condition instanceof Condition.NotIn in) {
            sql.append("(" + quoted(in.field()) + " is null or " + quoted(in.field()) + " <> all(")
                    .bind(array(in.field(), in.values()))
                    .append("::" + PostgresStatements.type(collection.kind(in.field())) + "[]))");
        } else if (condition instanceof Condition.IsNull isNull) {
            sql.append(quoted(isNull.field()) + " is null");
        } else if (condition instanceof Condition.IsNotNull isNotNull) {
            sql.append(quoted(isNotNull.field()) + " is not null");
        } else if (condition instanceof Condition.ContainsAny contains) {
            containsAny(contains.field(), contains.values());
        } else if (condition instanceof Condition.ContainsNone contains) {
            sql.append("not ");
            containsAny(contains.field(), contains.values());
        } else if (condition instanceof Condition.ContainsPrefix begun) {
            words(begun.field(), PostgresWords.begun(begun.prefix()));
        } else if (condition instanceof Condition.ContainsNoPrefix begun) {
            sql.append("not ");
            words(begun.field(), PostgresWords.begun(begun.prefix()));
        } else if (condition instanceof Condition.IsEmpty isEmpty) {
            sql.append(quoted(isEmpty.field()) + " = " + empty(isEmpty.field()));
        } else if (condition instanceof Condition.IsNotEmpty isNotEmpty) {
            sql.append(quoted(isNotEmpty.field()) + " <> " + empty(isNotEmpty.field()));
        } else if (condition instanceof Condition.And and) {
            join(and.conditions(), " and ", "true");
        } else if (condition instanceof Condition.Or or) {
            join(or.conditions(), " or ", NEVER);
        }
    }

    private void containsAny(String field, List<String> values) {
        if (collection.kind(field).isWords()) {
            words(field, PostgresWords.any(values));
        } else {
            sql.append(quoted(field) + " && ")
                    .bind(values.toArray(String[]::new))
                    .append("::text[]");
        }
    }

    private void words(String field, String query) {
        sql.append(quoted(field) + " @@ ").bind(query).append("::tsquery");
    }

    private String empty(String field) {
        return collection.kind(field).isWords() ? "''" : "'{}'";
    }

    private Object[] array(String field, List<Object> values) {
        FieldKind kind = collection.kind(field);
        return switch (kind) {
            case TEXT, MANY, WORDS, ACCENTED_WORDS -> values.toArray(String[]::new);
            case LONG, INSTANT -> values.toArray(Long[]::new);
            case DOUBLE -> values.toArray(Double[]::new);
            case BOOLEAN -> values.toArray(Boolean[]::new);
        };
    }

    /**
     * Whether a beginning is so short that its words would take the index long to gather (80 ms for those with an "a", of a
     * million texts), where whole words lead to the documents.
     */
    private static boolean isLeftToOthers(Condition condition, List<Condition> conditions) {
        return condition instanceof Condition.ContainsPrefix begun
                && begun.prefix().codePointCount(0, begun.prefix().length()) < LONG_PREFIX
                && conditions.stream()
                        .anyMatch(other -> other instanceof Condition.ContainsAny contains
                                && contains.field().equals(begun.field()));
    }

    /** Appends one that is looked at in each document, and for which the server uses no index. */
    private void append(Condition condition, boolean isChecked) {
        sql.append(isChecked ? "(" : "");
        append(condition);
        sql.append(isChecked ? ") is true" : "");
    }

    private void join(List<Condition> conditions, String operator, String ifNone) {
        boolean and = operator.equals(" and ");
        if (conditions.isEmpty()) {
            sql.append(ifNone);
            return;
        }
        sql.append("(");
        for (int i = 0; i < conditions.size(); i++) {
            sql.append(i == 0 ? "" : operator);
            append(conditions.get(i), and && isLeftToOthers(conditions.get(i), conditions));
        }
        sql.append(")");
    }
}
