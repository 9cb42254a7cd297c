package dev.pagurus.store.tck.report;

import dev.pagurus.store.Capability;
import dev.pagurus.store.Store;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.StoreTck;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.watch.ClauseResult;
import dev.pagurus.store.tck.watch.Unproved;
import java.io.IOException;
import java.lang.reflect.Method;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Collects how the tests of one {@link StoreTck} went, and judges. A clause has passed when every one of its tests has, but
 * for those that do not apply to the store; one that was filtered out leaves it NOT RUN. Safe for use by several threads.
 */
public final class ContractReport {

    /** More of the same kind would not be read. */
    private static final int MAX_PROBLEMS = 10;

    private final Class<?> kit;
    private final String testClass;
    private final Set<Method> passed = ConcurrentHashMap.newKeySet();
    private final Map<Method, Unproved> unproved = new ConcurrentHashMap<>();
    private final Map<Clause, Set<String>> broken = new EnumMap<>(Clause.class);
    private final Set<String> problems = new LinkedHashSet<>();
    private final Set<String> stale = new LinkedHashSet<>();
    private volatile Waivers waivers = Waivers.NONE;
    private volatile @Nullable String store;
    private volatile @Nullable String engine;
    private volatile Set<Capability> capabilities = Set.of();
    /** Names, and when they began; one that is over stays until another begins. */
    private final Map<String, String> running = new LinkedHashMap<>();

    private @Nullable String over;
    private Report.@Nullable Running written;
    private @Nullable Map<Clause, List<Method>> tests;

    public ContractReport(Class<?> kit, String testClass) {
        this.kit = kit;
        this.testClass = testClass;
    }

    public void store(String name) {
        store = name;
    }

    public void waivers(Waivers accepted) {
        waivers = accepted;
    }

    public void reached(Store open) {
        if (engine == null) {
            capabilities = open.capabilities();
            engine = open.health().engine();
        }
    }

    /** Returns why a clause may fail, or null if it may not. */
    @Nullable
    public String waiver(Clause clause) {
        return waivers.reason(clause);
    }

    /** Notes that a test begins. */
    public synchronized void begun(String test) {
        running.remove(over);
        over = null;
        running.put(test, Instant.now().toString());
    }

    /** Notes that a test is over. */
    public synchronized void ended(String test) {
        if (running.size() > 1) {
            running.remove(test);
        } else {
            over = test;
        }
    }

    /** Returns what runs, or ran last; the first of several is what hangs, if one does. */
    synchronized Report.@Nullable Running running() {
        return running.isEmpty()
                ? null
                : new Report.Running(
                        String.join(" and ", running.keySet()),
                        running.values().iterator().next());
    }

    public void passed(Method test) {
        passed.add(test);
    }

    public void unproved(Method test, Unproved why) {
        unproved.put(test, why);
    }

    public synchronized void failed(Method test, String failure) {
        Proves proves = test.getAnnotation(Proves.class);
        if (proves == null) {
            problem(failure);
        } else {
            broken(proves.value(), failure);
        }
    }

    public synchronized void broken(Clause clause, String failure) {
        broken.computeIfAbsent(clause, none -> new LinkedHashSet<>()).add(failure);
    }

    synchronized boolean isBroken(Clause clause) {
        return broken.containsKey(clause);
    }

    /** Notes a failure outside of any test, such as a server that could not be started. */
    public synchronized void problem(String failure) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(failure);
        }
    }

    /** Returns the waivers whose clauses pass, or do not apply. */
    public synchronized Set<String> staleWaivers() {
        for (Clause clause : waivers.clauses()) {
            ClauseResult result = result(clause, tests().getOrDefault(clause, List.of()));
            if (result == ClauseResult.PASSED || result == ClauseResult.NOT_APPLICABLE) {
                stale.add(clause + " is waived (" + waivers.reason(clause) + "), but " + result
                        + ". Remove its line from the file of waivers.");
            }
        }
        return Set.copyOf(stale);
    }

    private Map<Clause, List<Method>> tests() {
        Map<Clause, List<Method>> found = tests == null ? ClauseTests.of(kit) : tests;
        tests = found;
        return found;
    }

    synchronized Report report() {
        return report(null);
    }

    private Report report(Report.@Nullable Running unfinished) {
        List<Report.Line> lines = new ArrayList<>();
        Map<Clause, ClauseResult> results = new TreeMap<>();
        tests().forEach((clause, proving) -> {
            ClauseResult result = result(clause, proving);
            results.put(clause, result);
            lines.add(line(clause, proving, result));
        });
        List<String> said = new ArrayList<>(problems);
        said.addAll(stale);
        return new Report(
                store == null ? testClass.substring(testClass.lastIndexOf('.') + 1) : String.valueOf(store),
                testClass,
                engine == null ? "never reached" : String.valueOf(engine),
                capabilities.stream().sorted().map(Enum::name).toList(),
                verdict(results, unfinished != null),
                unfinished,
                said,
                lines);
    }

    /** Writes the report as JSON for programs and as a page for people. */
    public void write() throws IOException {
        ReportFiles.write(report());
    }

    /** Writes what is known until now, once for each test. */
    void writeSoFar() throws IOException {
        Report soFar;
        synchronized (this) {
            Report.Running now = running();
            if (now == null || now.equals(written) || store == null) {
                return;
            }
            written = now;
            soFar = report(now);
        }
        ReportFiles.write(soFar);
    }

    private ClauseResult result(Clause clause, List<Method> tests) {
        if (broken.containsKey(clause)) {
            return waivers.reason(clause) == null ? ClauseResult.FAILED : ClauseResult.WAIVED;
        }
        if (tests.isEmpty() || !tests.stream().allMatch(test -> passed.contains(test) || isNotApplicable(test))) {
            return ClauseResult.NOT_RUN;
        }
        return tests.stream().allMatch(this::isNotApplicable) ? ClauseResult.NOT_APPLICABLE : ClauseResult.PASSED;
    }

    private Report.Line line(Clause clause, List<Method> tests, ClauseResult result) {
        boolean failed = broken.containsKey(clause);
        return new Report.Line(
                clause.name(),
                clause.level(),
                clause.sentence(),
                result.toString(),
                failed ? waivers.reason(clause) : null,
                failed
                        ? List.of()
                        : tests.stream()
                                .filter(this::hasNotRun)
                                .map(this::shown)
                                .toList(),
                tests.stream().filter(this::isNotApplicable).map(this::shown).toList(),
                failed ? String.join("\n\n", broken.getOrDefault(clause, Set.of())) : null);
    }

    /** One broken clause is enough to know; short of that, what has not run is not known. */
    private String verdict(Map<Clause, ClauseResult> results, boolean unfinished) {
        boolean isBroken = results.entrySet().stream()
                .anyMatch(line ->
                        line.getValue() == ClauseResult.FAILED && line.getKey().level() == Clause.Level.MUST);
        if (isBroken || !problems.isEmpty()) {
            return "NOT CONFORMANT";
        }
        if (unfinished) {
            return "UNFINISHED";
        }
        if (results.containsValue(ClauseResult.NOT_RUN)) {
            return "PARTIAL";
        }
        String waived = results.entrySet().stream()
                .filter(line -> line.getValue() == ClauseResult.WAIVED)
                .map(line -> line.getKey().name())
                .collect(Collectors.joining(", "));
        return waived.isEmpty() ? "CONFORMANT" : "CONFORMANT EXCEPT " + waived;
    }

    private boolean isNotApplicable(Method test) {
        Unproved why = unproved.get(test);
        return why != null && why.result() == ClauseResult.NOT_APPLICABLE;
    }

    private boolean hasNotRun(Method test) {
        return !passed.contains(test) && !isNotApplicable(test);
    }

    private String shown(Method test) {
        Unproved why = unproved.get(test);
        return test.getName() + (why == null ? "" : " (" + why.getMessage() + ")");
    }
}
