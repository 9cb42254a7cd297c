package dev.pagurus.examples.jobs;

import dev.pagurus.store.CollectionSummary;
import dev.pagurus.store.ConfigurationException;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.StoreException;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The command line: what people do with a queue, whatever application it is of. */
public final class Main {

    static final String USAGE = """
            java -jar jobs.jar [--store URL] COMMAND

              status        how many jobs there are, what is stuck and why, what is dead
              retry ID      has a job tried at once that is dead, cancelled, or waits
              cancel ID     ends a job that is open
              pause KIND    has no job of a kind begun
              resume KIND   ends that
              page [PORT]   shows it on http://localhost:PORT/, 8081 if none is given
              demo          10,000 jobs, two processes, one of which is killed

            The store is the one of --store, or of the environment variable DATABASE_URL, which is the
            place for one with a password: sqlite:app.db, postgres://user:password@host:5432/db
            """;

    private static final int DONE = 0;
    private static final int REFUSED = 1;
    private static final int WRONG = 2;
    private static final int UNREACHABLE = 3;

    private static final int PORT = 8081;

    private Main() {}

    /** Runs one command. */
    public static void main(String[] args) throws Exception {
        int code = run(List.of(args), System.getenv(), System.out, System.err);
        if (code != DONE) {
            System.exit(code);
        }
    }

    static int run(List<String> args, Map<String, String> environment, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        List<String> left = new ArrayList<>(args);
        String url = environment.getOrDefault("DATABASE_URL", "sqlite:jobs.db");
        if (left.size() > 1 && left.get(0).equals("--store")) {
            url = left.get(1);
            left = left.subList(2, left.size());
        }
        String command = left.isEmpty() ? "" : left.get(0);
        try {
            if (command.equals("demo")) {
                return Demo.run(url, left.subList(1, left.size()), out) ? DONE : REFUSED;
            }
            boolean known = left.size() == (command.equals("status") ? 1 : 2) || command.equals("page");
            if (!known
                    || !List.of("status", "retry", "cancel", "pause", "resume", "page")
                            .contains(command)) {
                err.print(USAGE);
                return WRONG;
            }
            requireThere(StoreConfig.of(url));
            try (Store store = Stores.open(url)) {
                if (store.summaries().stream().map(CollectionSummary::name).noneMatch(Job.SCHEMA.name()::equals)) {
                    err.println("There are no jobs in this store. Name the one that your application uses.");
                    return WRONG;
                }
                return run(command, left, new Jobs(store), out, err);
            }
        } catch (ConfigurationException | NumberFormatException e) {
            err.println(e.getMessage());
            return WRONG;
        } catch (UnavailableException e) {
            err.println(e.getMessage());
            return UNREACHABLE;
        } catch (IllegalStateException | StoreException e) {
            err.println(e.getMessage());
            return REFUSED;
        }
    }

    /** What is only looked at is not made by mistake. */
    private static void requireThere(StoreConfig config) {
        if (config.scheme().equals("sqlite") && !Files.exists(Path.of(StoreConfig.decode(config.address())))) {
            throw new ConfigurationException(
                    "There is no file " + config.redactedUrl() + ". Name the store that your application uses.");
        }
    }

    private static int run(String command, List<String> args, Jobs jobs, PrintStream out, PrintStream err)
            throws IOException, InterruptedException {
        String which = args.size() > 1 ? args.get(1) : String.valueOf(PORT);
        switch (command) {
            case "status" -> print(jobs.overview(), out);
            case "page" -> {
                try (Page page = Page.start(jobs, Integer.parseInt(which))) {
                    out.println("The jobs are shown on " + page.address());
                    Thread.currentThread().join();
                }
            }
            case "pause" -> jobs.pause(which);
            case "resume" -> {
                if (!jobs.resume(which)) {
                    err.println("That kind is not paused.");
                    return REFUSED;
                }
            }
            default -> {
                if (!(command.equals("retry") ? jobs.retry(which) : jobs.cancel(which))) {
                    String now = jobs.get(which).map(job -> "is " + job.state()).orElse("is not there");
                    err.println("Nothing was changed: that job " + now + ".");
                    return REFUSED;
                }
            }
        }
        return DONE;
    }

    private static void print(Overview overview, PrintStream out) {
        overview.counts().forEach((state, count) -> out.printf(Locale.ROOT, "%-10s%d%n", state, count));
        overview.paused().forEach((kind, since) -> out.println("PAUSED    " + shown(kind) + " since " + since));
        overview.stuck().forEach(line -> print("STUCK     ", line, out));
        overview.dead().forEach(line -> print("DEAD      ", line, out));
    }

    private static void print(String what, Overview.Line line, PrintStream out) {
        out.println(what + shown(line.id()) + " of kind " + shown(line.kind()) + " since " + line.since() + ", "
                + line.why()
                + (line.error() == null ? "" : "; last error: " + shown(Objects.requireNonNull(line.error()))));
    }

    /** A message may hold anything; on a terminal it must not do anything. */
    private static String shown(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
