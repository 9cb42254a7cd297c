package dev.pagurus.store.tck.states;

import dev.pagurus.store.Capability;
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
        memory.close();
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
    void everyReadSeesWhatThisHandleHasWritten() {
        fill(FEW);
        requireRecent(store, store, Place.STORE, Writing.script(store.capabilities()));
    }

    @Proves(Clause.R2)
    void everyReadSeesWhatAnotherHandleHasWritten() throws Exception {
        fill(FEW);
        Store other = second();
        requireRecent(other, store, Place.STORE, Writing.script(store.capabilities()));
        seed = Seed.ofThisRun();
        hazards = new Hazards(new Random(seed.value()));
        requireRecent(store, other, Place.STORE, Writing.script(store.capabilities()));
    }

    @Proves(Clause.R2)
    @Needs(Capability.SNAPSHOTS)
    void everyReadOfManyDocumentsSeesWhatAnotherHandleHasWritten() throws Exception {
        fill(SEVERAL_CHUNKS);
        Store other = second();
        requireRecent(store, other, Place.STORE, Writing.shortScript());
    }

    @Proves(Clause.R2)
    @Needs(Capability.SNAPSHOTS)
    void aSnapshotBeginsWithWhatAnotherHandleHasWritten() throws Exception {
        fill(FEW);
        Store other = second();
        requireRecent(store, other, Place.SNAPSHOT, Writing.shortScript());
        requireRecent(other, store, Place.SNAPSHOT, Writing.shortScript());
    }

    @Proves(Clause.R2)
    @Needs(Capability.TRANSACTIONS)
    void aTransactionBeginsWithWhatAnotherHandleHasWritten() throws Exception {
        fill(FEW);
        Store other = second();
        requireRecent(store, other, Place.TRANSACTION, Writing.shortScript());
        requireRecent(other, store, Place.TRANSACTION, Writing.shortScript());
    }

    /** For each reading a new document goes the way of the script: it comes, changes and goes in turn. */
    private void requireRecent(Store writer, Store reader, Place place, List<Writing> script) {
        Schema<Item> schema = itemSchema();
        writer.collection(schema);
        reader.collection(schema);
        for (Reading reading : Reading.ALL) {
            String id = newId();
            List<String> ids = List.of("missing", "d1", id, hazards.idThatIsNot(id), "d0");
            Item old = newItem();
            for (Writing writing : script) {
                Item next = writing.effect() == Writing.Effect.GOES ? old : newItem();
                // Who had the old value has it no more, and who has the new one had not.
                Item like = writing.effect() == Writing.Effect.CHANGES && number % 2 == 0 ? old : next;
                Question about = new Question(id, ids.stream().distinct().toList(), like);
                place.ask(reader, schema, reading, about);
                writing.act().write(writer, schema, id, next);
                Answer came = place.ask(reader, schema, reading, about);
                writing.act().write(memory, schema, id, next);
                Reading.require(
                        "Right after the " + writing + " had returned, the " + reading + where(writer, reader, place)
                                + ", which was asked right before it too, with the values of " + seed.toRepeat() + ",",
                        reading.ask().of(memory.collection(schema), about),
                        came);
                old = next;
            }
        }
    }

    private static String where(Store writer, Store reader, Place place) {
        String handle = writer == reader ? "" : " through another handle";
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
