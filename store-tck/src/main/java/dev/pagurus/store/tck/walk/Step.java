package dev.pagurus.store.tck.walk;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyResult;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.samples.Item;
import java.io.OutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One step of a walk: what both sides do, each by itself, and must answer alike. All that it needs is said in it. */
sealed interface Step
        permits Together,
                Held,
                Fed,
                Step.Single,
                Step.Revised,
                Step.Followed,
                Step.Reopened,
                Step.Compared,
                Step.Summed {

    /** Returns when it is. */
    Instant at();

    /** Takes it, and returns what comes of it. */
    @Nullable
    Object answer(Side side) throws Exception;

    /** Returns steps that say less, the one that says least first. */
    Stream<Step> simpler();

    /** Says what it is, to people. */
    String text();

    /** An operation by itself. */
    record Single(Instant at, int handle, Operation operation) implements Step {
        @Override
        public @Nullable Object answer(Side side) throws Exception {
            side.setClock(at);
            return Answer.to(() -> operation.answer(
                    side.collection(handle, operation.collection()), side.memory(operation.collection())));
        }

        @Override
        public Stream<Step> simpler() {
            Stream<Step> elsewhere = handle == 0 ? Stream.empty() : Stream.of(new Single(at, 0, operation));
            return Stream.concat(elsewhere, operation.simpler().map(simpler -> new Single(at, handle, simpler)));
        }

        @Override
        public String text() {
            return by(handle) + operation.text();
        }
    }

    /** A new revision of a collection. */
    record Revised(Instant at, int handle, int collection, Shape shape) implements Step {
        @Override
        public @Nullable Object answer(Side side) throws Exception {
            side.setClock(at);
            return Answer.to(() -> side.revise(handle, collection, shape));
        }

        @Override
        public Stream<Step> simpler() {
            return shape.simpler().map(simpler -> new Revised(at, handle, collection, simpler));
        }

        @Override
        public String text() {
            return by(handle) + "collection " + (char) ('A' + collection) + " is revised: " + shape;
        }
    }

    /** A handle learns the newest revision of a collection. */
    record Followed(Instant at, int handle, int collection) implements Step {
        @Override
        public @Nullable Object answer(Side side) throws Exception {
            side.follow(handle, collection);
            return "followed";
        }

        @Override
        public Stream<Step> simpler() {
            return Stream.empty();
        }

        @Override
        public String text() {
            return by(handle) + "has the newest revision of collection " + (char) ('A' + collection);
        }
    }

    /** A handle is closed and opened again. */
    record Reopened(Instant at, int handle) implements Step {
        @Override
        public @Nullable Object answer(Side side) throws Exception {
            side.reopen(handle);
            return "reopened";
        }

        @Override
        public Stream<Step> simpler() {
            return Stream.empty();
        }

        @Override
        public String text() {
            return by(handle) + "is closed and opened again";
        }
    }

    /** Everything is asked about everything, through each handle. */
    record Compared(Instant at) implements Step {
        @Override
        public @Nullable Object answer(Side side) throws Exception {
            side.setClock(at);
            List<Answer.Asked> answers = new ArrayList<>();
            for (int collection = 0; collection < side.terrain().land().collections(); collection++) {
                for (int handle = 0; handle < side.terrain().land().handles(); handle++) {
                    side.follow(handle, collection);
                    ReadableCollection<Item> items = side.collection(handle, collection);
                    answers.add(new Answer.Asked(
                            by(handle) + "collection " + (char) ('A' + collection),
                            handle == 0
                                    ? Everything.of(items, side.schema(handle, collection))
                                    : Everything.inShort(items, side.schema(handle, collection))));
                }
            }
            return answers;
        }

        @Override
        public Stream<Step> simpler() {
            return Stream.empty();
        }

        @Override
        public String text() {
            return "everything is asked";
        }
    }

    /** What a store says of itself and all that it holds. */
    record Summed(Instant at, int handle) implements Step {
        @Override
        public @Nullable Object answer(Side side) throws Exception {
            side.setClock(at);
            Store store = side.store(handle);
            List<Answer.Asked> answers = new ArrayList<>();
            answers.add(new Answer.Asked("health()", store.health().up()));
            if (!side.terrain().snapshots()) {
                return answers;
            }
            answers.add(new Answer.Asked(
                    "summaries()",
                    store.summaries().stream()
                            .filter(one -> side.owns(one.name()))
                            .toList()));
            CopyResult export = store.exportTo(OutputStream.nullOutputStream(), CopyOptions.DEFAULT);
            for (CopyResult.Collection one : export.collections()) {
                if (side.owns(one.name())) {
                    // The hash covers versions to the microsecond.
                    String hash = side.terrain().saysVersions() ? " " + one.sha256() : "";
                    answers.add(new Answer.Asked(
                            "export of " + one.name(), one.documents() + " documents, " + one.bytes() + hash));
                }
            }
            return answers;
        }

        @Override
        public Stream<Step> simpler() {
            return Stream.empty();
        }

        @Override
        public String text() {
            return by(handle) + "health(), summaries() and exportTo(..)";
        }
    }

    static String by(int handle) {
        return handle == 0 ? "store, " : "second handle, ";
    }

    /** Returns the list with one element after the other in each of its simpler forms. */
    static <E> Stream<List<E>> each(List<E> list, Function<E, Stream<E>> simpler) {
        return IntStream.range(0, list.size())
                .boxed()
                .flatMap(i -> simpler.apply(list.get(i)).map(one -> {
                    List<E> others = new ArrayList<>(list);
                    others.set(i, one);
                    return others;
                }));
    }
}
