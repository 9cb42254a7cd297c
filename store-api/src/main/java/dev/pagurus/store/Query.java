package dev.pagurus.store;

import java.util.List;
import java.util.Optional;
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

    /**
     * Takes the first documents that match, up to the limit, changes each and returns them as they are then: each to this call
     * alone. Made for work that is handed out once, among any number of threads and processes. The change is what keeps others
     * away, a lease for instance, and the filter leaves out what is leased:
     *
     * <pre>{@code
     * Instant now = store.now();
     * for (Document<Job> job : jobs.where(LEASED_UNTIL.before(now)).orderBy(DUE.asc()).limit(10)
     *         .claim(job -> job.leasedUntil(now.plus(Duration.ofMinutes(5))))) {
     *     work(job.value());
     *     jobs.delete(job); // throws if the lease was over, and somebody else has the job now
     * }
     * }</pre>
     *
     * <p>What is returned is durable. Each version of a document goes to one claimer at most; who crashes with it leaves it to
     * the lease that is in the document. Who comes back after his lease learns that others have it, for it has another version:
     * {@link DocumentCollection#replace(Document)} and {@link DocumentCollection#delete(Document)} throw
     * {@link VersionConflictException}; the latter returns false if the document is gone.
     *
     * <p>Claimers do not wait for each other, nor for others who keep a document locked, and make nobody's call fail. A claimer
     * who is alone gets the query's order. Among several, each gets what comes first of what the others have not taken; one who
     * has just lost some to another process may get others from among the first few hundred, so that none is passed over for
     * ever. Fewer than the limit, or none at all, means that the rest of what matched was gone, or being taken.
     *
     * <p>The function runs on this thread, before anything is written: what it throws reaches the caller with nothing changed, and so
     * does a document that cannot be decoded, see {@link #undecodable}. A change that is refused, as by a
     * {@link UniqueViolationException}, is thrown if no other document was claimed. More than about 250 documents, and those that
     * replace what was lost to others, are taken in further steps. Whatever fails, a step or one document of it: what is
     * claimed by then is returned, since nobody else would work on it, and the next call meets the failure. So have the function
     * give a document that cannot be worked on another state instead of throwing, or it stays at the head.
     *
     * <p>Inside a transaction this is an ordinary read and write of it, in the query's order: of two transactions that claim the
     * same document one is made again. {@link Store#now()} is asked before the transaction begins.
     *
     * @return the documents as they are now, in the order in which they were claimed
     * @throws IllegalStateException if no limit is set, or a cursor is
     * @throws TransactionConflictException if all that was found was lost to others, again and again, until the time-out had
     *     passed; nothing was changed
     * @throws OutcomeUnknownException as with every write; what was claimed without our knowing is left to its lease
     */
    List<Document<T>> claim(UnaryOperator<T> change);

    /**
     * Claims one document, whatever the limit; see {@link #claim}.
     *
     * @return it as it is now; empty if none matched that was not being taken
     * @throws IllegalStateException if a cursor is set
     */
    Optional<Document<T>> claimFirst(UnaryOperator<T> change);
}
