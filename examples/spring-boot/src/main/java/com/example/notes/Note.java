package com.example.notes;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** What is stored, as JSON, and what clients send and get. */
record Note(String title, Instant due, boolean done) {

    Note {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(due, "due");
    }

    Note finished() {
        return new Note(title, due, true);
    }

    Note again(Duration later) {
        return new Note(title, due.plus(later), false);
    }
}
