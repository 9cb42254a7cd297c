package dev.pagurus.store.postgres;

import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A document with every kind of index. */
record Ticket(String title, String status, @Nullable Long due, Set<String> tags) {

    static final TextField<Ticket> TITLE = TextField.of("title", Ticket::title);
    static final TextField<Ticket> STATUS = TextField.of("status", Ticket::status);
    static final LongField<Ticket> DUE = LongField.of("due", Ticket::due);
    static final ManyField<Ticket> TAGS = ManyField.of("tags", Ticket::tags);

    static final Schema<Ticket> SCHEMA = Schema.of("tickets", Ticket.class)
            .uniqueIndex(TITLE)
            .index(STATUS, DUE)
            .index(STATUS.desc(), DUE)
            .index(TAGS);

    /** One that differs from the others in its title. */
    static Ticket of(String title) {
        return new Ticket(title, "open", 1L, Set.of("home"));
    }

    Ticket due(long other) {
        return new Ticket(title, status, other, tags);
    }
}
