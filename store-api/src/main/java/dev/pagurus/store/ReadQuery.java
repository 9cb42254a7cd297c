package dev.pagurus.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query over one collection: what to find, in which order, how much of it. Immutable; every refining method returns a
 * new query, every other one runs it.
 *
 * <pre>{@code
 * Page<Note> page = notes.where(STATUS.eq(Status.OPEN).and(TAGS.contains("work")))
 *         .orderBy(DUE.asc())
 *         .limit(20)
 *         .startAfter(cursor) // null at first, then nextCursor() of the page before
 *         .page();
 * }</pre>
 *
 * <p>The order is total on every store: text by code point, nulls first ascending and last descending, ties by id in the
 * direction of the last order.
 *
 * @param <T> the type of the documents' values
 */
public interface ReadQuery<T> {

    /** How many documents {@link #page()} holds when no limit is set. */
    int DEFAULT_PAGE = 100;

    /** Narrows the query: documents must match this filter too. */
    ReadQuery<T> where(Filter<? super T> filter);

    /**
     * Sets the first order, in place of any set before.
     *
     * @throws SchemaException if the schema does not declare the field
     */
    ReadQuery<T> orderBy(Order<? super T> order);

    /**
     * Adds an order among the documents that the orders before leave equal.
     *
     * @throws IllegalStateException without an {@link #orderBy} before it
     * @throws InvalidValueException if the query is ordered by this field already
     * @throws SchemaException if the schema does not declare the field
     */
    ReadQuery<T> thenBy(Order<? super T> order);

    /**
     * Sets how many documents to return at most.
     *
     * @throws InvalidValueException if less than 1
     */
    ReadQuery<T> limit(int documents);

    /**
     * Continues after a page of a query of the same collection and order (the filter may be another one). When the query
     * runs, {@link InvalidCursorException} is thrown if the cursor is damaged, or belongs to another collection or order.
     *
     * @param cursor from {@link Page#nextCursor()}; null starts at the beginning
     */
    ReadQuery<T> startAfter(@Nullable String cursor);

    /**
     * Goes around documents that cannot be decoded, which otherwise end the query with their {@link
     * UndecodableDocumentException}: each is handed to this function, in place of any set before, and left out.
     *
     * <pre>{@code
     * notes.query()
     *         .undecodable(damaged -> LOG.warn("Left out", damaged))
     *         .stream()
     *         .forEach(...);
     * }</pre>
     *
     * <p>A limit counts those that are left out, so that a list, page or stream may hold fewer documents than there are; a page
     * may even be empty and have a next one. {@link #first()} goes on to the first one that can be read, in further steps if
     * need be. {@link Query#updateAll} leaves such documents as they are. What reads no value, {@link #count()}, {@link
     * #exists()}, {@link #countBy}, {@link #aggregate}, {@link #groupBy(Field)}, {@link #distinct} and {@link Query#deleteAll()},
     * includes them and hands none over.
     *
     * <p>The function runs on the thread of the caller, outside of any reading, so that it may use the collection; what it throws
     * ends the query and reaches the caller.
     */
    ReadQuery<T> undecodable(Consumer<? super UndecodableDocumentException> reader);

    /** Returns the first document. */
    Optional<Document<T>> first();

    /** Returns all documents (up to the limit), all from one state. */
    List<Document<T>> list();

    /**
     * Returns the documents up to the limit ({@value #DEFAULT_PAGE} if none is set) and where the next page starts. Over
     * all pages, a document that matched and kept its order values throughout comes exactly once, whatever else is
     * written meanwhile. One page of up to 500 documents, and 8 MiB, is of one state; a larger one is read in several steps.
     * A page costs the same wherever it stands, given an index on the order's fields.
     */
    Page<T> page();

    /**
     * Returns all documents (up to the limit), read in chunks as they are consumed: bounded memory, nothing held open in
     * between, no need to close. What is written meanwhile may or may not be seen; like with {@link #page()}, a document
     * that stays as it is comes exactly once.
     */
    Stream<Document<T>> stream();

    /**
     * Reads some fields in place of the documents, for lists and reports: rows of values as the fields have them, in the order
     * of the query.
     *
     * <pre>{@code
     * List<Row> rows = notes.where(STATUS.eq(Status.OPEN)).orderBy(DUE.asc()).select(TITLE, DUE).list();
     * String title = rows.get(0).get(TITLE);
     * }</pre>
     *
     * <p>No body is read, however long it is, nor decoded, so a document that cannot be decoded has its row like any other.
     * The documents are found as they are for {@link #list()}. An index that has the fields of filter, order and selection, and
     * is not unique, answers alone.
     *
     * @param fields declared ones, {@linkplain ManyField many-fields} among them, or the {@linkplain Schema#id() id},
     *     {@linkplain Schema#createdAt() creation} or {@linkplain Schema#updatedAt() last write}; in any order
     * @throws InvalidValueException if there is none, or one is given twice
     * @throws SchemaException if the schema does not declare one
     */
    Selection select(Field<?, ?>... fields);

    /**
     * Counts the documents that match.
     *
     * @throws IllegalStateException if a limit or cursor is set
     */
    long count();

    /** Says whether any document matches. */
    boolean exists();

    /**
     * Counts the documents that match, by value of a field, ordered by value (text by code point, null first). For a
     * {@link ManyField} or {@link WordsField}, by each of its values; documents without any are not counted.
     *
     * @param <V> the type of the field's values
     * @throws IllegalStateException if a limit or cursor is set
     */
    <V> Map<@Nullable V, Long> countBy(Field<? super T, V> field);

    /**
     * Returns what is made of all documents that match, as one row, from one state: {@link Aggregate#count()}, {@link
     * LongField#sum()}, {@link OrderedField#max()} and so on, any number of them together.
     *
     * @throws IllegalStateException if a limit or cursor is set
     * @throws InvalidValueException if there is no aggregate
     * @throws SchemaException if the schema does not declare a field
     * @throws ArithmeticException as {@link LongField#sum()} says
     */
    Row aggregate(Aggregate<?>... aggregates);

    /**
     * Puts the documents that match into groups, by value of a field, null among them. For a {@link ManyField}, a document is
     * in the group of each of its values, which {@link Row#get(ManyField)} returns alone, and in none without any.
     *
     * @throws IllegalStateException if a limit or cursor is set; {@link Groups#limit} is that of the groups
     * @throws SchemaException if the schema does not declare the field
     */
    Groups groupBy(Field<? super T, ?> field);

    /**
     * Puts the documents that match into groups by the values of two fields together; see {@link #groupBy(Field)}.
     *
     * @throws IllegalStateException if a limit or cursor is set; {@link Groups#limit} is that of the groups
     * @throws InvalidValueException if it is one field twice, or if both are many-fields
     * @throws SchemaException if the schema does not declare a field
     */
    Groups groupBy(Field<? super T, ?> field, Field<? super T, ?> other);

    /**
     * Returns the values that a field has in the documents that match, each once, from one state, in order: text by code point,
     * numbers by size. Null is none of them. For a {@link ManyField}, the values of all documents.
     *
     * @param <V> the type of the field's values
     * @throws IllegalStateException if a limit or cursor is set
     * @throws SchemaException if the schema does not declare the field
     */
    <V> List<V> distinct(Field<? super T, V> field);

    /**
     * Says how the store finds the documents of this query now, with its limit and cursor, as {@link #list()} would: along which
     * index, what is looked at or sorted by hand, about how many match, and which index is missing. Made for people, and for
     * tests that hold a query to its index:
     *
     * <pre>{@code
     * System.out.println(query.explain());
     * assertThat(query.explain().missing()).isEmpty();
     * }</pre>
     *
     * <p>Nothing is changed, and nobody who writes waits for it. It takes about as long as to read a page of the query: a store
     * that chooses its way by looking at what is there looks as it does for {@link #list()}, and so another answer may come for
     * other values, or when more is stored. Inside a transaction or snapshot it is a read of it like any other.
     * {@link Query#claim} finds its documents in the same way; {@link #count()}, {@link #countBy}, {@link #aggregate} and the like, and {@link Query#deleteAll} by the
     * same indexes, and in no order.
     */
    Explanation explain();
}
