package dev.pagurus.examples.benchmarks.tenants;

import dev.pagurus.examples.benchmarks.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * Measures a store for each tenant beside one store in which the tenant is a field, by turns, and prints a table. Argument:
 * quick, which shows that it works, or long, which takes some minutes.
 */
public final class ManyTenants {

    private final Amounts amounts;

    private ManyTenants(Amounts amounts) {
        this.amounts = amounts;
    }

    /** How much is measured. */
    record Amounts(int tenants, int documents, int threads, int rounds, int millis) {
        static final Amounts QUICK = new Amounts(20, 5, 4, 1, 100);
        static final Amounts LONG = new Amounts(1_000, 100, 32, 5, 3_000);
    }

    /** One line of the table. */
    record Line(String engine, String what, double stores, double field) {}

    /** Starts it. */
    public static void main(String[] arguments) throws Exception {
        print(run(arguments.length > 0 && arguments[0].equals("long") ? Amounts.LONG : Amounts.QUICK));
    }

    static List<Line> run(Amounts amounts) throws Exception {
        Path folder = Files.createTempDirectory("pagurus-tenants");
        ManyTenants all = new ManyTenants(amounts);
        try (Server server = new Server()) {
            String url = "postgres://postgres@" + server.address() + "/postgres?schema=";
            List<Line> lines = new ArrayList<>(all.compared(
                    "sqlite",
                    Home.ofStores(tenant -> "sqlite:" + folder.resolve(Letter.name(tenant) + ".db"), amounts.tenants()),
                    Home.ofOne("sqlite:" + folder.resolve("all.db"))));
            lines.addAll(all.compared(
                    "postgres",
                    Home.ofStores(tenant -> url + Letter.name(tenant) + "&pool.shared=true", amounts.tenants()),
                    Home.ofOne(url + "of_all")));
            return lines;
        } finally {
            delete(folder);
        }
    }

    private List<Line> compared(String engine, Home stores, Home field) throws Exception {
        try (stores;
                field) {
            for (int tenant = 0; tenant < amounts.tenants(); tenant++) {
                stores.fill(tenant, amounts.documents());
                field.fill(tenant, amounts.documents());
            }
            List<Line> lines = new ArrayList<>();
            lines.add(new Line(engine, "open, µs", stores.openMicros(), field.openMicros()));
            for (Demand demand : Demand.values()) {
                for (boolean puts : new boolean[] {true, false}) {
                    double[] sums = new double[2];
                    // By turns, so that what else the machine does falls on both; the first round is for warming up.
                    for (int round = 0; round <= amounts.rounds(); round++) {
                        double ofStores = perSecond(stores, demand, puts);
                        double ofField = perSecond(field, demand, puts);
                        sums[0] += round == 0 ? 0 : ofStores;
                        sums[1] += round == 0 ? 0 : ofField;
                    }
                    lines.add(new Line(
                            engine,
                            (puts ? "put" : "get") + ", " + demand.name().toLowerCase(Locale.ROOT) + ", a second",
                            sums[0] / amounts.rounds(),
                            sums[1] / amounts.rounds()));
                }
            }
            return lines;
        }
    }

    private double perSecond(Home home, Demand demand, boolean puts) throws Exception {
        double[] sums = demand.sums(amounts.tenants());
        ExecutorService threads = Executors.newFixedThreadPool(amounts.threads());
        try {
            long started = System.nanoTime();
            long end = started + amounts.millis() * 1_000_000L;
            List<Callable<Long>> callers = new ArrayList<>();
            for (int i = 0; i < amounts.threads(); i++) {
                SplittableRandom random = new SplittableRandom(started + i);
                callers.add(() -> calls(home, sums, puts, random, end));
            }
            long calls = 0;
            for (Future<Long> caller : threads.invokeAll(callers)) {
                calls += caller.get();
            }
            return calls * 1e9 / (System.nanoTime() - started);
        } finally {
            threads.shutdownNow();
        }
    }

    private long calls(Home home, double[] sums, boolean puts, SplittableRandom random, long end) {
        long calls = 0;
        for (; System.nanoTime() < end; calls++) {
            int tenant = Demand.next(sums, random);
            int number = random.nextInt(amounts.documents());
            if (puts) {
                home.put(tenant, number, random);
            } else {
                home.get(tenant, number);
            }
        }
        return calls;
    }

    private static void print(List<Line> lines) {
        System.out.println("| engine | what | a store each | one store | ratio |\n|---|---|---|---|---|");
        for (Line line : lines) {
            System.out.printf(
                    Locale.ROOT,
                    "| %s | %s | %,.0f | %,.0f | %.2f |%n",
                    line.engine(),
                    line.what(),
                    line.stores(),
                    line.field(),
                    line.stores() / line.field());
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
