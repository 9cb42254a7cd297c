/**
 * The kit is tested with deliberately broken stores: mutants. Each is one bug of a kind that real stores have, and names
 * the clauses that the kit must find broken. {@code MutantsTest} runs the tests of those clauses against it.
 *
 * <p><b>How to write one.</b> A mutant is a static method without parameters in the class of its clauses' group
 * ({@code FilterMutants} and {@code QueryMutants} for Q ...), named as a sentence that says the bug, with {@link
 * dev.pagurus.store.tck.mutants.Breaks} for the clauses:
 *
 * <pre>{@code
 * @Breaks({Clause.Q1, Clause.Q18})
 * static Mutant textIsComparedByUtf16() {
 *     return Mutant.answers(new Answers() {
 *         public int compare(Object one, Object other) {
 *             return one instanceof String text ? text.compareTo((String) other) : super.compare(one, other);
 *         }
 *     });
 * }
 * }</pre>
 *
 * <p>Take the first of these that fits:
 *
 * <ol>
 *   <li>{@code Mutant.answers(new Answers() {...})}: reads mean something else in a state.
 *   <li>{@code Mutant.changes(new Changes() {...})}: writes or definitions do something else.
 *   <li>{@code Mutant.engine((database, config) -> new ReferenceEngine(database, config) {...})}: anything about several
 *       callers, handles, time and closing. An engine opened twice on one database is a second handle.
 *   <li>{@code Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {...})}: transactions and snapshots.
 *   <li>{@code Mutant.provider(new ReferenceProvider() {...})}: opening goes wrong.
 *   <li>{@code Mutant.store(store -> ...)}: wraps what the user sees. Rarely the smallest way.
 *   <li>{@code Mutant.source("internal/query/Cursors", "a line", "another line")}: what is written once above the SPI
 *       (validation, cursors, bulk, messages) is wrong. The text must stand exactly once in that source file, which is
 *       compiled with the other text in its place and run in a class loader of its own. The path is that of the class
 *       below {@code dev/pagurus/store}; {@code tck/reference/...} works as well. Several changes:
 *       {@code .andSource(...)}. Do not change what tests themselves call to find out the truth.
 * </ol>
 *
 * <p>A good mutant is small, plausible, and breaks only what it must. It declares the clauses that it is made for, not
 * every clause that suffers. A bug that only shows in a race says {@code race = true}; it must be caught in at least 19
 * of 20 runs, which {@code -Dlong} makes and a first miss asks for. {@code Mutant.pause()} lets others come in between. Nothing should hang: what waits for ever waits for time-outs here. A
 * mutant must not be caught by chance: look at its failures, which {@code target/store-tck/mutants/<name>.md} shows.
 *
 * <p>A mutant that survives means that a test of the kit is too weak: strengthen the test. A failure that says nothing (a
 * bare {@code NullPointerException}, "expected true") fails the run as well: give the assertion an {@code as(...)}.
 *
 * <p>{@code ToldMutants}, {@code StrangeMutants} and those of later features, {@code OutsideMutants} and both {@code GuestMutants} are another kind: stores that no clause was
 * made for, told by others or thought of before the tests were looked at. They measure how the kit looks. {@code
 * StrangersTest} runs the whole kit against them, and says how to; one that is caught in every run names the clause that
 * catches it, and is a mutant like any other from then on. A mutant that goes through the whole kit keeps nothing that its
 * databases share: see {@code Mutant.changes(Supplier)} and {@code Beside}.
 *
 * <p>Run one: {@code mvn -q -ntp -o test -pl store-tck -am -Dtest=MutantsTest -Dpagurus.mutants=textIsComparedByUtf16
 * -Dsurefire.failIfNoSpecifiedTests=false} (or a class, such as {@code QueryMutants}). {@code
 * target/store-tck/mutants.md} lists every clause with its mutants.
 */
@NullMarked
package dev.pagurus.store.tck.mutants;

import org.jspecify.annotations.NullMarked;
