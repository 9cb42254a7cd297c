package dev.pagurus.store.postgres.sql;

import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.Write.Precondition;

/** What a write does, and so which statement does it. */
public enum PostgresWriteKind {
    PUT,
    INSERT,
    REPLACE,
    REPLACE_VERSION,
    DELETE,
    DELETE_VERSION;

    public static PostgresWriteKind of(Write write) {
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

    public boolean deletes() {
        return this == DELETE || this == DELETE_VERSION;
    }

    public boolean asksForVersion() {
        return this == REPLACE_VERSION || this == DELETE_VERSION;
    }
}
