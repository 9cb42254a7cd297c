package dev.pagurus.examples.benchmarks;

import dev.pagurus.examples.benchmarks.Comparison.Measure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Runs the benchmarks and writes target/benchmarks.json, .md and .svg, or adds to a file of earlier runs and writes it and its
 * page anew. Arguments: quick or long, or report to measure nothing; then what of it, as {@link Plan} says.
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
        Path file = plan.into().orElse(TARGET.resolve("benchmarks.json"));
        // Read before anything is measured: it would be a pity to have nowhere to add it to.
        List<Row> before = plan.into().isPresent() ? Rows.read(file) : List.of();
        if (plan.isReport()) {
            new Report(Rows.merged(before, List.of())).write(file);
            return;
        }
        Part part = Part.now(plan);
        List<Row> rows = new ArrayList<>();
        System.out.println("About " + (plan.estimate().toMinutes() + 1) + " minutes.\n" + Report.HEAD);
        try (Places places = new Places(plan, TARGET.resolve("benchmarks"))) {
            Benchmarks benchmarks = new Benchmarks(plan, places);
            for (Cell cell : plan.cells()) {
                if (cell.virtual() && !Java25.isThere()) {
                    System.out.println(cell + ": left out, for there is no Java 25.");
                    continue;
                }
                benchmarks.measure(cell, comparison -> {
                    Row row = new Row(comparison, plan.documents(cell.work()), part);
                    System.out.println(Report.line(row));
                    rows.add(row);
                });
                // After each cell: what was measured stays, whatever becomes of the rest.
                new Report(Rows.merged(before, rows)).write(file);
            }
        }
        System.out.println("Written: " + file + ", .md and .svg");
    }

    private void measure(Cell cell, Consumer<Comparison> measured) {
        if (cell.work().isShapes()) {
            System.out.println("\n" + Report.SHAPES_HEAD);
            new ShapeRun(plan, cell, places.shapes(cell)).run(measured);
        } else {
            measure(cell).forEach(measured);
        }
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
            ours.add(once(cell, cell.work().ours()));
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
            later.add(fork.run(cell, Library.PAGURUS, place, Plan.laterPage(plan.documents(cell.work()))));
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
