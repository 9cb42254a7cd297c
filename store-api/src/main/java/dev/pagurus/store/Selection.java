package dev.pagurus.store;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Some fields of a query's documents: what {@link ReadQuery#select} returns, to be run. Filter, order, limit and cursor are
 * those of the query, and hold as they do for documents. Immutable.
 *
 * <pre>{@code
 * RowPage page = notes.where(STATUS.eq(Status.OPEN))
 *         .orderBy(DUE.asc())
 *         .limit(20)
 *         .startAfter(cursor)
 *         .select(TITLE, DUE)
 *         .page();
 * }</pre>
 */
public interface Selection {

    /** Returns the row of the first document. */
    Optional<Row> first();

    /** Returns the rows of all documents (up to the limit), all from one state. */
    List<Row> list();

    /**
     * Returns the rows up to the limit ({@value ReadQuery#DEFAULT_PAGE} if none is set) and where the next page starts: what
     * {@link ReadQuery#page()} promises of documents. One page of up to 500 rows is of one state.
     */
    RowPage page();

    /** Returns the rows of all documents (up to the limit), read in chunks as they are consumed, as {@link ReadQuery#stream()} does. */
    Stream<Row> stream();
}
