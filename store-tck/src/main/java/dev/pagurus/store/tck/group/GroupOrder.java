package dev.pagurus.store.tck.group;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import org.junit.jupiter.api.ClassDescriptor;
import org.junit.jupiter.api.ClassOrderer;
import org.junit.jupiter.api.ClassOrdererContext;

/**
 * In which order groups begin, for those that run beside each other. First those with tests that must be alone: their
 * neighbours are then such groups too, whose tests are short, so that nobody waits for long. Then the longest ones, so that
 * none of them is left when all others are done.
 */
public final class GroupOrder implements ClassOrderer {

    private static final Set<String> LONG_ROOMS = Set.of("walk", "paths");

    /** For JUnit. */
    public GroupOrder() {}

    @Override
    public void orderClasses(ClassOrdererContext context) {
        context.getClassDescriptors().sort(Comparator.comparingInt(GroupOrder::rank));
    }

    private static int rank(ClassDescriptor group) {
        // What JUnit runs is only the name of a group, in the class of the kit.
        Class<?> clauses = group.getTestClass().getSuperclass();
        if (Arrays.stream(clauses.getDeclaredMethods()).anyMatch(ClauseGroup::mustBeAlone)) {
            return 0;
        }
        String room = clauses.getPackageName();
        return LONG_ROOMS.contains(room.substring(room.lastIndexOf('.') + 1)) ? 1 : 2;
    }
}
