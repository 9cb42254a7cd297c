package dev.pagurus.store.tck.reference;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoredRow;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.WriteOutcome;
import dev.pagurus.store.tck.reference.State.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A session on a draft of its own. To commit, a transaction makes every call again on the newest state: if each has the
 * answer that it had, that is the new state, and the transaction has happened at this moment, as a whole; if not, it
 * conflicts. Each method may be overridden by a broken store.
 */
public class ReferenceSession extends ReferenceReads implements EngineSession {

    private final ReferenceEngine engine;
    private final SessionMode mode;
    private final State draft;
    private final LongSupplier began;
    private final List<Call<?>> calls = new ArrayList<>();

    /** Begins a session. */
    public ReferenceSession(ReferenceEngine engine, SessionMode mode) {
        super(engine.answers());
        this.engine = engine;
        this.mode = mode;
        this.began = Micros.once(engine::now);
        this.draft = engine.database().newest().draft().judgedBy(began);
    }

    /** A call that was made, and its answer. */
    private record Call<R>(Function<State, R> call, R answer) {

        boolean isStillAnswered(State newest) {
            return call.apply(newest).equals(answer);
        }
    }

    @Override
    public List<WriteOutcome> write(List<Write> writes) {
        long now = engine.now();
        Map<String, Long> deleted = engine.changes().deleted();
        return read(state -> {
            // As it was when the call was made: made again, it must have the same answer.
            state.afterDeleting(deleted);
            return engine.write(state, writes, now);
        });
    }

    @Override
    public long deleteAll(CollectionDefinition collection, Condition filter) {
        return read(state -> {
            Table table = Answers.table(state, collection);
            List<Row> matching = engine.answers().matching(state, collection, filter);
            engine.changes().deleteAll(state, table, matching);
            return (long) matching.size();
        });
    }

    @Override
    public long removeExpired(CollectionDefinition collection, int most) {
        return read(state -> engine.changes().removeExpired(state, collection, most));
    }

    @Override
    public List<StoredRow> rows(CollectionDefinition collection, String after) {
        return read(state -> engine.answers().rows(state, collection, after));
    }

    @Override
    public List<StoredRow> rows(CollectionDefinition collection, List<String> ids) {
        return read(state -> engine.answers().rows(state, collection, ids));
    }

    @Override
    public void load(CollectionDefinition collection, List<StoredRow> rows) {
        read(state -> {
            engine.changes().load(state, collection, rows);
            return true;
        });
    }

    @Override
    public void commit() {
        if (mode == SessionMode.TRANSACTION) {
            engine.database().change(newest -> {
                newest.judgedBy(began);
                for (Call<?> call : calls) {
                    if (!call.isStillAnswered(newest) && mustHold(call.answer())) {
                        throw new SerializationFailure("Another transaction was faster.", null);
                    }
                }
                engine.changes().forget(newest, engine::now);
                return true;
            });
        }
    }

    /** Says whether a transaction conflicts when this is no longer the answer: always. */
    protected boolean mustHold(Object answer) {
        return true;
    }

    @Override
    public void close() {
        // What was not committed is in the draft only.
    }

    /** Makes a call in the draft and remembers its answer; a write too, for its answer is what it did. */
    @Override
    protected <R> R read(Function<State, R> call) {
        R answer = call.apply(draft);
        if (mode == SessionMode.TRANSACTION) {
            calls.add(new Call<>(call, answer));
        }
        return answer;
    }
}
