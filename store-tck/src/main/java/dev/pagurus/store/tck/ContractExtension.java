package dev.pagurus.store.tck;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestInstancePostProcessor;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Makes a failed test say which clause is broken, and writes the report when all tests of a {@link StoreTck} have run.
 *
 * <p>An aborted test counts as a failed one: a store that cannot be reached has proved nothing.
 */
final class ContractExtension
        implements TestInstancePostProcessor,
                BeforeTestExecutionCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler,
                TestWatcher,
                AfterAllCallback {

    private final ContractReport report = new ContractReport();

    @Override
    public void postProcessTestInstance(Object testInstance, ExtensionContext context) {
        if (testInstance instanceof StoreTck tck) {
            report.store(tck.fixture().name());
        }
    }

    @Override
    public void beforeTestExecution(ExtensionContext context) {
        if (context.getRequiredTestInstance() instanceof ClauseGroup group && !report.knowsEngine()) {
            report.engine(group.store.health().engine());
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

    @Override
    public void testSuccessful(ExtensionContext context) {
        report.passed(context.getRequiredTestMethod());
    }

    @Override
    public void testFailed(ExtensionContext context, @Nullable Throwable failure) {
        report.failed(context.getRequiredTestMethod(), String.valueOf(failure == null ? null : failure.getMessage()));
    }

    @Override
    public void testAborted(ExtensionContext context, @Nullable Throwable failure) {
        testFailed(context, failure);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        // Groups are nested: they end before the class that holds them.
        if (StoreTck.class.isAssignableFrom(context.getRequiredTestClass())) {
            report.write();
        }
    }

    private static Throwable broken(ExtensionContext context, Throwable failure) {
        Method test = context.getRequiredTestMethod();
        Proves proves = test.getAnnotation(Proves.class);
        if (proves == null) {
            return failure;
        }
        Clause clause = proves.value();
        return new AssertionError(
                "contract clause " + clause + " is broken: " + clause.sentence() + "\n"
                        + "Test: " + test.getName() + "\n"
                        + "What came: " + (failure instanceof AssertionError ? failure.getMessage() : failure) + "\n"
                        + "If this fails, check " + clause.hint() + ".",
                failure);
    }
}
