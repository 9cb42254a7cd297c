package dev.pagurus.store.tck.report;

import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.group.Proves;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** Which tests prove which clause, found in the groups of a kit. */
public final class ClauseTests {

    private ClauseTests() {}

    /** Returns the tests of every clause in the kit's groups; an empty list for one that has none. */
    public static Map<Clause, List<Method>> of(Class<?> kit) {
        Map<Clause, List<Method>> tests = new EnumMap<>(Clause.class);
        for (Clause clause : Clause.values()) {
            tests.put(clause, new ArrayList<>());
        }
        for (Class<?> nested : kit.getDeclaredClasses()) {
            if (nested.isAnnotationPresent(Nested.class)) {
                for (Class<?> type = nested; type != null; type = type.getSuperclass()) {
                    addTests(type, tests);
                }
            }
        }
        return tests;
    }

    private static void addTests(Class<?> type, Map<Clause, List<Method>> tests) {
        for (Method method : type.getDeclaredMethods()) {
            Proves proves = method.getAnnotation(Proves.class);
            if (proves != null) {
                tests.getOrDefault(proves.value(), new ArrayList<>()).add(method);
            }
        }
    }
}
