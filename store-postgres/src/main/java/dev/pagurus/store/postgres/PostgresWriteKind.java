package dev.pagurus.store.postgres;

import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.Write.Precondition;

/** What a write does, and so which statement does it. */
enum PostgresWriteKind {
    PUT,
    INSERT,
    REPLACE,
    REPLACE_VERSION,
    DELETE,
    DELETE_VERSION;

    static PostgresWriteKind of(Write write) {
        Precondition.Kind precondition = write.precondition().kind();
        if (write.content() instanceof Content.Delete) {
            return precondition == Precondition.Kind.VERSION ? DELETE_VERSION : DELETE;
        }
        return switch (precondition) {
            case NONE -> PUT;
            case ABSENT -> INSERT;
            case PRESENT -> REPLACE;
            case VERSION -> REPLACE_VERSION;
        };
    }

    boolean deletes() {
        return this == DELETE || this == DELETE_VERSION;
    }

    boolean asksForVersion() {
        return this == REPLACE_VERSION || this == DELETE_VERSION;
    }
}
