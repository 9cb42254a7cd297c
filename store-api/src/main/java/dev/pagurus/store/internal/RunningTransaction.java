package dev.pagurus.store.internal;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Transaction;
import dev.pagurus.store.internal.access.SessionAccess;
import dev.pagurus.store.internal.collection.WatchedCollection;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One attempt at a transaction, as its function sees it. */
record RunningTransaction(SessionAccess session, Definitions definitions, Actions afterCommit) implements Transaction {

    @Override
    public <T> DocumentCollection<T> collection(Schema<T> schema) {
        return new WatchedCollection<>(definitions.require(schema, session), session);
    }

    @Override
    public void afterCommit(Runnable action) {
        session.requireUsable();
        afterCommit.add(Objects.requireNonNull(action, "action"));
    }

    /** What is to be done once the transaction is committed. */
    static final class Actions {

        private static final Logger LOG = LoggerFactory.getLogger("dev.pagurus.store");

        private final List<Runnable> actions = new ArrayList<>();

        void add(Runnable action) {
            actions.add(action);
        }

        void clear() {
            actions.clear();
        }

        void run() {
            for (Runnable action : actions) {
                try {
                    action.run();
                } catch (RuntimeException e) {
                    LOG.error("An action after a commit failed; the transaction itself has happened", e);
                }
            }
        }
    }
}
