package dev.pagurus.store.tck;

/**
 * The promises of a store. What each says stands in one place, the tables of {@code CONTRACT.md} of this module, which the
 * kit reads; here are its ids.
 *
 * <p>Ids are for ever: a clause that goes leaves a gap, a new one takes the next number of its group.
 */
public enum Clause {
    // spotless:off
    V1, V2, V3, V4, V5, V6, V7, V8, V9, V10, V11, V12, V13, V14, V15, V16, V17, V18, V19, V20, V21, V22, V23, V24, V25,
    V26,

    R1, R2, R3, R4, R5, R6, R7, R8, R9, R10, R11, R12, R13, R15, R16, R17, R18, R19, R20,

    W1, W2, W3, W4, W5, W6, W7, W8, W9, W10, W11, W12, W13, W14, W15, W16, W17, W18, W19, W20, W21, W22, W23, W24, W25,
    W26, W27, W28, W29, W30, W31, W32, W33, W34, W35, W36, W37, W38, W39, W40, W41, W42, W43, W44, W45,

    Q1, Q2, Q3, Q4, Q5, Q6, Q7, Q8, Q9, Q10, Q11, Q12, Q13, Q14, Q15, Q16, Q17, Q18, Q19, Q20, Q21, Q22, Q23, Q24, Q25,
    Q26, Q27, Q28, Q29, Q30, Q31, Q32, Q33, Q34, Q35, Q38, Q39, Q40, Q41, Q42, Q43, Q44, Q45, Q46,
    Q52, Q53, Q54, Q55, Q56, Q57, Q58,
    Q62, Q63, Q64, Q65, Q66, Q67,

    T1, T2, T3, T4, T5, T6, T7, T8, T9, T10, T11, T12, T13, T14, T15, T16, T17, T18, T19, T20, T21, T22, T23, T24, T25,
    T26, T27, T28, T29, T30, T31, T32, T33,

    S1, S2, S3, S4, S5, S6, S7, S8, S9, S10, S11, S12, S13, S14, S15, S16, S17, S18, S19, S20, S21, S22, S23, S24, S25,
    S26, S27, S28, S29, S30, S31, S32, S33, S34, S35, S36, S37, S38, S39, S40, S41, S42, S43, S44, S45, S46, S47, S48,
    S49, S50,

    C1, C2, C3, C4, C5, C6,

    M1, M2,

    L1, L2, L3, L4, L5, L6, L7, L8, L9, L10, L11, L12, L13, L14, L15, L16, L17, L18,

    E1, E2, E3, E4, E5, E6, E7, E8, E9, E10, E11, E12, E13, E14,

    X1, X2, X3, X4, X5, X6, X7, X8, X9, X10, X11, X12, X13, X14, X15, X16, X17, X18, X19, X20, X21, X22,
    X23, X24,

    F1, F2, F3, F4, F5, F6, F7, F8, F9, F10, F11, F12, F13, F14, F15, F16, F17, F18, F19, F20, F21, F22, F23, F24, F25,
    F26, F27, F28,

    K1, K2, K3, K4, K5, K6, K7, K8, K9, K10,

    D1, D2, D3, D4, D5, D6, D7, D8, D9,

    O1, O2, O3, O4, O5, O6, O7, O8, O9, O10, O11;
    // spotless:on

    /** How binding a clause is. */
    public enum Level {
        /** A store that breaks it does not conform. */
        MUST,
        /** A store that breaks it conforms, and the report shows it. */
        SHOULD
    }

    private final Level level;
    private final String sentence;
    private final String hint;

    Clause() {
        Contract.Row row = Contract.row(name());
        this.level = row.level();
        this.sentence = row.sentence();
        this.hint = row.hint();
    }

    /** Returns how binding it is. */
    public Level level() {
        return level;
    }

    /** Returns what it promises. */
    public String sentence() {
        return sentence;
    }

    /** Returns where to look first when it is broken; follows the words "check". */
    public String hint() {
        return hint;
    }
}
