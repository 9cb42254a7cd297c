package dev.pagurus.store.tck.group;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks a test beside which no other of the run may run: it counts what the whole JVM has, sets what is the whole JVM's, or
 * looks at a clock. So is every test that is marked with {@link MayWarn}, for the log does not say who warned.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Alone {}
