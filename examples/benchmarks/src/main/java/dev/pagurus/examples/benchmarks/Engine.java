package dev.pagurus.examples.benchmarks;

import java.util.Locale;

/** Where documents end up. Public, as JMH sets it. */
public enum Engine {
    SQLITE,
    POSTGRES;

    Engine other() {
        return this == SQLITE ? POSTGRES : SQLITE;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
