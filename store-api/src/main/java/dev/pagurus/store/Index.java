package dev.pagurus.store;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * An index of a schema, declared by {@link Schema#index} or {@link Schema#uniqueIndex}.
 *
 * @param name made of its terms, such as {@code status_due} or {@code status_desc_due}
 * @param unique whether no two documents may share its values
 * @param terms what it is over, without the id that ends it
 * @param <T> the type of the documents' values
 */
public record Index<T>(String name, boolean unique, List<Term<T>> terms) {

    /** Copies the list. */
    public Index {
        terms = List.copyOf(terms);
    }

    /**
     * A field of an index and its direction.
     *
     * @param field the field
     * @param descending whether from high to low
     * @param <T> the type of the documents' values
     */
    public record Term<T>(Field<? super T, ?> field, boolean descending) {}

    static <T> Index<T> of(String schema, boolean unique, List<IndexTerm<? super T>> given) {
        if (given.isEmpty()) {
            throw new SchemaException("An index of schema '" + schema + "' has no fields.");
        }
        List<Term<T>> terms = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (IndexTerm<? super T> one : given) {
            Term<T> term = term(one);
            if (!names.add(term.field().name())) {
                throw new SchemaException("An index of schema '" + schema + "' has the field '"
                        + term.field().name() + "' twice.");
            }
            boolean words = term.field() instanceof WordsField;
            if ((words || term.field() instanceof ManyField) && (given.size() > 1 || unique)) {
                throw new SchemaException("The " + (words ? "field of words" : "many-field") + " '"
                        + term.field().name() + "' of schema '" + schema
                        + "' can only be indexed alone and not uniquely.");
            }
            terms.add(term);
        }
        return new Index<>(String.join("_", columns(terms, "_desc")), unique, terms);
    }

    boolean isOverTheSameAs(Index<T> other) {
        return columns(terms, " desc").equals(columns(other.terms, " desc"));
    }

    private static <T> List<String> columns(List<Term<T>> terms, String descending) {
        List<String> columns = new ArrayList<>();
        for (Term<T> term : terms) {
            columns.add(term.field().name() + (term.descending() ? descending : ""));
        }
        return columns;
    }

    Index<T> renamed(String other) {
        return new Index<>(other, unique, terms);
    }

    private static <T> Term<T> term(IndexTerm<? super T> given) {
        if (given instanceof Order<? super T> order) {
            return new Term<>(order.field(), order.descending());
        }
        return new Term<>((Field<? super T, ?>) given, false);
    }

    @Override
    public String toString() {
        return (unique ? "unique " : "") + name;
    }
}
