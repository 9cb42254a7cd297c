package dev.pagurus.store.tck.histories;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.pagurus.store.Capability;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.TransactionConflictException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.histories.FaultEngine.Fault;
import dev.pagurus.store.tck.histories.FaultEngine.Faults;
import dev.pagurus.store.tck.samples.Hazards;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What stands above the SPI keeps its promises whatever an engine does that it may do: nothing that was acknowledged is lost,
 * nothing is done twice, each caller gets its own outcome, repetitions end, and exceptions are those that the API names.
 */
class FaultHistoryTest {

    private static final int SEEDS = 3;
    private static final int THREADS = 4;
    private static final int TIMES = 25;
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(1);
    private static final Schema<Mark> SCHEMA = Mark.schema("marks", Set.of(Capability.UNIQUE_INDEXES));

    @Test
    void aSerialOrderExplainsWhatIsDoneBetweenFaults() throws Exception {
        for (Seed seed : Seed.several(SEEDS)) {
            FaultEngine engine = new FaultEngine(seed.value());
            try (Store store = engine.open(FaultEngine.config("faults", LONG))) {
                History history = new History();
                List<String> ids = new Hazards(new Random(seed.value())).ids(5);
                List<Part> parts = new ArrayList<>();
                for (int i = 0; i < THREADS; i++) {
                    parts.add(new Part(history, i + 1, store, ids, new Random(seed.value() + i)).mayFail());
                }
                parts.get(0).prepare();
                engine.fail(Faults.random(new Random(seed.value()), 10, 2, 2));
                Race.run(THREADS, number -> parts.get(number).play(TIMES));
                engine.fail(Faults.NONE);
                parts.get(0).look();
                assertThatCode(history::requireSerializable)
                        .as("with %s", seed.toRepeat())
                        .doesNotThrowAnyException();
                assertThat(history.deeds())
                        .as("what failed, with %s", seed.toRepeat())
                        .anyMatch(deed -> deed.fate() == Deed.Fate.ABORTED);
            }
        }
    }

    @Test
    void whatConflictsForEverEndsAsAConflict() {
        everyKindEnds(Fault.CONFLICT, SHORT, TransactionConflictException.class, acts());
    }

    @Test
    void whatIsUnavailableEndsAsSuchAtOnce() {
        everyKindEnds(Fault.UNAVAILABLE, LONG, UnavailableException.class, acts());
    }

    @Test
    void aLostAnswerIsToldAndNothingIsDoneAgain() {
        everyKindEnds(Fault.LOST_BEFORE, LONG, OutcomeUnknownException.class, Stream.of(WriteAct.values()));
        everyKindEnds(Fault.LOST_AFTER, LONG, OutcomeUnknownException.class, Stream.of(WriteAct.values()));
    }

    /** A call that was not done is not done later, and one that was done is done once. */
    private void everyKindEnds(Fault fault, Duration timeout, Class<? extends Exception> wanted, Stream<Act> acts) {
        FaultEngine engine = new FaultEngine(1);
        try (Store store = engine.open(FaultEngine.config("always", timeout))) {
            DocumentCollection<Mark> marks = store.collection(SCHEMA);
            acts.forEach(act -> {
                List<Consumer<Consumer<ReadableCollection<Mark>>>> places = new ArrayList<>();
                places.add(run -> run.accept(marks));
                places.add(run -> store.runTransaction(tx -> run.accept(tx.collection(SCHEMA))));
                if (act instanceof ReadAct) {
                    places.add(run -> store.snapshot(view -> {
                        run.accept(view.collection(SCHEMA));
                        return true;
                    }));
                }
                for (int place = 0; place < places.size(); place++) {
                    engine.fail(Faults.NONE);
                    String id = "one";
                    marks.query().deleteAll();
                    marks.put(id, mark(id, 1));
                    List<String> before = shown(marks);
                    engine.fail(Faults.always(fault));
                    String what = act + (place == 0 ? "" : place == 1 ? " in a transaction" : " in a snapshot");
                    Mark about = act == WriteAct.DELETE_ALL ? mark(id, 0) : mark(id, 2);
                    History history = new History();
                    int at = place;
                    Throwable thrown = catchThrowable(() -> places.get(at)
                            .accept(where -> act.run(new Act.Call(
                                    where, about, mark("other", 3), List.of(id), Notes.in(history, deed(history))))));
                    engine.fail(Faults.NONE);
                    assertThat(thrown).as("what %s ends with", what).isInstanceOf(wanted);
                    if (fault != Fault.LOST_AFTER) {
                        assertThat(shown(marks))
                                .as("what is there after %s", what)
                                .isEqualTo(before);
                    }
                }
            });
        }
    }

    private static Deed deed(History history) {
        return history.begin(1, "transaction", System.nanoTime());
    }

    private static Mark mark(String id, long stamp) {
        return new Mark(id, stamp, stamp == 0 ? null : (Long) 1L, "a", Set.of("x"), null);
    }

    private static List<String> shown(ReadableCollection<Mark> marks) {
        return marks.query().list().stream().map(Object::toString).toList();
    }

    private static Stream<Act> acts() {
        return Stream.concat(Stream.of(ReadAct.values()), Stream.of(WriteAct.values()));
    }
}
