package dev.pagurus.examples.benchmarks;

import dev.pagurus.examples.benchmarks.Comparison.Measure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs the benchmarks and writes target/benchmarks.json, .md and .svg. Arguments: quick or long, then what of it, as
 * {@link Plan} says.
 */
public final class Benchmarks {

    private static final Path TARGET = Path.of("target");

    private final Plan plan;
    private final Places places;
    private final Fork fork;

    private Benchmarks(Plan plan, Places places) {
        this.plan = plan;
        this.places = places;
        this.fork = new Fork(plan);
    }

    public static void main(String[] arguments) throws IOException {
        Plan plan = Plan.of(arguments);
        List<Comparison> comparisons = new ArrayList<>();
        System.out.println("About " + (plan.estimate().toMinutes() + 1) + " minutes.\n" + Report.HEAD);
        try (Places places = new Places(plan, TARGET.resolve("benchmarks"))) {
            Benchmarks benchmarks = new Benchmarks(plan, places);
            for (Cell cell : plan.cells()) {
                if (cell.virtual() && !Java25.isThere()) {
                    System.out.println(cell + ": left out, for there is no Java 25.");
                    continue;
                }
                List<Comparison> measured = benchmarks.measure(cell);
                measured.forEach(comparison -> System.out.println(Report.line(comparison, plan)));
                comparisons.addAll(measured);
            }
        }
        new Report(plan, comparisons).write(TARGET);
    }

    private List<Comparison> measure(Cell cell) {
        if (cell.work() == Work.LATER_PAGE) {
            return laterPage(cell);
        }
        if (cell.work() == Work.COPY) {
            return copy(cell);
        }
        List<Library> against = plan.against(cell);
        List<Figures> ours = new ArrayList<>();
        List<List<Figures>> theirs = new ArrayList<>();
        against.forEach(library -> theirs.add(new ArrayList<>()));
        for (int pair = 0; pair < plan.pairs(); pair++) {
            ours.add(once(cell, Library.PAGURUS));
            for (int i = 0; i < against.size(); i++) {
                theirs.get(i).add(once(cell, against.get(i)));
            }
        }
        List<Comparison> comparisons = new ArrayList<>();
        for (int i = 0; i < against.size(); i++) {
            for (Measure measure : measures(cell, against.get(i))) {
                comparisons.add(new Comparison(cell, measure, against.get(i).toString(), ours, theirs.get(i)));
            }
        }
        return comparisons;
    }

    private static List<Measure> measures(Cell cell, Library against) {
        if (cell.work() == Work.OPEN) {
            return List.of(Measure.TIME);
        }
        return cell.work() == Work.PUT && cell.threads() == 32 && against == Library.JDBC
                ? List.of(Measure.OPS, Measure.P99, Measure.P999)
                : List.of(Measure.OPS);
    }

    private Figures once(Cell cell, Library library) {
        Place place = places.of(cell, library);
        return cell.work() == Work.OPEN ? FirstDocument.run(library, place) : fork.run(cell, library, place, 1);
    }

    private List<Comparison> laterPage(Cell cell) {
        List<Figures> later = new ArrayList<>();
        List<Figures> first = new ArrayList<>();
        for (int pair = 0; pair < plan.pairs(); pair++) {
            Place place = places.of(cell, Library.PAGURUS);
            later.add(fork.run(cell, Library.PAGURUS, place, plan.laterPage()));
            first.add(fork.run(cell, Library.PAGURUS, place, 1));
        }
        return List.of(new Comparison(cell, Measure.TIME, Comparison.FIRST_PAGE, later, first));
    }

    private List<Comparison> copy(Cell cell) {
        List<Figures> whole = new ArrayList<>();
        List<Figures> alone = new ArrayList<>();
        List<Figures> inserted = new ArrayList<>();
        int documents = plan.documents(cell.work());
        for (int pair = 0; pair < plan.pairs(); pair++) {
            Place source = places.source(cell.engine().other());
            WholeCopy copy = WholeCopy.run(documents, places.of(cell, Library.PAGURUS), source);
            whole.add(copy.whole());
            alone.add(copy.alone());
            inserted.add(
                    WholeCopy.run(documents, places.of(cell, Library.PAGURUS)).whole());
        }
        return List.of(
                new Comparison(cell, Measure.OPS, Comparison.BULK_INSERT, alone, inserted),
                new Comparison(cell, Measure.TIME, Comparison.COPY_ALONE, whole, alone));
    }
}
