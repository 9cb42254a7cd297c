package dev.pagurus.store.tck.mutants;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Answers that are given again for a while, but none that is older than the last write that this was told of. */
final class Remembered<K, V> {

    private final long nanos;
    private final Predicate<V> worthwhile;
    private final Map<K, Entry<V>> entries = new HashMap<>();
    private long writes;

    Remembered(Duration time, Predicate<V> worthwhile) {
        this.nanos = time.toNanos();
        this.worthwhile = worthwhile;
    }

    private record Entry<V>(V answer, long read) {}

    V get(K question, Supplier<V> reading) {
        long writesBefore;
        synchronized (this) {
            Entry<V> entry = entries.get(question);
            if (entry != null && System.nanoTime() - entry.read() < nanos) {
                return entry.answer();
            }
            writesBefore = writes;
        }
        long now = System.nanoTime();
        V answer = reading.get();
        synchronized (this) {
            // What a write of one's own has overtaken is not kept: that would be another fault.
            if (writesBefore == writes && worthwhile.test(answer)) {
                entries.put(question, new Entry<>(answer, now));
            }
        }
        return answer;
    }

    synchronized void written() {
        writes++;
        entries.clear();
    }
}
