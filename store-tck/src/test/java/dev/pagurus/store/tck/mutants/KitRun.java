package dev.pagurus.store.tck.mutants;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.CancellationToken;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.PostDiscoveryFilter;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherExecutionRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs the kit's tests of some clauses, and keeps what failed. */
final class KitRun implements TestExecutionListener {

    private final List<Failure> failures = new ArrayList<>();
    private final Until until;
    private final CancellationToken end = CancellationToken.create();
    private int tests;

    private KitRun(Until until) {
        this.until = until;
    }

    /** How long a run goes on. */
    enum Until {
        /** Until a test has failed. */
        THE_FIRST_FAILURE,
        /** Until all tests have run. */
        THE_END
    }

    /**
     * A test that failed.
     *
     * @param clause the clause that the message names; empty if it names none
     * @param test what failed
     * @param message with what message
     */
    record Failure(String clause, String test, String message) {

        private static final Pattern NAMED = Pattern.compile("contract clause (\\w+) is broken: ");

        private static final Pattern CAME = Pattern.compile("What came:(.*)\nIf this fails, check ", Pattern.DOTALL);

        /** What does not say what is wrong. */
        private static final Pattern SAYS_NOTHING = Pattern.compile(
                "|null|[^\n]*java\\.lang\\.(NullPointerException|AssertionError)\\b.*"
                        + "|[^\n]*java\\.util\\.NoSuchElementException: No value present"
                        + "|(\\[what the call threw]\\s*)?Expecting actual not to be null"
                        + "|Expecting value to be (true|false) but was (true|false)"
                        + "|Expecting Optional to contain a value but it was empty\\.?",
                Pattern.DOTALL);

        /** Two values side by side: of what, must be said by a description or by the last calls. */
        private static final Pattern SAYS_NOT_OF_WHAT =
                Pattern.compile("(Expecting|Expected|expected:|The call returned)\\b.*", Pattern.DOTALL);

        private static final int LONGEST = 20_000;

        static Failure of(String test, String message) {
            Matcher named = NAMED.matcher(message);
            return new Failure(named.lookingAt() ? named.group(1) : "", test, message);
        }

        /** Returns what is wrong with the message itself; null if it teaches. */
        @Nullable
        String flaw() {
            if (clause.isEmpty()) {
                return "does not name a clause";
            }
            Matcher came = CAME.matcher(message);
            if (!came.find()) {
                return "does not say what came";
            }
            if (message.contains(" timed out after ")) {
                return "comes so late that everybody would have given up";
            }
            if (message.length() > LONGEST) {
                return "has " + message.length() + " characters, which nobody reads";
            }
            String said = came.group(1).strip();
            if (!message.contains("\nWhat was done last:")
                    && SAYS_NOT_OF_WHAT.matcher(said).matches()) {
                return "does not say of which call";
            }
            return SAYS_NOTHING.matcher(said).matches() ? "does not say what was expected" : null;
        }

        @Override
        public String toString() {
            return test + ": " + message;
        }
    }

    /** Runs the tests of the clauses, by their names, on this thread. */
    static KitRun of(Class<?> tck, Predicate<String> clauses) {
        return of(tck, Map.of(), clauses, Until.THE_END);
    }

    /**
     * The same, which may end early.
     *
     * @param parameters what JUnit is told for its extensions
     */
    static KitRun of(Class<?> tck, Map<String, String> parameters, Predicate<String> clauses, Until until) {
        KitRun run = new KitRun(until);
        // A test that runs several times is a container too; what is no method only holds tests.
        PostDiscoveryFilter ofClauses = descriptor -> FilterResult.includedIf(
                !(source(descriptor) instanceof MethodSource) || clauses.test(clause(source(descriptor))));
        LauncherDiscoveryRequest tests = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClass(tck))
                .filters(ofClauses, EngineFilter.includeEngines("junit-jupiter"))
                .configurationParameters(parameters)
                .build();
        LauncherFactory.create()
                .execute(LauncherExecutionRequestBuilder.request(tests)
                        .listeners(run)
                        .cancellationToken(run.end)
                        .build());
        return run;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        tests += test.isTest() ? 1 : 0;
        if (result.getStatus() != TestExecutionResult.Status.SUCCESSFUL) {
            String message = result.getThrowable().map(Throwable::getMessage).orElse("");
            failures.add(Failure.of(test.getDisplayName(), message));
            if (until == Until.THE_FIRST_FAILURE) {
                end.cancel();
            }
        }
    }

    int tests() {
        return tests;
    }

    List<Failure> failures() {
        return failures;
    }

    private static @Nullable TestSource source(TestDescriptor descriptor) {
        return descriptor.getSource().orElse(null);
    }

    /** Looks at the annotation by its name, for it may come from a {@link MutantLoader}. */
    private static String clause(@Nullable TestSource source) {
        if (source instanceof MethodSource methodSource) {
            for (Annotation annotation : methodSource.getJavaMethod().getAnnotations()) {
                if (annotation.annotationType().getSimpleName().equals("Proves")) {
                    return valueOf(annotation);
                }
            }
        }
        return "";
    }

    private static String valueOf(Annotation annotation) {
        try {
            Method value = annotation.annotationType().getMethod("value");
            value.setAccessible(true);
            return value.invoke(annotation).toString();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
