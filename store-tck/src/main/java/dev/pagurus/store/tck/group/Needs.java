package dev.pagurus.store.tck.group;

import dev.pagurus.store.Capability;
import dev.pagurus.store.tck.lifecycle.CapabilityClauses;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Names what a test, or every test of a group, needs of a store. On a store that does not declare it, the test is not
 * applicable; that such a store refuses what it lacks is proved by {@link CapabilityClauses}.
 */
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Needs {

    /** What is needed, all of it. */
    Capability[] value();
}
