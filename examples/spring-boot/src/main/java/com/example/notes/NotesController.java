package com.example.notes;

import dev.pagurus.store.Document;
import dev.pagurus.store.Page;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Documents as they are: id, version, creation time and value. */
@RestController
@RequestMapping("/notes")
class NotesController {

    private final Notes notes;

    NotesController(Notes notes) {
        this.notes = notes;
    }

    @PostMapping
    ResponseEntity<Document<Note>> add(@RequestBody Note note) {
        return created(notes.add(note));
    }

    @GetMapping
    Page<Note> open(@RequestParam(name = "after", required = false) @Nullable String cursor) {
        return notes.open(cursor);
    }

    @GetMapping("/{id}")
    ResponseEntity<Document<Note>> get(@PathVariable String id) {
        return ResponseEntity.of(notes.get(id));
    }

    @PutMapping("/{id}")
    Document<Note> change(@PathVariable String id, @RequestParam long version, @RequestBody Note note) {
        return notes.change(id, version, note);
    }

    @PostMapping("/{id}/repeat")
    ResponseEntity<Document<Note>> repeat(@PathVariable String id, @RequestParam int days) {
        Optional<Document<Note>> next = notes.repeat(id, Duration.ofDays(days));
        return next.map(NotesController::created)
                .orElse(ResponseEntity.notFound().build());
    }

    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(@PathVariable String id) {
        return (notes.delete(id) ? ResponseEntity.noContent() : ResponseEntity.notFound()).build();
    }

    private static ResponseEntity<Document<Note>> created(Document<Note> note) {
        return ResponseEntity.created(URI.create("/notes/" + note.id())).body(note);
    }
}
