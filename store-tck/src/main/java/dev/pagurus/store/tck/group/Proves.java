package dev.pagurus.store.tck.group;

import dev.pagurus.store.tck.Clause;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * Makes a method a test and names the clause that is broken when it fails. A clause may have several. One that opens a
 * second handle runs twice, as {@link SecondHandles} says.
 */
@TestTemplate
@ExtendWith(SecondHandles.class)
@Execution(ExecutionMode.SAME_THREAD) // whether a test is run again is known when it has ended
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Proves {

    /** The clause. */
    Clause value();
}
