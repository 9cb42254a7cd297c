package com.example.notes;

import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

class NotesOnPostgresTest extends NotesTest {

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        String url = Postgres.emptyDatabase();
        properties.add("pagurus.url", () -> url);
    }

    @Override
    String engine() {
        return "PostgreSQL";
    }
}
