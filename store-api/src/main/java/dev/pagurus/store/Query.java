package dev.pagurus.store;

import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A query whose documents can be changed as well as read.
 *
 * <pre>{@code
 * long done = notes.where(DUE.before(now)).updateAll(Note::done);
 * long gone = notes.where(STATUS.eq(Status.DONE)).deleteAll();
 * }</pre>
 *
 * @param <T> the type of the documents' values
 */
public interface Query<T> extends ReadQuery<T> {

    @Override
    Query<T> where(Filter<? super T> filter);

    @Override
    Query<T> orderBy(Order<? super T> order);

    @Override
    Query<T> thenBy(Order<? super T> order);

    @Override
    Query<T> limit(int documents);

    @Override
    Query<T> startAfter(@Nullable String cursor);

    @Override
    Query<T> undecodable(Consumer<? super UndecodableDocumentException> reader);

    /**
     * Deletes every document that matches, in one atomic step.
     *
     * @return how many there were
     * @throws IllegalStateException if a limit or cursor is set
     */
    long deleteAll();

    /**
     * Changes every document that matches. On a store this goes document by document, each atomic on its own and none
     * overwriting what somebody else wrote meanwhile; a failure leaves the earlier ones changed. Inside a transaction it
     * is one step with the rest of it, and a function that uses the transaction finds the earlier ones changed; after a
     * {@link UniqueViolationException} some of those behind may be changed as well, so let that end the transaction.
     *
     * <p>Each document is written, also if the function returns the value that it got: its body as the codec writes it now, and
     * its fields as that value has them. So this fills the fields anew after bodies were changed by SQL, without a new revision:
     *
     * <pre>{@code
     * notes.query().updateAll(UnaryOperator.identity());
     * }</pre>
     *
     * <p>A filter would ask the old fields, so leave it out there. {@link RawDocuments#replace(Document)} does the same to one
     * document, and leaves its text as it is.
     *
     * @return how many documents were changed
     * @throws IllegalStateException if a limit or cursor is set
     */
    long updateAll(UnaryOperator<T> change);
}
