package dev.pagurus.examples.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A program that opens a place where nothing is yet, writes one document and says so. */
final class FirstDocument {

    private static final String WRITTEN = "written";

    private FirstDocument() {}

    public static void main(String[] arguments) {
        Place place = new Place(Engine.valueOf(arguments[1]), arguments[2], arguments[3]);
        try (Side side = Library.valueOf(arguments[0]).open(place)) {
            side.put(new Items(Work.OPEN.body).any(Items.key(0), new SplittableRandom(0)));
            System.out.println(WRITTEN);
        }
    }

    /** Measures from the start of a new JVM until it has said so. */
    static Figures run(Library library, Place place) {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                "-classpath",
                System.getProperty("java.class.path"),
                FirstDocument.class.getName(),
                library.name(),
                place.engine().name(),
                place.root(),
                place.name()));
        if (Runtime.version().feature() >= 22) {
            command.add(1, "--enable-native-access=ALL-UNNAMED");
        }
        try {
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String said = process.inputReader().readLine();
            double micros = (System.nanoTime() - start) / 1000.0;
            if (process.waitFor() != 0 || !WRITTEN.equals(said)) {
                throw new IllegalStateException(library + " wrote no first document.");
            }
            return new Figures(TimeUnit.SECONDS.toMicros(1) / micros, micros, micros);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
