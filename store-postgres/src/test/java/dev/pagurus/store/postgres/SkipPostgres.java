package dev.pagurus.store.postgres;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import dev.pagurus.store.tck.StoreTck;
import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * With {@code -DskipPostgres}, skips what needs a server. The kit is entered all the same, though none of its groups is,
 * so that its report says what has not run.
 */
public final class SkipPostgres implements ExecutionCondition {

    private static final boolean SKIP = System.getProperty("skipPostgres") != null;
    private static final Set<Class<?>> WITHOUT_SERVER = Set.of(PostgresSettingsTest.class);

    /** Made by JUnit. */
    public SkipPostgres() {}

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Class<?> type = context.getTestClass().orElse(null);
        return !SKIP || type == null || WITHOUT_SERVER.contains(type) || StoreTck.class.isAssignableFrom(type)
                ? enabled("")
                : disabled("-DskipPostgres");
    }
}
