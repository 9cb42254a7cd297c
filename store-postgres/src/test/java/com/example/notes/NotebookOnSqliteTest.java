package com.example.notes;

class NotebookOnSqliteTest extends NotebookTest {

    @Override
    String emptyDatabase() {
        return "sqlite::memory:";
    }
}
