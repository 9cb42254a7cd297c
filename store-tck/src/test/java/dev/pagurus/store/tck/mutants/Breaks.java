package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.tck.Clause;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Makes a method a mutant and names the clauses that the kit must find broken, each of them. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
@interface Breaks {

    /** The clauses. */
    Clause[] value();

    /** Whether the bug shows only in a race. */
    boolean race() default false;
}
