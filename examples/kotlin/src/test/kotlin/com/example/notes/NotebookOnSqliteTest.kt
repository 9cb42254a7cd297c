package com.example.notes

class NotebookOnSqliteTest : NotebookTest() {

    override fun emptyDatabase() = "sqlite::memory:"
}
