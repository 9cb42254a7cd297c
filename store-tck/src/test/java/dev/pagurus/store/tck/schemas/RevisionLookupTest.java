package dev.pagurus.store.tck.schemas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.pagurus.store.Codec;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.Schema;
import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.EngineSession;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.spi.StoreEngine;
import dev.pagurus.store.tck.reference.ReferenceDatabase;
import dev.pagurus.store.tck.reference.ReferenceEngine;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.samples.Numbers;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a store asks which revision a collection has: only when a document could not be decoded; and if that fails too. */
class RevisionLookupTest {

    private final AtomicInteger lookups = new AtomicInteger();
    private final Store store = Stores.open(
            new ReferenceProvider() {
                @Override
                protected StoreEngine open(ReferenceDatabase database, StoreConfig config) {
                    return new Lost(database, config);
                }
            },
            StoreConfig.of("reference:lookups"));
    private DocumentCollection<Integer> numbers;
    private boolean lost;

    @BeforeEach
    void fill() {
        numbers = store.collection(Numbers.SCHEMA);
        numbers.put("good", 1);
        store.collection(Numbers.TEXTS).put("damaged", new Numbers.Text("secret", 1));
        lookups.set(0);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatCanBeDecodedAsksForNothing() {
        numbers.get("good");
        numbers.getAll(List.of("good", "none"));
        numbers.raw().get("damaged");
        numbers.query().undecodable(damaged -> {}).list();

        assertThat(lookups).hasValue(0);
    }

    @Test
    void aFailureAsksOnce() {
        caught(numbers);

        assertThat(lookups).hasValue(1);
    }

    @Test
    void aLookupThatFailsHidesNothing() {
        lost = true;

        requireToldOfBoth(caught(numbers));
    }

    /** It ends the transaction, as every call that the engine fails. */
    @Test
    void aLookupThatFailsInATransactionHidesNothing() {
        lost = true;

        assertThatThrownBy(() -> store.runTransaction(tx -> requireToldOfBoth(caught(tx.collection(Numbers.SCHEMA)))))
                .isInstanceOf(UnavailableException.class);
    }

    /** A text may be nested deeper than a codec's recursion goes. */
    @Test
    void aCodecThatOverflowsTheStackIsOneThatCannotDecode() {
        Codec<Integer> deep = Codec.of(String::valueOf, RevisionLookupTest::deeper);
        DocumentCollection<Integer> deeps = store.collection(Schema.of("deeps", deep));
        deeps.put("a", 1);

        UndecodableDocumentException e = catchThrowableOfType(UndecodableDocumentException.class, () -> deeps.get("a"));
        assertThat(e).hasCauseInstanceOf(StackOverflowError.class);
        assertThat(e.reason()).isEqualTo("StackOverflowError");
    }

    @SuppressWarnings("InfiniteRecursion") // that is the point
    private static Integer deeper(String text) {
        return 1 + deeper(text);
    }

    private static void requireToldOfBoth(UndecodableDocumentException e) {
        assertThat(e.newerRevision()).isEmpty();
        assertThat(e.getSuppressed()).singleElement().isInstanceOf(UnavailableException.class);
    }

    private static UndecodableDocumentException caught(DocumentCollection<Integer> numbers) {
        return catchThrowableOfType(UndecodableDocumentException.class, () -> numbers.get("damaged"));
    }

    private List<CollectionDefinition> lookUp(List<CollectionDefinition> definitions) {
        lookups.incrementAndGet();
        if (lost) {
            throw new UnavailableException("The connection is lost.");
        }
        return definitions;
    }

    private final class Lost extends ReferenceEngine {

        Lost(ReferenceDatabase database, StoreConfig config) {
            super(database, config);
        }

        @Override
        public List<CollectionDefinition> definitions() {
            return lookUp(super.definitions());
        }

        @Override
        public EngineSession begin(SessionMode mode) {
            return new ReferenceSession(this, mode) {
                @Override
                public List<CollectionDefinition> definitions() {
                    return lookUp(super.definitions());
                }
            };
        }
    }
}
