package dev.pagurus.store.tck.group;

import dev.pagurus.store.tck.StoreFixture;
import dev.pagurus.store.tck.process.OtherProcess;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.Extension;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestTemplateInvocationContext;
import org.junit.jupiter.api.extension.TestTemplateInvocationContextProvider;
import org.opentest4j.TestAbortedException;

/**
 * Runs each test, and one that has opened a second handle once more with that handle in another process, if the
 * {@link StoreFixture} says that there can be one. The process starts when it is first needed and ends with the run.
 */
final class SecondHandles implements TestTemplateInvocationContextProvider {

    @Override
    public boolean supportsTestTemplate(ExtensionContext context) {
        return true;
    }

    @Override
    public Stream<TestTemplateInvocationContext> provideTestTemplateInvocationContexts(ExtensionContext context) {
        AtomicBoolean again = new AtomicBoolean();
        AfterEachCallback here = test -> again.set(group(test).canUseAnotherProcess());
        String name = context.getDisplayName();
        // JUnit takes the next one when the test before has run.
        return Stream.concat(
                Stream.of(run(name, here)),
                Stream.of(run(name + ", second handles in another process", new There()))
                        .filter(run -> again.get()));
    }

    private static final class There implements BeforeEachCallback, TestExecutionExceptionHandler {

        @Override
        public void beforeEach(ExtensionContext test) {
            group(test).openSecondHandlesBy(otherProcess(test)::open);
        }

        @Override
        public void handleTestExecutionException(ExtensionContext test, Throwable failure) throws Throwable {
            throw failure instanceof TestAbortedException
                    ? failure
                    : new AssertionError(
                            "With its second handles in another process: "
                                    + (failure instanceof AssertionError ? failure.getMessage() : failure),
                            failure);
        }
    }

    private static ClauseGroup group(ExtensionContext test) {
        return (ClauseGroup) test.getRequiredTestInstance();
    }

    private static OtherProcess otherProcess(ExtensionContext test) {
        return test.getRoot()
                .getStore(ExtensionContext.Namespace.create(SecondHandles.class))
                .computeIfAbsent(OtherProcess.class, started -> new OtherProcess(), OtherProcess.class);
    }

    private static TestTemplateInvocationContext run(String name, Extension extension) {
        return new TestTemplateInvocationContext() {
            @Override
            public String getDisplayName(int number) {
                return name;
            }

            @Override
            public List<Extension> getAdditionalExtensions() {
                return List.of(extension);
            }
        };
    }
}
