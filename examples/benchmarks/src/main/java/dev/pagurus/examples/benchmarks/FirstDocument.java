package dev.pagurus.examples.benchmarks;

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
        Program.Said said = new Program(FirstDocument.class, List.of())
                .run(library.name(), place.engine().name(), place.root(), place.name());
        if (!said.line().equals(WRITTEN)) {
            throw new IllegalStateException(library + " wrote no first document.");
        }
        return new Figures(TimeUnit.SECONDS.toMicros(1) / said.micros(), said.micros(), said.micros(), said.micros());
    }
}
