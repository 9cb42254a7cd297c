package com.example.notes;

import org.springframework.test.context.TestPropertySource;

@TestPropertySource(properties = "pagurus.url=sqlite::memory:")
class NotesOnSqliteTest extends NotesTest {

    @Override
    String engine() {
        return "SQLite";
    }
}
