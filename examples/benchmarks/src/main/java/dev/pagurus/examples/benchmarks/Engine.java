package dev.pagurus.examples.benchmarks;

import java.util.Locale;

/** Where documents end up. Public, as JMH sets it. */
public enum Engine {
    SQLITE,
    POSTGRES;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
