/** A thousand tenants: a store for each, beside one store in which the tenant is a field. */
@NullMarked
package dev.pagurus.examples.benchmarks.tenants;

import org.jspecify.annotations.NullMarked;
