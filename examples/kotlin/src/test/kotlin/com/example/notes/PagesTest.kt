package com.example.notes

import java.io.File
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test

/** Code of the README is code of this project. */
class PagesTest {

    @Test
    fun `every snippet is code that is run`() {
        val code = File("src").walk().filter { it.isFile }.plus(File("pom.xml")).joinToString("\n") { it.readText() }
        val snippets = Regex("```(?:kotlin|xml)\n(.*?)```", RegexOption.DOT_MATCHES_ALL)
            .findAll(File("README.md").readText())
            .map { it.groupValues[1] }
            .toList()

        assertTrue(snippets.size >= 4, "only ${snippets.size} snippets")
        snippets.forEach { assertTrue(squeezed(it) in squeezed(code), "not in the code: $it") }
    }

    private fun squeezed(code: String) = code.replace(Regex("\\s"), "")
}
