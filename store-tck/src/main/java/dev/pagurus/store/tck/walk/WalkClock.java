package dev.pagurus.store.tck.walk;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/**
 * A clock that stands still until a walk moves it, here and in the other process, which gets a copy: that one looks into a
 * file.
 */
final class WalkClock extends Clock implements Serializable, AutoCloseable {

    private static final long serialVersionUID = 1L;

    private final String file;

    /** Only where the clock is moved. */
    private transient volatile @Nullable Instant now;

    /** Makes one, and its file. */
    WalkClock(Instant now) throws IOException {
        this.file = Files.createTempFile("pagurus-walk", ".clock").toString();
        set(now);
    }

    void set(Instant instant) {
        now = instant;
        try {
            Files.writeString(Path.of(file), instant.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Instant instant() {
        Instant here = now;
        if (here != null) {
            return here;
        }
        try {
            return Instant.parse(Files.readString(Path.of(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    /** Removes the file. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(Path.of(file));
    }
}
