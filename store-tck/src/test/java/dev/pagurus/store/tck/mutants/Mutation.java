package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.tck.Clause;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** A method that makes a {@link Mutant}, and one look at whether the kit catches it. */
record Mutation(Method method) {

    /** Clauses whose tests count the threads of the JVM, or look through its log. */
    static final Set<Clause> ALONE = Set.of(Clause.L5, Clause.L6, Clause.L14, Clause.E13, Clause.E14);

    /** One class for each group of clauses, and those that no clause is made for. */
    private static final List<Class<?>> GROUPS = List.of(
            ValueMutants.class,
            ReadMutants.class,
            DamageMutants.class,
            WriteMutants.class,
            JoinedMutants.class,
            FilterMutants.class,
            QueryMutants.class,
            GroupMutants.class,
            PlanMutants.class,
            SelectMutants.class,
            TransactionMutants.class,
            SchemaMutants.class,
            StepMutants.class,
            CapabilityMutants.class,
            MigrationMutants.class,
            LifecycleMutants.class,
            CrashMutants.class,
            ErrorMutants.class,
            CopyMutants.class,
            FollowedCopyMutants.class,
            WalkMutants.class,
            HistoryMutants.class,
            LimitMutants.class,
            PathMutants.class,
            StateMutants.class,
            RecencyMutants.class,
            ToldMutants.class,
            StrangeMutants.class,
            StrangeReportMutants.class,
            StrangeExpiryMutants.class,
            LateStrangeMutants.class,
            NewStrangeReadMutants.class,
            GuestMutants.class,
            LateGuestMutants.class,
            OutsideMutants.class,
            NewStrangeWriteMutants.class,
            ShapeMutants.class,
            BodyUpgradeMutants.class,
            ChangeMutants.class,
            PageMutants.class,
            PositionMutants.class,
            FollowMutants.class,
            ClaimMutants.class,
            WordsMutants.class,
            ExpiryMutants.class,
            ListenerMutants.class);

    /** Returns all of them, in order of group and name. */
    static List<Mutation> all() {
        List<Mutation> mutations = new ArrayList<>();
        for (Class<?> group : GROUPS) {
            Arrays.stream(group.getDeclaredMethods())
                    .filter(method -> method.isAnnotationPresent(Breaks.class))
                    .sorted(Comparator.comparing(Method::getName))
                    .forEach(method -> mutations.add(new Mutation(method)));
        }
        return mutations;
    }

    String name() {
        return method.getName();
    }

    Set<Clause> clauses() {
        return new LinkedHashSet<>(
                Arrays.asList(method.getAnnotation(Breaks.class).value()));
    }

    boolean isRace() {
        return method.getAnnotation(Breaks.class).race();
    }

    /** Whether it was asked for, by its name or that of its class. */
    boolean isOneOf(Set<String> asked) {
        return asked.contains(name())
                || asked.contains(method.getDeclaringClass().getSimpleName());
    }

    /** Whether others in the same JVM would disturb the tests. */
    boolean mustBeAlone() {
        return !Collections.disjoint(clauses(), ALONE);
    }

    /**
     * Runs the tests of its clauses against the mutant.
     *
     * @throws AssertionError if one of the clauses was not found broken, or a failure does not say what is wrong
     */
    void requireCaught() {
        Set<String> declared = clauses().stream().map(Clause::name).collect(Collectors.toSet());
        KitRun run = run(declared::contains, KitRun.Until.THE_END);
        Set<String> survived = new LinkedHashSet<>(declared);
        List<String> flaws = new ArrayList<>();
        for (KitRun.Failure failure : run.failures()) {
            survived.remove(failure.clause());
            String flaw = failure.flaw();
            if (flaw != null) {
                flaws.add("This failure " + flaw + ":\n" + failure);
            }
        }
        if (!survived.isEmpty()) {
            throw new AssertionError(name() + " was not caught: all tests of " + survived + " passed; of " + run.tests()
                    + " tests these failed: "
                    + run.failures().stream().map(KitRun.Failure::test).toList());
        }
        if (!flaws.isEmpty()) {
            throw new AssertionError(name() + " was caught, but not told. " + String.join("\n\n", flaws));
        }
    }

    /** Runs the tests of some clauses against the mutant, by their names. */
    KitRun run(Predicate<String> clauses, KitRun.Until until) {
        try {
            Mutant mutant = (Mutant) method.invoke(null);
            if (mutant.changes().isEmpty()) {
                return KitRun.of(MutantTck.class, MutantTck.parameters(this), clauses, until);
            }
            try (MutantLoader loader = MutantLoader.of(SourceChange.apply(mutant.changes()))) {
                Class<?> tck = loader.loadClass(MutantTck.class.getName());
                return KitRun.of(tck, MutantTck.parameters(this), clauses, until);
            }
        } catch (ReflectiveOperationException | java.io.IOException e) {
            throw new IllegalStateException(name(), e);
        }
    }
}
