package dev.pagurus.store.tck;

import dev.pagurus.store.tck.group.ClauseGroup;
import dev.pagurus.store.tck.group.Proves;
import dev.pagurus.store.tck.report.ContractReport;
import dev.pagurus.store.tck.report.ReportFiles;
import dev.pagurus.store.tck.report.RunningReport;
import dev.pagurus.store.tck.report.Waivers;
import dev.pagurus.store.tck.watch.BrokenClause;
import dev.pagurus.store.tck.watch.Company;
import dev.pagurus.store.tck.watch.Unproved;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.extension.TestWatcher;
import org.opentest4j.TestAbortedException;

/**
 * Makes a failed test say which clause is broken, and writes the report when all tests of a {@link StoreTck} have run.
 *
 * <p>An aborted test counts as a failed one, and so does whatever fails outside of tests: a store that cannot be reached
 * has proved nothing. Only what the kit itself found {@link Unproved} is skipped, and only what a waiver names may fail.
 */
final class ContractExtension
        implements BeforeAllCallback,
                InvocationInterceptor,
                TestInstancePostProcessor,
                BeforeEachCallback,
                AfterEachCallback,
                BeforeTestExecutionCallback,
                AfterTestExecutionCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler,
                TestWatcher,
                AfterAllCallback {

    private ContractReport report = new ContractReport(StoreTck.class, "none");
    private @Nullable RunningReport running;
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Company company = new Company();

    @Override
    public void beforeAll(ExtensionContext context) throws Exception {
        if (isWholeKit(context)) {
            String testClass = context.getRequiredTestClass().getName();
            report = new ContractReport(StoreTck.class, testClass);
            ReportFiles.removeReportsOf(testClass);
            running = RunningReport.of(report);
        }
    }

    /** The fixture may fail where the groups are made. */
    @Override
    public <T> T interceptTestClassConstructor(
            Invocation<T> invocation, ReflectiveInvocationContext<Constructor<T>> constructor, ExtensionContext context)
            throws Throwable {
        try {
            return invocation.proceed();
        } catch (Throwable e) {
            throw outsideOfTests(e);
        }
    }

    @Override
    public void postProcessTestInstance(Object testInstance, ExtensionContext context) {
        if (testInstance instanceof StoreTck tck) {
            try {
                StoreFixture fixture = tck.fixture();
                report.store(fixture.name());
                report.waivers(fixture.waivers().map(Waivers::read).orElse(Waivers.NONE));
                if (begun.compareAndSet(false, true)) {
                    // What was logged before the kit is no work of the store. From here on it is, between tests too.
                    fixture.log().ifPresent(StoreLog::take);
                }
            } catch (RuntimeException | Error e) {
                throw new AssertionError(
                        "The fixture failed: " + outsideOfTests(e).getMessage(), e);
            }
        }
    }

    /** Before the group opens its store, which may be what hangs. */
    @Override
    public void beforeEach(ExtensionContext context) throws InterruptedException {
        if (context.getRequiredTestInstance() instanceof ClauseGroup group) {
            group.company = company;
            company.enter(group, ClauseGroup.mustBeAlone(context.getRequiredTestMethod()));
        }
        report.begun(name(context));
    }

    @Override
    public void afterEach(ExtensionContext context) throws Exception {
        report.ended(name(context));
        if (context.getRequiredTestInstance() instanceof ClauseGroup group) {
            try {
                company.leave(
                        group, group.files(), context.getExecutionException().isEmpty());
            } catch (AssertionError left) {
                Throwable broken = broken(context, left);
                if (broken instanceof Error error) {
                    throw error;
                }
                throw (RuntimeException) broken;
            }
        }
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        if (context.getRequiredTestInstance() instanceof ClauseGroup group) {
            report.reached(group.store);
        }
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        if (context.getExecutionException().isEmpty()) {
            report.passed(context.getRequiredTestMethod());
        } else if (context.getRequiredTestInstance() instanceof ClauseGroup group) {
            group.passed = false;
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw broken(context, failure);
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw broken(context, failure);
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        throw broken(context, failure);
    }

    /** What no handler above has seen, such as the failure of another extension. */
    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable failure) {
        if (!(failure instanceof BrokenClause)) {
            report.failed(context.getRequiredTestMethod(), String.valueOf(failure));
        }
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable failure) {
        if (failure instanceof Unproved why) {
            report.unproved(context.getRequiredTestMethod(), why);
        } else if (!(failure instanceof Waived)) {
            testFailed(context, failure);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        // Groups are nested: they end before the class that holds them.
        context.getExecutionException().ifPresent(this::outsideOfTests);
        if (isWholeKit(context)) {
            if (running != null) {
                running.close();
            }
            Set<String> stale = report.staleWaivers();
            report.write();
            if (!stale.isEmpty()) {
                throw new AssertionError("Waivers that are not needed any more:\n" + String.join("\n", stale));
            }
        }
    }

    private static String name(ExtensionContext test) {
        return test.getRequiredTestClass().getSimpleName() + "." + test.getDisplayName();
    }

    private static boolean isWholeKit(ExtensionContext context) {
        return StoreTck.class.isAssignableFrom(context.getRequiredTestClass());
    }

    /** Notes a failure that is no test's; an aborted class would be skipped in silence, and so becomes a failed one. */
    private Throwable outsideOfTests(Throwable failure) {
        report.problem(String.valueOf(failure));
        return failure instanceof TestAbortedException ? new AssertionError(failure.getMessage(), failure) : failure;
    }

    private Throwable broken(ExtensionContext context, Throwable failure) {
        Method test = context.getRequiredTestMethod();
        Proves proves = test.getAnnotation(Proves.class);
        if (proves == null || failure instanceof Unproved) {
            return failure;
        }
        String done = context.getTestInstance().orElse(null) instanceof ClauseGroup group ? group.journal.told() : "";
        BrokenClause broken = BrokenClause.of(proves.value(), test, done, failure);
        report.broken(broken.clause(), String.valueOf(broken.getMessage()));
        String waiver = report.waiver(broken.clause());
        return waiver == null ? broken : new Waived(waiver, broken);
    }

    /** A failure that a waiver accepts; JUnit shows the test as skipped. */
    private static final class Waived extends TestAbortedException {
        private static final long serialVersionUID = 1L;

        Waived(String reason, BrokenClause broken) {
            super("WAIVED (" + reason + "): " + broken.getMessage(), broken);
        }
    }
}
