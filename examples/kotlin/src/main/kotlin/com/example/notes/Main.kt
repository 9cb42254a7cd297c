package com.example.notes

import dev.pagurus.store.Stores
import java.time.Duration
import java.time.Instant

/** Keeps notes in the file notes.db, or wherever the first argument says. */
fun main(args: Array<String>) {
    Stores.open(args.firstOrNull() ?: "sqlite:notes.db").use { store ->
        val notebook = Notebook(store)
        println("Open notes of earlier runs: ${notebook.open().size}")

        val now = Instant.now()
        notebook.add("call Ann", now + Duration.ofDays(2), "work", "phone")
        val shopping = notebook.add("buy milk and bread", now + Duration.ofDays(1), "home")
        val (milk, _) = notebook.split(shopping, listOf("buy milk", "buy bread"))
        notebook.finish(milk)

        notebook.open().forEach { println("${it.due}  ${it.title}") }
    }
}
