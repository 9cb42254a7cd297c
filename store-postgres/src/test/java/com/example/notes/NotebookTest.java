package com.example.notes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pagurus.store.Store;
import dev.pagurus.store.Stores;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the notebook does, on whichever store; a class for each store says where an empty database is. */
abstract class NotebookTest {

    private Store store;
    private Notebook notebook;

    abstract String emptyDatabase();

    @BeforeEach
    void open() {
        store = Stores.open(emptyDatabase());
        notebook = new Notebook(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatIsFinishedIsNotOpen() {
        String milk = notebook.add("buy milk", Instant.EPOCH, "home");
        notebook.add("call Ann", Instant.EPOCH);

        assertTrue(notebook.finish(milk));
        assertEquals(1, notebook.open().size());
        assertEquals("call Ann", notebook.open().get(0).value().title());
    }

    @Test
    void whatIsNotThereCannotBeFinished() {
        assertFalse(notebook.finish("nobody"));
        assertTrue(notebook.open().isEmpty());
    }
}
