package dev.pagurus.store.tck.histories;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.serial.Interleaving;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/**
 * Write skews by every kind of read: each of two transactions reads something of a document, and then changes the document
 * that the other one has read of. Whichever comes first, the other one must have seen what it did.
 */
public final class Skews {

    private static final String ONE = "m";
    private static final String OTHER = "n";
    private static final List<String> STANDING = List.of("a", "mm", "z");
    private static final List<String> IDS = List.of("a", "m", "mm", "n", "z", "other m", "other n");

    /** So often must the second one have waited for the whole of the first, until an overlap is no longer waited for. */
    private static final int ONE_AT_A_TIME = 4;

    private static final Duration SHORT = Duration.ofMillis(6);

    private static final List<ReadAct> LADEN = List.of(ReadAct.GET, ReadAct.EQUAL);

    private final Store first;
    private final Store second;
    private final Shelves together;
    private final Shelves apart;
    private final boolean unique;
    private Shelves shelves;
    private Load load = Load.NONE;
    private int waited;

    /** How a document is changed, so that a read can see it. */
    private enum Change {
        APPEARS,
        APPEARS_AMONG_OTHERS,
        GOES,
        BECOMES_ANOTHER
    }

    /** Plays them on two handles, which may be the same. */
    public Skews(Store first, Store second) {
        this.first = first;
        this.second = second;
        this.unique = first.capabilities().contains(Capability.UNIQUE_INDEXES);
        this.together = Shelves.of(first.capabilities(), id -> false);
        this.apart = Shelves.of(first.capabilities(), id -> id.endsWith(OTHER));
        this.shelves = together;
        together.all().forEach(schema -> {
            first.collection(schema);
            second.collection(schema);
        });
    }

    /**
     * Plays every kind of read with itself, and every kind of write that is refused or finds nothing, which is a read too;
     * fails with what no serial order explains. What appears is played by all, and by half of the reads each what goes and
     * what becomes another.
     */
    public void playAll() {
        ReadAct[] reads = ReadAct.values();
        for (int i = 0; i < reads.length; i++) {
            play(reads[i], reads[i], Change.APPEARS);
            play(reads[i], reads[i], i % 2 == 0 ? Change.GOES : Change.BECOMES_ANOTHER);
        }
        for (WriteAct act : WriteAct.values()) {
            for (Change change : Change.values()) {
                // One that changes something would only wait for the other transaction.
                if (act.isIdle(isThere(change))) {
                    play(act, act, change);
                }
            }
        }
    }

    /**
     * Plays every kind of read with the next one, so that they meet those that an engine treats in another way; half of them
     * with the two documents in two collections.
     */
    public void playMixed() {
        ReadAct[] acts = ReadAct.values();
        for (int i = 0; i < acts.length; i++) {
            shelves = i % 4 < 2 ? apart : together;
            Change change = i % 2 == 0 ? Change.APPEARS_AMONG_OTHERS : Change.GOES;
            play(acts[i], acts[(i + 1) % acts.length], change);
        }
        shelves = together;
    }

    /** Plays some kinds of reads where the first transaction has done much before, or takes its time. */
    public void playLaden() {
        for (Load each : List.of(Load.MANY_READS, Load.MANY_WRITES, Load.A_LONG_PAUSE)) {
            load = each;
            for (ReadAct act : each == Load.A_LONG_PAUSE ? List.of(ReadAct.EQUAL) : LADEN) {
                play(act, act, Change.APPEARS);
            }
        }
        load = Load.NONE;
    }

    /**
     * Plays every kind of read as the third party, by itself or in a snapshot: one transaction reads what a single write
     * changes then, and changes something else; who sees that write and not the transaction's closes a circle.
     */
    public void playLooks(boolean inSnapshots) {
        Actor.Place place = inSnapshots ? Actor.Place.SNAPSHOT : Actor.Place.STORE;
        for (ReadAct act : ReadAct.values()) {
            History history = new History();
            prepare(history, act, act, Change.BECOMES_ANOTHER);
            Actor one = transaction(history, 1, first, ReadAct.GET, OTHER, changes(ONE, act, Change.BECOMES_ANOTHER));
            Actor two = new Actor(
                    history,
                    2,
                    second,
                    Actor.Place.STORE,
                    (from, notes, turn) -> run(WriteAct.PUT, history, from, another(history, OTHER), notes));
            Actor three = new Actor(
                    history,
                    3,
                    first,
                    place,
                    (from, notes, turn) -> run(act, history, from, act.seenAs(seen(history, ONE)), notes));
            play(history, "A third party reads by " + act.name(), List.of(one, two, three), 1, 2, 3, 1, 1);
            waited = two.endedAfter(one) ? waited + 1 : 0;
        }
    }

    /** Plays it, and again if they did not overlap, until it is clear that this engine lets one in at a time. */
    private void play(Act one, Act other, Change change) {
        while (!hasOverlapped(one, other, change) && waited < ONE_AT_A_TIME) {
            // Once more.
        }
    }

    private boolean hasOverlapped(Act one, Act other, Change change) {
        History history = new History();
        prepare(history, one, other, change);
        Actor red = transaction(history, 1, first, one, OTHER, changes(ONE, other, change));
        Actor blue = transaction(history, 2, second, other, ONE, changes(OTHER, one, change));
        String what = "Two transactions read by " + one.name() + " and " + other.name() + ", where a document "
                + change.name() + (shelves.equals(apart) ? ", in two collections" : "")
                + (load == Load.NONE ? "" : ", the first of them with " + load);
        if (load == Load.NONE) {
            play(history, what, List.of(red, blue), 1, 2, 1, 2, 1, 2);
        } else {
            // Who commits last must look at what he has read.
            play(history, what, List.of(red, blue), 1, 2, 1, 2, 2, 1);
            if (waited >= ONE_AT_A_TIME) {
                // The second one may have come first, for the first takes its time: that is no overlap.
                return true;
            }
        }
        waited = blue.waitedFor(red) ? waited + 1 : 0;
        return waited == 0;
    }

    private void play(History history, String what, List<Actor> actors, int... order) {
        Interleaving interleaving = new Interleaving(waited < ONE_AT_A_TIME ? load.patience() : SHORT, order);
        interleaving.run(actors.stream()
                .<Runnable>map(actor -> () -> actor.play(interleaving))
                .toList());
        try {
            actors.forEach(Actor::requireNoFailure);
            history.look(first, shelves, IDS);
            history.requireSerializable();
        } catch (AssertionError e) {
            throw new AssertionError(what + ". " + e.getMessage(), e);
        }
    }

    /** Returns a transaction that reads of one document and changes another. */
    private Actor transaction(History history, int number, Store handle, Act act, String asked, Changing changing) {
        Load mine = number == 1 ? load : Load.NONE;
        return new Actor(history, number, handle, Actor.Place.TRANSACTION, (from, notes, turn) -> {
            mine.before(from, apart);
            run(act, history, from, act.seenAs(seen(history, asked)), notes);
            turn.run();
            mine.between();
            run(changing.by(), history, from, changing.into().apply(history), notes);
        });
    }

    private void run(Act act, History history, Actor.From from, Mark about, Notes notes) {
        String id = about.key();
        act.run(new Act.Call(
                from.collection(shelves.of(id)),
                about,
                another(history, "other " + id),
                shelves.with(id, IDS),
                notes.on(shelves.with(id))));
    }

    private void prepare(History history, Act one, Act other, Change change) {
        shelves.all().forEach(schema -> first.collection(schema).query().deleteAll());
        List<Mark> there = new ArrayList<>();
        if (change != Change.APPEARS) {
            // They come after it in the order, so that the first ones tell of it.
            STANDING.forEach(id -> there.add(seen(history, id).withText("abd").withCode(null)));
        }
        if (isThere(change)) {
            there.add(one.seenAs(seen(history, OTHER)));
            there.add(other.seenAs(seen(history, ONE)));
        }
        for (Mark mark : there) {
            Deed deed = history.begin(History.NO_PARTY, "put", System.nanoTime());
            deed.wrote("put", first.collection(shelves.of(mark.key())).put(mark.key(), mark));
        }
    }

    /** Returns the change of a document that is read by an act: in the end it is like this, or deleted. */
    private Changing changes(String id, Act readBy, Change change) {
        return new Changing(
                change == Change.GOES ? WriteAct.DELETE : WriteAct.PUT,
                history -> change == Change.BECOMES_ANOTHER ? another(history, id) : readBy.seenAs(seen(history, id)));
    }

    private record Changing(WriteAct by, Function<History, Mark> into) {}

    /** Whether the documents are there before they are changed. */
    private static boolean isThere(Change change) {
        return change == Change.GOES || change == Change.BECOMES_ANOTHER;
    }

    /** Returns a document that reads look for. */
    private Mark seen(History history, String id) {
        return new Mark(id, history.stamp(), 7L, "abc", Set.of("x", "y"), unique ? "code of " + id : null);
    }

    /** Returns one that none but the widest reads see. */
    private static Mark another(History history, String id) {
        return new Mark(id, history.stamp(), 0L, "zzz", Set.of("z"), null);
    }
}
