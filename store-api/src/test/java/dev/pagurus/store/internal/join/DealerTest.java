package dev.pagurus.store.internal.join;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Range;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.Sort;
import dev.pagurus.store.spi.StoredDocument;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** From where the next documents are read, while several threads claim some. */
class DealerTest {

    private static final CollectionDefinition JOBS = new CollectionDefinition("jobs", 1, List.of(), List.of());
    private static final List<@Nullable Object> BEHIND_B = List.of("b");

    private final Dealer dealer = new Dealer();

    @Test
    void whoIsAloneBeginsAtTheHead() {
        Candidates first = read(chunk(BEHIND_B, "a", "b"), 1, "a");
        first.settled(0);
        assertThat(dealer.beside(1, 1, demand(1)).from()).isNull();
    }

    @Test
    void amongSeveralItGoesOnBehindWhatWasRead() {
        read(chunk(BEHIND_B, "a", "b"), 1, "a");
        Candidates again = Objects.requireNonNull(dealer.again(demand(1)), "what is left");
        assertThat(ids(again)).containsExactly("b");
        assertThat(dealer.again(demand(1))).isNull();
        Dealer.Beside beside = dealer.beside(1, 1, demand(1));
        assertThat(beside.from()).isEqualTo(BEHIND_B);
        assertThat(beside.taken()).as("what is not behind").isEmpty();
    }

    @Test
    void whatIsLeftIsDealtTogetherWithWhatIsReadBehindIt() {
        read(chunk(BEHIND_B, "a", "b"), 1, "a");
        assertThat(dealer.again(demand(2))).as("two where one is left").isNull();
        read(chunk(List.of("d"), "c", "d"), 2, "b", "c");
    }

    /** New work may have come at the head, which was not looked at. */
    @Test
    void theEndOfWhatIsBehindIsNotTheEndOfAll() {
        read(chunk(BEHIND_B, "a", "b"), 2, "a", "b");
        Candidates none = read(chunk(null), 1);
        assertThat(none.exhausted()).as("whether all was looked at").isFalse();
        assertThat(none.next()).as("where to go on, which is at the head").isNull();
        assertThat(dealer.beside(1, 1, demand(1)).from()).isNull();
        assertThat(dealer.beside(2, 2, demand(1)).from()).isNull();
    }

    @Test
    void whoLosesMakesOthersLookAtTheHead() {
        read(chunk(BEHIND_B, "a", "b"), 1, "a").settled(1);
        read(chunk(List.of("d"), "c", "d"), 1, "c");
        assertThat(dealer.beside(2, 2, demand(1)).from()).isEqualTo(List.of("d"));
        read(chunk(List.of("f"), "e", "f"), 1, "e").settled(1);
        assertThat(dealer.beside(2, 2, demand(1)).from()).isNull();
    }

    @Test
    void anotherQuestionBeginsAtItsHead() {
        read(chunk(BEHIND_B, "a", "b"), 1, "a");
        Demand other = demand(1, new Condition.IsNull("at"));
        assertThat(dealer.again(other)).isNull();
        assertThat(dealer.beside(1, 1, other).from()).isNull();
    }

    /** Reads for two claimers, of which this is the answer of the first. */
    private Candidates read(Chunk chunk, int wanted, String... expected) {
        Demand demand = demand(wanted);
        Call<Demand, Candidates> call = new Call<>(demand, null);
        Dealer.Beside beside = dealer.beside(2, wanted, demand);
        dealer.deal(chunk, beside, System.nanoTime(), demand, List.of(call));
        Candidates answer = Objects.requireNonNull(call.answer, "answer");
        assertThat(ids(answer)).containsExactly(expected);
        return answer;
    }

    private static List<String> ids(Candidates candidates) {
        return candidates.documents().stream().map(StoredDocument::id).toList();
    }

    private static Demand demand(int wanted) {
        return demand(wanted, Condition.EVERYTHING);
    }

    private static Demand demand(int wanted, Condition filter) {
        return new Demand(
                new Scan(JOBS, filter, List.of(new Sort("id", false)), List.of(Range.ALL), wanted, Scan.CHUNK_BYTES),
                Set.of());
    }

    private static Chunk chunk(@Nullable List<@Nullable Object> next, String... ids) {
        return new Chunk(
                Arrays.stream(ids).map(id -> new StoredDocument(id, 1, 1, "{}")).toList(), next);
    }
}
