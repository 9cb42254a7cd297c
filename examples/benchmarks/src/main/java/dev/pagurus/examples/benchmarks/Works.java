package dev.pagurus.examples.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.ThreadParams;

/** What is measured, each work written once for all sides. JMH runs it in a JVM of its own, as {@link Fork} says. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@SuppressWarnings("NullAway.Init") // JMH fills the parameters and calls open().
public class Works {

    @Param
    Library library;

    @Param
    Engine engine;

    /** Root and name of the {@link Place}. */
    @Param("")
    String root;

    @Param("")
    String name;

    /** How many documents there are, or how many are to be inserted. */
    @Param("0")
    int documents;

    /** How long their JSON is. */
    @Param("0")
    int body;

    /** How many writes are made at a time by {@link Library#LIMIT}. */
    @Param("1")
    int batch;

    private Side side;
    private Items items;
    private String[] keys;

    @Setup
    public void open() {
        side = library.open(new Place(engine, root, name));
        items = new Items(body);
        keys = new String[documents];
        for (int i = 0; i < documents; i++) {
            keys[i] = Items.key(i);
        }
    }

    @TearDown
    public void close() {
        side.close();
    }

    @Benchmark
    public Object put(Caller caller) {
        return side.put(items.any(keys[caller.any(documents)], caller.random));
    }

    @Benchmark
    public Object putMany(Caller caller) {
        List<Item> many = new ArrayList<>();
        for (int i = 0; i < batch; i++) {
            many.add(items.any(keys[caller.oneOfPart(i, batch, documents)], caller.random));
        }
        return ((JdbcSide) side).batches().put(many);
    }

    @Benchmark
    public Object replaceMany(Caller caller, Versions known) {
        List<JdbcBatches.Expected> many = new ArrayList<>();
        int[] ones = new int[batch];
        for (int i = 0; i < batch; i++) {
            ones[i] = caller.oneOfPart(i, batch, known.versions.length);
            many.add(new JdbcBatches.Expected(known.versions[ones[i]], items.any(keys[ones[i]], caller.random)));
        }
        List<Long> versions = ((JdbcSide) side).batches().replace(many);
        for (int i = 0; i < batch; i++) {
            known.versions[ones[i]] = versions.get(i);
        }
        return known;
    }

    @Benchmark
    public Object get(Caller caller) {
        return side.get(keys[caller.any(documents)]);
    }

    @Benchmark
    public Object replace(Caller caller, Versions known) {
        int one = caller.own(known.versions.length);
        known.versions[one] = side.replace(known.versions[one], items.any(keys[one], caller.random));
        return known;
    }

    @Benchmark
    public Object page(Caller caller) {
        return side.page(Items.anyStatus(caller.random), Items.anyDue(caller.random));
    }

    /** A page that is found by the cursor of the one before; always the same one. */
    @Benchmark
    public Object pageByCursor(Cursor cursor) {
        return ((PagurusSide) side).pageAfter(cursor.before);
    }

    @Benchmark
    public void updateAll() {
        if (side.updateAll(Item::later) != documents) {
            throw new IllegalStateException("Not all documents were changed.");
        }
    }

    @Benchmark
    public Object readOn() {
        return ((PagurusSide) side).readOn();
    }

    @Benchmark
    public void countAll() {
        ((PagurusSide) side).countAll(documents);
    }

    /** What is claimed goes behind all others, so that there is always work. */
    @Benchmark
    public void claim() {
        claim(1);
    }

    @Benchmark
    public void claimTen() {
        claim(10);
    }

    private void claim(int most) {
        if (side.claim(most) != most) {
            throw new IllegalStateException("There was not enough work.");
        }
    }

    @Benchmark
    public void insertAll() {
        side.insertAll(items.first(documents));
    }

    /** One thread's random numbers and share of the documents. */
    @State(Scope.Thread)
    @SuppressWarnings("NullAway.Init") // JMH calls number().
    public static class Caller {

        private SplittableRandom random;
        private int first;
        private int step;

        @Setup
        public void number(ThreadParams threads) {
            first = threads.getThreadIndex();
            step = threads.getThreadCount();
            // Another start in each fork: one that writes what is there already would be spared the index.
            random = new SplittableRandom(System.nanoTime() + first);
        }

        private int any(int bound) {
            return random.nextInt(bound);
        }

        /** Returns one of a part of many, so that those of all parts differ. */
        private int oneOfPart(int part, int parts, int bound) {
            int size = bound / parts;
            return part * size + random.nextInt(size);
        }

        /** Returns one that no other thread returns. */
        private int own(int bound) {
            return first + step * random.nextInt((bound - first + step - 1) / step);
        }
    }

    /** The versions that the documents have, for those to be replaced. */
    @State(Scope.Benchmark)
    @SuppressWarnings("NullAway.Init") // JMH calls read().
    public static class Versions {

        /** Few enough that to read their versions takes no time. */
        private static final int MOST = 5_000;

        private long[] versions;

        @Setup
        public void read(Works works) {
            versions = new long[Math.min(MOST, works.documents)];
            for (int i = 0; i < versions.length; i++) {
                versions[i] = works.side.get(works.keys[i]).version();
            }
        }
    }

    /** Where a page starts. */
    @State(Scope.Benchmark)
    public static class Cursor {

        /** The first page has number 1. */
        @Param("1")
        int page;

        private @Nullable String before;

        @Setup
        public void turn(Works works) {
            before = ((PagurusSide) works.side).cursorBefore(page);
        }
    }
}
