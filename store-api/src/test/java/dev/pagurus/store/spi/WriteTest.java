package dev.pagurus.store.spi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.spi.Write.Precondition;
import java.util.List;
import org.junit.jupiter.api.Test;

class WriteTest {

    private static final CollectionDefinition NOTES = new CollectionDefinition("notes", 1, List.of(), List.of());
    private static final Content.Body BODY = new Content.Body("{}", List.of());

    @Test
    void whatIsThereSaysWhetherAWriteIsRefused() {
        assertThat(write(Precondition.NONE, BODY).refusal(null)).isNull();
        assertThat(write(Precondition.NONE, BODY).refusal(at(7))).isNull();
        assertThat(write(Precondition.ABSENT, BODY).refusal(null)).isNull();
        assertThat(write(Precondition.ABSENT, BODY).refusal(at(7))).isEqualTo(new WriteOutcome.DuplicateId());
        assertThat(write(Precondition.PRESENT, BODY).refusal(null)).isEqualTo(new WriteOutcome.NotFound());
        assertThat(write(Precondition.PRESENT, BODY).refusal(at(7))).isNull();
        assertThat(write(Precondition.version(7), BODY).refusal(at(7))).isNull();
        assertThat(write(Precondition.version(7), BODY).refusal(at(8))).isEqualTo(new WriteOutcome.VersionConflict(8L));
        assertThat(write(Precondition.version(7), BODY).refusal(null))
                .isEqualTo(new WriteOutcome.VersionConflict(null));
        assertThat(write(Precondition.NONE, new Content.Delete()).refusal(null)).isEqualTo(new WriteOutcome.NotFound());
        assertThat(write(Precondition.NONE, new Content.Delete()).refusal(at(7)))
                .isNull();
    }

    @Test
    void aVersionIsTheClockRaisedAboveTheLastOne() {
        Write write = write(Precondition.NONE, BODY);
        DeletedVersions deleted = new DeletedVersions();
        assertThat(write.document(null, BODY, 5, deleted)).isEqualTo(new StoredDocument("a", 5, 5, "{}"));
        StoredDocument found = new StoredDocument("a", 10, 3, "old");
        assertThat(write.document(found, BODY, 20, deleted)).isEqualTo(new StoredDocument("a", 20, 3, "{}"));
        assertThat(write.document(found, BODY, 10, deleted)).isEqualTo(new StoredDocument("a", 11, 3, "{}"));
    }

    @Test
    void aNewDocumentHasAVersionAboveThoseThatWereDeleted() {
        DeletedVersions deleted = new DeletedVersions();
        deleted.add(NOTES, 7);
        deleted.add(NOTES, 6);
        deleted.add(new CollectionDefinition("others", 1, List.of(), List.of()), 9);
        Write write = write(Precondition.ABSENT, BODY);
        assertThat(write.document(null, BODY, 5, deleted)).isEqualTo(new StoredDocument("a", 8, 5, "{}"));
        assertThat(write.document(null, BODY, 20, deleted)).isEqualTo(new StoredDocument("a", 20, 20, "{}"));
    }

    private static StoredDocument at(long version) {
        return new StoredDocument("a", version, 3, "{}");
    }

    private static Write write(Precondition precondition, Content content) {
        return new Write(NOTES, "a", precondition, content);
    }
}
