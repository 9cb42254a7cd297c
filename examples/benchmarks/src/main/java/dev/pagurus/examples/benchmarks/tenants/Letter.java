package dev.pagurus.examples.benchmarks.tenants;

import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import java.util.SplittableRandom;

/** What is stored, some 300 bytes of it; with its tenant, for the store that all of them share. */
record Letter(String tenant, String subject, String text) {

    private static final String TEXT = "lorem ipsum dolor sit amet ".repeat(9);

    static final TextField<Letter> TENANT = TextField.of("tenant", Letter::tenant);
    static final TextField<Letter> SUBJECT = TextField.of("subject", Letter::subject);

    /** Of a store for one tenant. */
    static final Schema<Letter> OWN = Schema.of("letters", Letter.class).index(SUBJECT);

    /** Of a store for all: each index begins with the tenant. */
    static final Schema<Letter> OF_ALL = Schema.of("letters", Letter.class).index(TENANT, SUBJECT);

    static Letter any(int tenant, SplittableRandom random) {
        return new Letter(name(tenant), "subject " + random.nextInt(1_000), TEXT);
    }

    static String name(int tenant) {
        return "t" + tenant;
    }
}
