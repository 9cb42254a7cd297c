package dev.pagurus.store.tck.histories;

import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.ReadableCollection;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** What a transaction does beside what it is about: much of what an engine may have room for little of. */
enum Load {
    NONE,
    MANY_READS,
    MANY_WRITES,
    A_LONG_PAUSE;

    private static final int MANY = 300;

    /** Longer than locks may be kept for somebody who may be gone. */
    private static final Duration PAUSE = Duration.ofMillis(1_100);

    /** On a busy machine a step takes its time, and what does not overlap proves nothing. */
    private static final Duration PATIENCE = Duration.ofMillis(150);

    /** For steps that take their time, and wait for nobody. */
    private static final Duration MORE_PATIENCE = Duration.ofSeconds(2);

    /** How long others wait for a step of it. */
    Duration patience() {
        return this == MANY_READS || this == MANY_WRITES ? MORE_PATIENCE : PATIENCE;
    }

    /** Is done at the beginning: reads in the first collection of what nobody writes, or writes in the second one. */
    void before(Actor.From from, Shelves shelves) {
        if (this == MANY_READS) {
            ReadableCollection<Mark> marks = from.collection(shelves.first());
            for (int i = 0; i < MANY; i++) {
                marks.get("nobody's " + i);
            }
        } else if (this == MANY_WRITES) {
            DocumentCollection<Mark> others = (DocumentCollection<Mark>) from.collection(shelves.second());
            for (int i = 0; i < MANY; i++) {
                others.put("load " + i, new Mark("load " + i, 0, null, null, null, null));
            }
        }
    }

    /** Is done between the read and the write. */
    void between() {
        if (this == A_LONG_PAUSE) {
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
