package com.example.notes

import dev.pagurus.store.EnumField
import dev.pagurus.store.InstantField
import dev.pagurus.store.ManyField
import dev.pagurus.store.Schema
import dev.pagurus.store.TextField
import java.time.Instant

enum class Status {
    OPEN,
    DONE,
}

/** What is stored, as JSON. Stored notes without a property get its default. */
data class Note(
    val title: String,
    val due: Instant? = null,
    val tags: Set<String> = emptySet(),
    val status: Status = Status.OPEN,
    val takenUntil: Instant? = null,
)

/** Since when, or from when on, somebody may take the note; null when there is nothing left to do. */
val Note.free: Instant?
    get() = if (status == Status.OPEN) takenUntil ?: Instant.EPOCH else null

/** What notes are found and sorted by: each field is a column, filled from a property, or from an extension property. */
object Notes {
    val title = TextField.of("title", Note::title)
    val due = InstantField.of("due", Note::due)
    val tags = ManyField.of("tags", Note::tags)
    val status = EnumField.of("status", Status::class.java, Note::status)
    val free = InstantField.of("free", Note::free)

    val schema: Schema<Note> =
        Schema.of("notes", Note::class.java)
            .index(status, due)
            .index(tags)
            .index(free)
            .field(title)
}
