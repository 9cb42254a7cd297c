package dev.pagurus.store.internal.access;

import dev.pagurus.store.Transaction;
import org.jspecify.annotations.Nullable;

/** Runs functions in transactions, for those of us who keep marks beside what the application does. */
@FunctionalInterface
public interface Transactions {

    /** Runs one, again from the start when it conflicts with others. */
    <R extends @Nullable Object, X extends Exception> R run(Work<R, X> work) throws X;

    /** What runs in a transaction, for whom the session is open too. */
    @FunctionalInterface
    interface Work<R extends @Nullable Object, X extends Exception> {
        R run(Transaction tx, SessionAccess session) throws X;
    }
}
