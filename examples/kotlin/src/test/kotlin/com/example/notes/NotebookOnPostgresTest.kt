package com.example.notes

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres
import java.time.Duration
import java.util.concurrent.atomic.AtomicInteger
import org.junit.jupiter.api.AfterAll
import org.junit.jupiter.api.BeforeAll

class NotebookOnPostgresTest : NotebookTest() {

    /** One server for all tests, and a schema of its own for each. */
    override fun emptyDatabase() =
        "postgres://postgres@localhost:${server.port}/postgres?pool.max=4&pool.minIdle=0&schema=test${schemas.incrementAndGet()}"

    companion object {
        private val schemas = AtomicInteger()
        private lateinit var server: EmbeddedPostgres

        @JvmStatic
        @BeforeAll
        fun start() {
            server = EmbeddedPostgres.builder()
                .setPGStartupWait(Duration.ofMinutes(1)) // a busy machine
                .start()
        }

        @JvmStatic
        @AfterAll
        fun stop() = server.close()
    }
}
