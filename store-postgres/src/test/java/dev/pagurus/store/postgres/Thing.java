package dev.pagurus.store.postgres;

import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;

/** A document for tests that are about something else. */
record Thing(String name) {

    static final TextField<Thing> NAME = TextField.of("name", Thing::name);

    static final Schema<Thing> SCHEMA = Schema.of("things", Thing.class).index(NAME);
}
