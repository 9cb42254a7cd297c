package dev.pagurus.examples.benchmarks.layouts;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** One layout on one engine, and what is measured of it, in this order: what comes later finds what was before. */
final class Trial implements AutoCloseable {

    private static final int THREADS = 32;
    private static final int IN_TRANSACTION = 100;
    private static final int PAGE = 500;
    private static final int STEP = 500;
    private static final int BATCH = 1_000;

    private final Changed changed;
    private final Amounts amounts;
    private final boolean isOne;
    private final List<Statements> statements = new ArrayList<>();
    private final ReentrantLock turn = new ReentrantLock(true);
    private int next;

    Trial(Connections connections, Layout layout, Amounts amounts) throws SQLException {
        this.changed = connections.changed(layout);
        this.amounts = amounts;
        this.isOne = connections.isOne();
        for (int i = 0; i < (isOne ? 1 : THREADS); i++) {
            statements.add(new Statements(connections.open(layout)));
        }
        one().connection().setAutoCommit(true);
        changed.create(one());
        for (Statements each : statements) {
            each.connection().setAutoCommit(false);
        }
        next = amounts.documents();
        inBatches(IntStream.range(0, amounts.documents()).toArray());
    }

    /** A thing that is measured. */
    record Part(String what, String unit, int times, Work work) {
        static final List<Part> ALL = List.of(
                new Part("put, 1 thread", "a second", 5, trial -> trial.puts(1, 1)),
                new Part("put, 32 threads", "a second", 5, trial -> trial.puts(THREADS, 1)),
                new Part("transactions of 100 puts", "a second", 5, trial -> trial.puts(1, IN_TRANSACTION)),
                new Part("bulk insert", "documents a second", 5, Trial::bulk),
                new Part("overwriting at random, in transactions of 1,000", "documents a second", 1, Trial::overwrite),
                new Part("size afterwards", "MiB", 1, Trial::size),
                new Part("a new reader reads what is shown", "seconds", 1, Trial::readAll),
                new Part("of it, each change", "microseconds", 1, Trial::readEach),
                new Part("deleteAll", "milliseconds", 1, Trial::deleteAll),
                new Part("forgetting all that can be", "seconds", 1, Trial::forgetAll));
    }

    /** Returns the figure. */
    interface Work {
        double of(Trial trial) throws SQLException;
    }

    private Statements one() {
        return statements.get(0);
    }

    private double puts(int threads, int inTransaction) {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            long started = System.nanoTime();
            long end = started + amounts.sliceMillis() * 1_000_000;
            List<Callable<Long>> writers = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                Statements by = statements.get(isOne ? 0 : i);
                // Of its own documents: who waits for another's row measures that.
                int residue = i;
                writers.add(() -> write(by, threads, residue, inTransaction, end));
            }
            long count = 0;
            for (Future<Long> writer : executor.invokeAll(writers)) {
                count += writer.get();
            }
            return count / seconds(started);
        } catch (Exception e) {
            throw new IllegalStateException("A writer failed.", e);
        } finally {
            executor.shutdownNow();
        }
    }

    private long write(Statements by, int threads, int residue, int inTransaction, long end) throws SQLException {
        Random random = new Random(residue);
        long transactions = 0;
        while (System.nanoTime() < end) {
            List<Doc> docs = random.ints(inTransaction, 0, amounts.documents() / threads)
                    .mapToObj(number -> Doc.of(number * threads + residue, random))
                    .toList();
            if (isOne) {
                turn.lock();
            }
            try {
                for (Doc doc : docs) {
                    changed.put(by, doc);
                }
                by.connection().commit();
            } finally {
                if (isOne) {
                    turn.unlock();
                }
            }
            transactions++;
        }
        return transactions;
    }

    private double bulk() throws SQLException {
        long started = System.nanoTime();
        inBatches(IntStream.range(next, next + amounts.bulk()).toArray());
        next += amounts.bulk();
        return amounts.bulk() / seconds(started);
    }

    private double overwrite() throws SQLException {
        long started = System.nanoTime();
        inBatches(
                new Random(1).ints(amounts.overwrites(), 0, amounts.documents()).toArray());
        return amounts.overwrites() / seconds(started);
    }

    /** One document twice in a batch is left out: a statement that writes it twice is refused. */
    private void inBatches(int[] numbers) throws SQLException {
        Random random = new Random(2);
        for (int from = 0; from < numbers.length; from += BATCH) {
            List<Doc> docs = IntStream.range(from, Math.min(numbers.length, from + BATCH))
                    .map(i -> numbers[i])
                    .distinct()
                    .mapToObj(number -> Doc.of(number, random))
                    .toList();
            changed.putMany(one(), docs);
            one().connection().commit();
        }
    }

    private double size() throws SQLException {
        one().connection().setAutoCommit(true);
        double size = changed.size(one()) / 1024.0 / 1024;
        one().connection().setAutoCommit(false);
        return size;
    }

    private double readAll() throws SQLException {
        long started = System.nanoTime();
        read();
        return seconds(started);
    }

    private double readEach() throws SQLException {
        long started = System.nanoTime();
        long read = read();
        return 1_000_000 * seconds(started) / read;
    }

    private long read() throws SQLException {
        long read = 0;
        Changed.Place place = Changed.Place.START;
        int there;
        do {
            Changed.Page page = changed.read(one(), place, PAGE);
            one().connection().commit();
            there = page.changes();
            read += there;
            place = page.last();
        } while (there == PAGE);
        return read;
    }

    private double deleteAll() throws SQLException {
        long started = System.nanoTime();
        changed.deleteAll(one());
        one().connection().commit();
        return 1_000 * seconds(started);
    }

    private double forgetAll() throws SQLException {
        long started = System.nanoTime();
        Changed.Place place = Changed.Place.START;
        int there;
        do {
            Changed.Page page = changed.forget(one(), place, Changed.Place.END, STEP);
            one().connection().commit();
            there = page.changes();
            place = page.last();
        } while (there == STEP);
        return seconds(started);
    }

    private static double seconds(long started) {
        return (System.nanoTime() - started) / 1e9;
    }

    @Override
    public void close() throws SQLException {
        for (Statements each : statements) {
            each.close();
        }
    }
}
