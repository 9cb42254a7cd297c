package dev.pagurus.examples.benchmarks;

import dev.pagurus.store.CopyOptions;
import dev.pagurus.store.CopyProgress;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A program that fills an empty place with documents that have two indexes: from a place that has them, or by inserting
 * them.
 *
 * @param whole how fast that was
 * @param alone how fast a copy was before it was compared with its source
 */
record WholeCopy(Figures whole, Figures alone) {

    public static void main(String[] arguments) {
        Place target = place(arguments, 1);
        if (arguments.length > 4) {
            copy(place(arguments, 4), target);
        } else {
            insert(Integer.parseInt(arguments[0]), target);
        }
    }

    private static void copy(Place source, Place target) {
        AtomicLong compared = new AtomicLong();
        long start = System.nanoTime();
        CopyOptions options = CopyOptions.DEFAULT.withProgress(progress -> {
            if (progress.step() == CopyProgress.Step.COMPARING) {
                compared.compareAndSet(0, System.nanoTime() - progress.elapsed().toNanos());
            }
        });
        Stores.copy(StoreConfig.of(source.pagurusUrl()), StoreConfig.of(target.pagurusUrl()), options);
        System.out.println((System.nanoTime() - start) + " " + (compared.get() - start));
    }

    private static void insert(int documents, Place target) {
        try (Side side = new PagurusSide(target, Item.COPIED)) {
            long start = System.nanoTime();
            side.insertAll(new Items(Work.COPY.body).first(documents));
            long nanos = System.nanoTime() - start;
            System.out.println(nanos + " " + nanos);
        }
    }

    private static Place place(String[] arguments, int first) {
        return new Place(Engine.valueOf(arguments[first]), arguments[first + 1], arguments[first + 2]);
    }

    /**
     * Runs it once in a new JVM.
     *
     * @param places the target, and the source if there is one
     */
    static WholeCopy run(int documents, Place... places) {
        List<String> arguments = new ArrayList<>(List.of(String.valueOf(documents)));
        for (Place place : places) {
            arguments.addAll(List.of(place.engine().name(), place.root(), place.name()));
        }
        Program program = new Program(WholeCopy.class, List.of("-Xms1g", "-Xmx1g"));
        String line = program.run(arguments.toArray(String[]::new)).line();
        double[] nanos = Arrays.stream(line.split(" ", 2))
                .mapToDouble(Double::parseDouble)
                .toArray();
        return new WholeCopy(figures(documents, nanos[0]), figures(documents, nanos[1]));
    }

    private static Figures figures(int documents, double nanos) {
        return new Figures(
                documents * (double) TimeUnit.SECONDS.toNanos(1) / nanos, nanos / 1000, nanos / 1000, nanos / 1000);
    }
}
