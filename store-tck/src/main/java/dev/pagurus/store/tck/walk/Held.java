package dev.pagurus.store.tck.walk;

import dev.pagurus.store.Snapshot;
import dev.pagurus.store.tck.group.Elsewhere;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A snapshot that is asked, held while others go on, and asked the same again. */
record Held(Instant at, int handle, List<Operation> questions, List<Step> meanwhile) implements Step {
    @Override
    public @Nullable Object answer(Side side) throws Exception {
        side.setClock(at);
        AtomicBoolean begun = new AtomicBoolean();
        return Answer.to(() -> side.store(handle).snapshot(view -> {
            if (begun.getAndSet(true)) {
                return Answer.ANY;
            }
            List<Answer.Asked> answers = new ArrayList<>();
            ask("before, ", view, side, answers);
            for (Step step : meanwhile) {
                // A thread in a snapshot may not use the same store.
                answers.add(new Answer.Asked("meanwhile", Elsewhere.call(() -> new Reply(step.answer(side)))));
            }
            ask("after it, ", view, side, answers);
            return answers;
        }));
    }

    private void ask(String when, Snapshot view, Side side, List<Answer.Asked> answers) throws Exception {
        for (Operation question : questions) {
            Object answer = Answer.to(
                    () -> question.read(view.collection(side.schema(handle, question.collection())), new Memory()));
            answers.add(new Answer.Asked(when + question.verb(), answer));
        }
    }

    /** A call elsewhere cannot return null. */
    private record Reply(@Nullable Object answer) {}

    @Override
    public Stream<Step> simpler() {
        Stream<Step> others = Parts.fewer(meanwhile).map(fewer -> new Held(at, handle, questions, fewer));
        Stream<Step> less = Parts.fewer(questions).map(fewer -> new Held(at, handle, fewer, meanwhile));
        Stream<Step> simpler =
                Step.each(questions, Operation::simpler).map(one -> new Held(at, handle, one, meanwhile));
        Stream<Step> steps = Step.each(meanwhile, Step::simpler).map(one -> new Held(at, handle, questions, one));
        return Stream.of(others, less, steps, simpler).flatMap(one -> one);
    }

    @Override
    public String text() {
        return Step.by(handle) + "snapshot { "
                + questions.stream().map(Operation::text).collect(Collectors.joining("; "))
                + meanwhile.stream()
                        .map(step -> "\n      meanwhile " + step.text())
                        .collect(Collectors.joining())
                + "\n      and the same again }";
    }
}
