package dev.pagurus.store.postgres.image;

import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.platform.engine.DiscoverySelector;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs tests in a JVM of its own. */
public final class TestsProgram {

    private static final int LINES = 30;

    private TestsProgram() {}

    /**
     * Ends with a failure if a test fails, or there is none.
     *
     * @param names of classes, or of methods behind a {@code #}
     */
    public static void main(String[] names) {
        LauncherDiscoveryRequest tests = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(names).map(TestsProgram::selected).toList())
                .build();
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create().execute(tests, listener);
        TestExecutionSummary summary = listener.getSummary();
        PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
        summary.printTo(out);
        summary.printFailuresTo(out, LINES);
        System.exit(summary.getTestsSucceededCount() == 0 || summary.getTotalFailureCount() > 0 ? 1 : 0);
    }

    private static DiscoverySelector selected(String name) {
        return name.contains("#") ? selectMethod(name) : selectClass(name);
    }
}
