package dev.pagurus.store.tck.report;

import dev.pagurus.store.tck.Clause;
import java.util.List;

/**
 * What hurts people who run one application on several databases, as they report it, and the clauses that a store must
 * keep to spare them. What has no clause is not in a store's hands, or can only go wrong with one engine and is tested
 * there.
 */
enum Pain {
    LOCKED(
            "\"Database is locked\" under concurrent writers; a read that becomes a write fails at once",
            Clause.W13,
            Clause.W28,
            Clause.L10),
    NO_WAY_OUT("There is no way from one database to another", Clause.X1, Clause.X2, Clause.X6, Clause.X9, Clause.X13),
    BROKEN_COPIES("Copies break on booleans, sequences, foreign keys", Clause.X1, Clause.X3, Clause.V18, Clause.W27),
    NUMBERS_AS_TEXT("Numbers are compared as text", Clause.V9, Clause.Q2, Clause.Q3),
    COLLATION("The order of texts and nulls differs", Clause.Q1, Clause.Q17, Clause.Q18, Clause.Q19, Clause.Q20),
    CASE("Upper and lower case are folded in different ways", Clause.V4, Clause.V6, Clause.Q7),
    BAD_TEXT("U+0000 and lone surrogates pass here and fail there", Clause.V5),
    JSON_REWRITTEN("JSON comes back rewritten", Clause.V1, Clause.S17),
    OVERFLOW("Integers overflow", Clause.V9, Clause.Q2),
    TIMESTAMPS("Timestamps lose precision or zone", Clause.V11, Clause.V12, Clause.V13, Clause.W10, Clause.Q4),
    LOST_EVENTS(
            "What was committed is overlooked, because versions come out of order",
            Clause.R1,
            Clause.R2,
            Clause.W9,
            Clause.W11),
    MIGRATED_TWICE("Two processes that start at once both migrate", Clause.M1, Clause.S12),
    STRANDED_LOCKS("Locks outlive those who took them", Clause.L6, Clause.L14, Clause.T25),
    HALF_UPGRADED(
            "Half-applied upgrades; the second start dies",
            Clause.M2,
            Clause.S7,
            Clause.S13,
            Clause.S14,
            Clause.S15,
            Clause.S17),
    OLDER_VERSION("An older version damages a newer database", Clause.S8, Clause.S9, Clause.S10, Clause.S11),
    BACKUP("Backups by copying files are corrupt", Clause.C5, Clause.L7),
    GROWTH(
            "Held states make the database grow without bound",
            Clause.Q28,
            Clause.T25,
            Clause.T27,
            Clause.L8,
            Clause.L14),
    STARTED_TWICE("The application was started twice on one database", Clause.M1, Clause.R2, Clause.W14, Clause.W22),
    TRANSACTIONS_DIFFER(
            "After an error one engine goes on and another is dead; updates are lost",
            Clause.T1,
            Clause.T5,
            Clause.T17,
            Clause.T19,
            Clause.T22,
            Clause.T23,
            Clause.T28),
    SILENT_ERRORS(
            "Errors do not say why",
            Clause.E1,
            Clause.E3,
            Clause.E5,
            Clause.E6,
            Clause.E7,
            Clause.E8,
            Clause.E9,
            Clause.E12,
            Clause.E13,
            Clause.E14,
            Clause.C1);

    private final String sentence;

    @SuppressWarnings("ImmutableEnumChecker") // List.of() makes one that is
    private final List<Clause> clauses;

    Pain(String sentence, Clause... clauses) {
        this.sentence = sentence;
        this.clauses = List.of(clauses);
    }

    String sentence() {
        return sentence;
    }

    List<Clause> clauses() {
        return clauses;
    }
}
