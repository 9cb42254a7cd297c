package com.example.notes

import dev.pagurus.store.InvalidValueException
import dev.pagurus.store.Schema
import dev.pagurus.store.SchemaException
import dev.pagurus.store.Store
import dev.pagurus.store.Stores
import java.time.Duration
import java.time.Instant
import kotlin.jvm.optionals.getOrNull
import org.junit.jupiter.api.AfterEach
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.BeforeEach
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.assertThrows

/** What the notebook does, on whichever store; a class for each store says where an empty database is. */
abstract class NotebookTest {

    private lateinit var store: Store
    private lateinit var notebook: Notebook

    abstract fun emptyDatabase(): String

    @BeforeEach
    fun open() {
        store = Stores.open(emptyDatabase())
        notebook = Notebook(store)
    }

    @AfterEach
    fun close() = store.close()

    @Test
    fun `a data class comes back as it was`() {
        val notes = store.collection(Notes.schema)
        val plain = Note("buy milk")
        val whole = Note("call Ann", tomorrow, setOf("work", "phone"), Status.DONE, Instant.EPOCH)

        assertEquals(plain, notes.get(notes.insert(plain).id()).get().value())
        assertEquals(whole, notes.get(notes.insert(whole).id()).get().value())
        assertNull(notebook.find("nobody"))
    }

    @Test
    fun `open notes come by their time and by their tags`() {
        notebook.add("read", tags = arrayOf("home"))
        notebook.add("call Ann", tomorrow, "work", "phone")
        val milk = notebook.add("buy milk", Instant.EPOCH, "home")

        assertEquals(listOf("read", "buy milk", "call Ann"), notebook.open().map { it.title })
        assertTrue(notebook.finish(milk))
        assertEquals(listOf("read"), notebook.open("home").map { it.title })
        assertFalse(notebook.finish("nobody"))
    }

    @Test
    fun `a note is taken once, until its lease is over`() {
        val milk = notebook.add("buy milk")
        val taken = notebook.take(Duration.ofMinutes(5))

        assertEquals(milk, taken?.id())
        assertNull(notebook.take(Duration.ofMinutes(5)))

        store.collection(Notes.schema).update(milk) { it.copy(takenUntil = Instant.EPOCH) }
        assertEquals(milk, notebook.take(Duration.ofMinutes(5))?.id())
        notebook.finish(milk)
        assertNull(notebook.take(Duration.ofMinutes(5)))
    }

    @Test
    fun `a note is split as a whole`() {
        val shopping = notebook.add("buy milk and bread", tomorrow, "home")
        val parts = notebook.split(shopping, listOf("buy milk", "buy bread"))

        assertNull(notebook.find(shopping))
        assertEquals(listOf("buy milk", "buy bread"), parts.map { notebook.find(it)?.title })
        assertEquals(emptyList<String>(), notebook.split(shopping, listOf("buy milk")))
        assertEquals(2, store.inSnapshot { view -> view.collection(Notes.schema).query().count() })

        assertThrows<IllegalStateException> {
            store.inTransaction { tx ->
                tx.collection(Notes.schema).query().deleteAll()
                error("not after all")
            }
        }
        assertEquals(2, notebook.open().size)
    }

    data class Before(val title: String)

    data class After(val title: String, val tags: Set<String> = setOf("old"), val due: Instant? = null)

    @Test
    fun `a property with a default needs a new revision and no more`() {
        store.collection(Schema.of("growing", Before::class.java)).insert("n1", Before("buy milk"))

        val grown = store.collection(Schema.of("growing", After::class.java).revision(2))

        assertEquals(After("buy milk", setOf("old"), null), grown.get("n1").get().value())
    }

    data class Shouting(val title: String) {
        val loud: String
            get() = title.uppercase()
    }

    @Test
    fun `what is computed stays outside of the class`() {
        assertThrows<SchemaException> { store.collection(Schema.of("shouting", Shouting::class.java)) }
    }

    data class Timed(val title: String, val takes: kotlin.time.Duration)

    data class TimedPerhaps(val title: String, val takes: kotlin.time.Duration?)

    data class TimedOften(val title: String, val takes: List<kotlin.time.Duration>)

    @Test
    fun `a duration of Kotlin is refused when the collection is opened`() {
        listOf(Timed::class.java, TimedPerhaps::class.java, TimedOften::class.java).forEach { type ->
            val refused = assertThrows<SchemaException> { store.collection(Schema.of("timed", type)) }

            assertTrue("takes" in refused.message!!, refused.message)
            assertTrue("java.time" in refused.message!!, refused.message)
        }
    }

    @JvmInline value class Title(val text: String)

    @JvmInline value class Size(val bytes: Long)

    data class Valued(val title: Title, val size: Size, val perhaps: Size?)

    @Test
    fun `a value class comes back as it was`() {
        val values = store.collection(Schema.of("valued", Valued::class.java))
        val whole = Valued(Title("buy milk"), Size(7), Size(8))
        val part = Valued(Title(""), Size(0), null)

        assertEquals(whole, values.get(values.insert(whole).id()).get().value())
        assertEquals(part, values.get(values.insert(part).id()).get().value())
    }

    @Test
    fun `a transaction and a snapshot may return null`() {
        assertNull(store.inTransaction { tx -> tx.collection(Notes.schema).get("nobody").getOrNull() })
        assertNull(store.inSnapshot { view -> view.collection(Notes.schema).get("nobody").getOrNull() })
    }

    @Test
    fun `what may not be null is not`() {
        val id = notebook.add("buy milk")
        val raw = store.collection(Notes.schema).raw()
        val text = raw.get(id).get()

        assertThrows<InvalidValueException> {
            raw.replace(text.withValue(text.value().replace("\"buy milk\"", "null")))
        }
    }

    private companion object {
        val tomorrow: Instant = Instant.parse("2026-12-01T08:00:00Z")
    }
}
