package dev.pagurus.store.tck.process;

import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.spi.StoreProvider;
import dev.pagurus.store.tck.StoreFixture;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * Handles on databases that all end at the same moment, in the midst of whatever they do, with nothing closed: those of a
 * second process that is killed, or where no second process can open the database, of this one with their calls cut off.
 */
public interface Mortal extends AutoCloseable {

    /** Begins one: a process, if the fixture says that there can be another one. */
    static Mortal of(StoreFixture fixture) {
        return fixture.severalProcesses() ? new OtherProcess() : new Severed();
    }

    /** When it ends, within the message that is counted. */
    enum Moment {
        /** When something is asked for, and may be under way. */
        ASKED,
        /** When it has been done, and nobody was told yet. */
        ANSWERED,
        /** When somebody was told. */
        TOLD;

        private static final List<Moment> ALL = List.of(values());

        /** Draws one. */
        public static Moment any(Random random) {
            return ALL.get(random.nextInt(ALL.size()));
        }
    }

    /** Returns what opens a store there. */
    StoreProvider provider(StoreConfig config);

    /**
     * Has it end within a message: a call of the SPI, or a body that is asked for while a call runs. Nothing is waited for
     * but messages.
     *
     * @param messages which one, counted from now on
     */
    void endAt(int messages, Moment moment);

    /** Whether it has ended in this way. */
    boolean isDead();

    @Override
    void close() throws IOException;
}
