package dev.pagurus.store.tck.group;

import dev.pagurus.store.tck.Clause;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.TestTemplate;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Makes a method a test and names the clause that is broken when it fails. A clause may have several. One that opens a
 * second handle runs twice, as {@link SecondHandles} says.
 */
@TestTemplate
@ExtendWith(SecondHandles.class)
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Proves {

    /** The clause. */
    Clause value();
}
