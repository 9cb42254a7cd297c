package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Document;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.DuplicateIdException;
import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.StoreClosedException;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.UniqueViolationException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One of many writers at once. It has a document of its own, of which it knows what must be stored, and inserts others
 * that all want. Its thread is interrupted now and then, and at last the store is closed.
 */
final class StressedWriter {

    /** A title that a document has already. */
    static final String TAKEN = "taken";

    /** A title, and a tag, that a trigger refuses. */
    static final String REFUSED = "refused";

    /** How many documents all want to insert. */
    static final int SHARED = 2000;

    private final DocumentCollection<Note> notes;
    private final String id;
    private final Random random;

    /** The texts that may be stored, null for no document: several only after a write with an unknown outcome. */
    final Set<@Nullable String> possible = new HashSet<>();

    /** The shared documents that this one has inserted for sure, and those that it may have. */
    final List<Document<Note>> inserted = new ArrayList<>();

    final Set<String> perhapsInserted = new HashSet<>();

    private long version;
    private int writes;
    final AtomicInteger acknowledged = new AtomicInteger();
    final AtomicInteger interrupted = new AtomicInteger();

    StressedWriter(DocumentCollection<Note> notes, int number) {
        this.notes = notes;
        this.id = "own" + number;
        this.random = new Random(number);
        possible.add(null);
    }

    String id() {
        return id;
    }

    void run() {
        while (true) {
            String text = id + "-" + writes++;
            int kind = random.nextInt(8);
            try {
                write(kind, text);
            } catch (StoreClosedException e) {
                return;
            } catch (OutcomeUnknownException e) {
                interrupted.incrementAndGet();
                if (kind < 4) {
                    possible.add(kind == 3 ? null : text);
                }
            } catch (UnavailableException e) {
                if (String.valueOf(e.getMessage()).contains(REFUSED)) {
                    assertThat(kind)
                            .as("the kind of the write that was refused")
                            .isIn(6, 7);
                } else {
                    assertThat(Thread.currentThread().isInterrupted())
                            .as("interrupted, as %s says", e)
                            .isTrue();
                    interrupted.incrementAndGet();
                }
            }
            Thread.interrupted();
        }
    }

    private void write(int kind, String text) {
        switch (kind) {
            case 0, 1, 2 -> written(notes.put(id, note(text, text)), text);
            case 3 -> deleted(notes.delete(id));
            case 4 -> insertShared("shared" + random.nextInt(SHARED), text);
            case 5 -> {
                try {
                    notes.put(id, note(TAKEN, text));
                    throw new AssertionError("The title was taken by " + id);
                } catch (UniqueViolationException e) {
                    assertThat(e.id()).isEqualTo(id);
                }
            }
            case 6 -> notes.put(id, note(REFUSED, text));
            default -> notes.put(id, new Note(text, null, null, Set.of("a", REFUSED), text));
        }
    }

    private void written(Document<Note> document, String text) {
        assertThat(document.version()).isGreaterThan(version);
        version = document.version();
        certain(text);
    }

    private void deleted(boolean there) {
        if (possible.size() == 1) {
            assertThat(there).isEqualTo(!possible.contains(null));
        }
        certain(null);
    }

    private void certain(@Nullable String text) {
        possible.clear();
        possible.add(text);
        acknowledged.incrementAndGet();
    }

    private void insertShared(String shared, String text) {
        try {
            inserted.add(notes.insert(shared, note(shared, text)));
        } catch (DuplicateIdException e) {
            assertThat(e.id()).isEqualTo(shared);
        } catch (OutcomeUnknownException e) {
            perhapsInserted.add(text);
            throw e;
        }
    }

    private static Note note(String title, String text) {
        return new Note(title, Note.Status.OPEN, null, Set.of("a", "b"), text);
    }
}
