package dev.pagurus.store.tck.process;

import dev.pagurus.store.spi.CollectionDefinition;
import java.io.Serializable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the two JVMs say to each other. */
sealed interface Message extends Serializable {

    /** Ours: open a database. A clock goes along as a copy. */
    record Open(
            String url,
            @Nullable String user,
            @Nullable String password,
            @Nullable Clock clock,
            Duration timeout,
            long maxBodyBytes)
            implements Message {

        /** Shows no secret. */
        @Override
        public String toString() {
            return "Open";
        }
    }

    /**
     * Ours: call a method of an engine or a session.
     *
     * @param object its number
     * @param types the types of the parameters
     * @param arguments the arguments, with {@link Here} in place of a {@link dev.pagurus.store.spi.Filler}
     */
    record Call(int object, String method, List<Class<?>> types, List<@Nullable Object> arguments) implements Message {}

    /** Theirs, while a call of ours runs: bring a body to its new revision. Answered like a call. */
    record Fill(int from, String id, String body) implements Message {}

    /** The same, before it: whether that goes aside. */
    record Aside(int from, String id, String body) implements Message {}

    /** Theirs, before the first of these: what is stored. Answered like a call. */
    record Begin(CollectionDefinition stored) implements Message {}

    /** The answer: what was returned, with {@link There} in place of an engine or session. */
    record Returned(@Nullable Object value) implements Message {}

    /** The answer: what was thrown. */
    record Threw(Throwable failure) implements Message {}

    /**
     * A filler, which stays with who sent this.
     *
     * @param aside its collection of what it cannot fill
     */
    record Here(@Nullable CollectionDefinition aside) implements Serializable {}

    /**
     * An engine or session that stays with who sent this.
     *
     * @param object its number
     */
    record There(int object) implements Serializable {}
}
