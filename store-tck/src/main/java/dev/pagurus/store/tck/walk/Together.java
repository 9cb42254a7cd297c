package dev.pagurus.store.tck.walk;

import dev.pagurus.store.Store;
import dev.pagurus.store.Transaction;
import dev.pagurus.store.tck.serial.World;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Several as one transaction, which may end in an exception. */
record Together(Instant at, int handle, List<Operation> operations, boolean givesUp) implements Step {
    @Override
    public @Nullable Object answer(Side side) throws Exception {
        List<Memory> before = side.memories();
        List<@Nullable Object> answers = new ArrayList<>();
        if (side.terrain().expiry()) {
            // What has expired is judged by the time of the beginning.
            side.setClock(at);
        }
        try {
            Store.TransactionFunction<String, Exception> all = tx -> {
                side.rememberOnly(before);
                answers.clear();
                return run(tx, side, answers);
            };
            if (operations.size() % 2 == 0) {
                side.store(handle).runTransaction(all::run);
            } else {
                answers.add(side.store(handle).transaction(all));
            }
        } catch (World.Aborted e) {
            side.rememberOnly(before);
            answers.add("given up");
        } catch (RuntimeException e) {
            side.rememberOnly(before);
            answers.add(Answer.to(() -> e));
        }
        return answers;
    }

    private String run(Transaction tx, Side side, List<@Nullable Object> answers) throws Exception {
        tx.afterCommit(() -> answers.add("committed"));
        // A store may take the time of its beginning for all of it, or of each write: it is the same.
        side.setClock(at);
        for (Operation operation : operations) {
            int collection = operation.collection();
            Object answer = Answer.to(
                    () -> operation.answer(tx.collection(side.schema(handle, collection)), side.memory(collection)));
            answers.add(answer);
            if (answer instanceof Answer.Refused refused && !refused.isExpected()) {
                // Who catches anything else is promised nothing.
                throw new World.Aborted();
            }
        }
        if (givesUp) {
            throw new World.Aborted();
        }
        return "returned";
    }

    @Override
    public Stream<Step> simpler() {
        Stream<Step> alone = operations.size() == 1 && !givesUp
                ? Stream.of(new Step.Single(at, handle, operations.get(0)))
                : Stream.empty();
        Stream<Step> kept = givesUp ? Stream.of(new Together(at, handle, operations, false)) : Stream.empty();
        Stream<Step> elsewhere = handle == 0 ? Stream.empty() : Stream.of(new Together(at, 0, operations, givesUp));
        Stream<Step> fewer = Parts.fewer(operations).map(others -> new Together(at, handle, others, givesUp));
        Stream<Step> simpler =
                Step.each(operations, Operation::simpler).map(others -> new Together(at, handle, others, givesUp));
        return Stream.of(alone, kept, elsewhere, fewer, simpler).flatMap(one -> one);
    }

    @Override
    public String text() {
        return Step.by(handle) + "transaction { "
                + operations.stream().map(Operation::text).collect(Collectors.joining("; "))
                + (givesUp ? "; gives up }" : " }");
    }
}
