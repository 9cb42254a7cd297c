package dev.pagurus.store.tck.states;

import dev.pagurus.store.Capability;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Needs;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.group.Seed;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import dev.pagurus.store.tck.samples.Hazards;
import dev.pagurus.store.tck.samples.Item;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;

/**
 * Group R: every kind of read sees what any way to write has written before it. Each is asked right before the write, so
 * that whatever keeps answers has the old one, and again as soon as the write has returned.
 */
public abstract class RecencyClauses extends ClauseGroup {

    private static final int FEW = 30;
    private static final int SEVERAL_CHUNKS = 600;
    private static final int PAYLOAD_BYTES = 60;

    /** What was caught once is caught in every run. */
    private static final Seed FIXED = new Seed(39);

    /** Beside it, in memory: knows every answer. */
    private final Store memory;

    /** Only reads, and never waits for what it has written itself. */
    private final ExecutorService reader = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "reader");
        thread.setDaemon(true);
        return thread;
    });

    private Seed seed = FIXED;
    private Hazards hazards = new Hazards(new Random(FIXED.value()));
    private long number;

    protected RecencyClauses(Supplier<StoreFixture> fixture) {
        super(fixture);
        this.memory = Stores.open(
                new ReferenceProvider(), StoreConfig.builder("reference:memory").build());
    }

    @AfterEach
    void closeMemory() {
        reader.shutdown();
        memory.close();
    }

    /** Who reads: the thread that writes, or another one, which has never written. */
    private enum Who {
        WRITER,
        READER
    }

    /** Where a read is made. */
    private enum Place {
        STORE {
            @Override
            Answer ask(Store store, Schema<Item> schema, Reading reading, Question about) {
                return reading.ask().of(store.collection(schema), about);
            }
        },
        SNAPSHOT {
            @Override
            Answer ask(Store store, Schema<Item> schema, Reading reading, Question about) {
                return store.snapshot(view -> reading.ask().of(view.collection(schema), about));
            }
        },
        TRANSACTION {
            @Override
            Answer ask(Store store, Schema<Item> schema, Reading reading, Question about) {
                return store.transaction(tx -> reading.ask().of(tx.collection(schema), about));
            }
        };

        abstract Answer ask(Store store, Schema<Item> schema, Reading reading, Question about);
    }

    @Proves(Clause.R1)
    void everyReadSeesWhatThisHandleHasWritten() throws Exception {
        fill(FEW);
        requireRecent(store, store, Place.STORE, Who.WRITER, Writing.script(store.capabilities()));
    }

    @Proves(Clause.R1)
    void everyReadOfAnotherThreadSeesWhatThisOneHasWritten() throws Exception {
        fill(FEW);
        requireRecent(store, store, Place.STORE, Who.READER, Writing.script(store.capabilities()));
    }

    @Proves(Clause.R2)
    void everyReadSeesWhatAnotherHandleHasWritten() throws Exception {
        fill(FEW);
        Store other = second();
        requireRecent(other, store, Place.STORE, Who.WRITER, Writing.script(store.capabilities()));
        seed = Seed.ofThisRun();
        hazards = new Hazards(new Random(seed.value()));
        requireRecent(store, other, Place.STORE, Who.READER, Writing.script(store.capabilities()));
    }

    @Proves(Clause.R2)
    @Needs(Capability.SNAPSHOTS)
    void everyReadOfManyDocumentsSeesWhatAnotherHandleHasWritten() throws Exception {
        fill(SEVERAL_CHUNKS);
        Store other = second();
        requireRecent(store, other, Place.STORE, Who.WRITER, Writing.shortScript());
    }

    @Proves(Clause.R2)
    @Needs(Capability.SNAPSHOTS)
    void aSnapshotBeginsWithWhatAnotherHandleHasWritten() throws Exception {
        fill(FEW);
        Store other = second();
        requireRecent(store, other, Place.SNAPSHOT, Who.READER, Writing.shortScript());
        requireRecent(other, store, Place.SNAPSHOT, Who.WRITER, Writing.shortScript());
    }

    @Proves(Clause.R2)
    @Needs(Capability.TRANSACTIONS)
    void aTransactionBeginsWithWhatAnotherHandleHasWritten() throws Exception {
        fill(FEW);
        Store other = second();
        requireRecent(store, other, Place.TRANSACTION, Who.READER, Writing.shortScript());
        requireRecent(other, store, Place.TRANSACTION, Who.WRITER, Writing.shortScript());
    }

    /** Whatever an engine keeps for its next start is older than what was written since. */
    @Proves(Clause.R2)
    void aHandleThatIsOpenedSeesWhatWasWrittenBefore() throws Exception {
        fill(FEW);
        Schema<Item> schema = itemSchema();
        String id = newId();
        Item value = newItem();
        for (Writing writing : Writing.shortScript()) {
            value = writing.effect() == Writing.Effect.GOES ? value : newItem();
            Question about = new Question(id, List.of("missing", "d1", id, "d0"), value);
            writing.write(store, schema, id, value);
            writing.write(memory, schema, id, value);
            try (Store opened = second()) {
                for (Reading reading : Reading.ALL) {
                    Reading.require(
                            "The " + reading + " of a handle that was opened after the " + writing,
                            reading.ask().of(memory.collection(schema), about),
                            reading.ask().of(opened.collection(schema), about));
                }
            }
        }
    }

    /** An upgrade changes bodies and no version: whatever keeps a document by its version has the old one. */
    @Proves(Clause.S28)
    void everyReadSeesWhatAnUpgradeThroughAnotherHandleHasMade() throws Exception {
        fill(FEW);
        Schema<Item> schema = itemSchema();
        Schema<Item> raised = schema.revision(2).upgrade(1, body -> body.replace("\"text ", "\"raised text "));
        Question about = new Question(
                "d1", List.of("missing", "d1", "d0"), Item.ofNumber(1).tagged("tag 1"));
        Store other = second();
        DocumentCollection<Item> old = other.collection(schema);
        Reading.ALL.forEach(reading -> reading.ask().of(old, about));
        store.collection(raised);
        memory.collection(raised);
        for (Reading reading : List.of(Reading.GET, Reading.EXISTS, Reading.GET_ALL)) {
            Reading.require(
                    "The " + reading + " by the old revision, after another handle had raised it,",
                    reading.ask().of(memory.collection(raised), about),
                    reading.ask().of(old, about));
        }
        for (Reading reading : Reading.ALL) {
            Reading.require(
                    "The " + reading + " by a revision that another handle had raised",
                    reading.ask().of(memory.collection(raised), about),
                    reading.ask().of(other.collection(raised), about));
        }
    }

    /** For each reading a new document goes the way of the script: it comes, changes and goes in turn. */
    private void requireRecent(Store writer, Store asked, Place place, Who who, List<Writing> script) throws Exception {
        Schema<Item> schema = itemSchema();
        writer.collection(schema);
        asked.collection(schema);
        for (Reading reading : Reading.ALL) {
            String id = newId();
            List<String> ids = List.of("missing", "d1", id, hazards.idThatIsNot(id), "d0");
            Item old = newItem();
            for (Writing writing : script) {
                Item next = writing.effect() == Writing.Effect.GOES ? old : newItem();
                // Who had the old value has it no more, and who has the new one had not.
                Item like = writing.effect() == Writing.Effect.CHANGES && number % 2 == 0 ? old : next;
                Question about = new Question(id, ids.stream().distinct().toList(), like);
                Callable<Answer> ask = () -> place.ask(asked, schema, reading, about);
                answer(who, ask);
                writing.write(writer, schema, id, next);
                Answer came = answer(who, ask);
                writing.write(memory, schema, id, next);
                Reading.require(
                        "Right after the " + writing + " had returned, the " + reading
                                + where(writer, asked, place, who)
                                + ", which was asked right before it too, with the values of " + seed.toRepeat() + ",",
                        reading.ask().of(memory.collection(schema), about),
                        came);
                old = next;
            }
        }
    }

    private Answer answer(Who who, Callable<Answer> ask) throws Exception {
        if (who == Who.WRITER) {
            return ask.call();
        }
        try {
            return reader.submit(ask).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }

    private static String where(Store writer, Store asked, Place place, Who who) {
        String handle = (writer == asked ? "" : " through another handle")
                + (who == Who.WRITER ? "" : " on a thread that only reads");
        return switch (place) {
            case STORE -> handle;
            case SNAPSHOT -> " in a new snapshot" + handle;
            case TRANSACTION -> " in a new transaction" + handle;
        };
    }

    private void fill(int documents) {
        for (Store each : List.of(store, memory)) {
            each.collection(itemSchema())
                    .insertAll(
                            IntStream.range(0, documents)
                                    .mapToObj(i -> Item.ofNumber(i)
                                            .withText("text " + i / 2)
                                            .tagged("tag " + i % 3)),
                            item -> "d" + item.number(),
                            OnConflict.FAIL);
        }
        number = documents;
    }

    private String newId() {
        String id = hazards.id();
        while (memory.collection(itemSchema()).exists(id)) {
            id = hazards.id();
        }
        return id;
    }

    private Item newItem() {
        number++;
        return Item.of(Objects.requireNonNullElse(hazards.text(), "no text"))
                .withNumber(number)
                .tagged("tag " + number % 3, "own tag " + number)
                .withPayload(hazards.payload(PAYLOAD_BYTES));
    }
}
