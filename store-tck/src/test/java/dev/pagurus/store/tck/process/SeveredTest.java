package dev.pagurus.store.tck.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.OutcomeUnknownException;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.SerializationFailure;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.tck.mutants.OddEngine;
import dev.pagurus.store.tck.process.Mortal.Moment;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A handle that is cut off ends at the message that was said, whatever comes of it. */
class SeveredTest {

    private static final StoreConfig CONFIG = StoreConfig.builder("reference:severed")
            .provider(new ReferenceProvider() {
                @Override
                protected StoreEngine open(ReferenceDatabase database, StoreConfig config) {
                    return OddEngine.of(super.open(database, config), call -> {
                        if (call.method().getName().equals("write")) {
                            throw new SerializationFailure("A conflict that was made up.", null);
                        }
                        return call.make();
                    });
                }
            })
            .build();

    @Test
    void itEndsWhenItsLastMessageThrows() {
        for (Moment moment : Moment.values()) {
            Severed severed = new Severed();
            try (StoreEngine engine = severed.provider(CONFIG).open(CONFIG)) {
                severed.endAt(1, moment);
                assertThatThrownBy(() -> engine.write(List.of()))
                        .as("what the caller is told when it ends at %s", moment)
                        .isInstanceOf(
                                moment == Moment.TOLD ? SerializationFailure.class : OutcomeUnknownException.class);
                assertThat(severed.isDead())
                        .as("whether it ended at %s", moment)
                        .isTrue();
                assertThatThrownBy(engine::definitions).isInstanceOf(UnavailableException.class);
            }
        }
    }
}
