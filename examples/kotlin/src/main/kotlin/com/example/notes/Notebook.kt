package com.example.notes

import dev.pagurus.store.Document
import dev.pagurus.store.Store
import java.time.Duration
import java.time.Instant
import kotlin.jvm.optionals.getOrNull

class Notebook(private val store: Store) {

    private val notes = store.collection(Notes.schema)

    fun add(title: String, due: Instant? = null, vararg tags: String): String =
        notes.insert(Note(title, due, tags.toSet())).id()

    fun find(id: String): Note? = notes.get(id).getOrNull()?.value()

    fun finish(id: String): Boolean =
        notes.update(id) { it.copy(status = Status.DONE, takenUntil = null) }.isPresent

    /** What is to be done: first what has no time, then the most urgent. */
    fun open(tag: String? = null): List<Note> {
        val open = Notes.status.eq(Status.OPEN)
        return notes.where(if (tag == null) open else open.and(Notes.tags.contains(tag)))
            .orderBy(Notes.due.asc())
            .list()
            .map { it.value() }
    }

    /** Takes a note that nobody has, for as long as the lease says: it is nobody else's until then. */
    fun take(lease: Duration): Document<Note>? {
        val now = store.now()
        return notes.where(Notes.free.lte(now))
            .orderBy(Notes.free.asc())
            .claimFirst { it.copy(takenUntil = now + lease) }
            .getOrNull()
    }

    /** Puts several notes in the place of one: all of it, or nothing. */
    fun split(id: String, titles: List<String>): List<String> =
        store.inTransaction { tx ->
            val inside = tx.collection(Notes.schema)
            val whole = inside.get(id).getOrNull()?.value() ?: return@inTransaction emptyList()
            inside.delete(id)
            titles.map { inside.insert(whole.copy(title = it)).id() }
        }
}
