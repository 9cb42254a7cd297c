package dev.pagurus.store.tck.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pagurus.store.tck.Clause;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WaiversTest {

    @TempDir
    Path directory;

    @Test
    void aLineIsAClauseAndAReason() throws Exception {
        Waivers waivers = read("# why", "", "  W4\tcannot do it, see issue 12  ", "Q35 slow");
        assertThat(waivers.clauses()).containsExactly(Clause.W4, Clause.Q35);
        assertThat(waivers.reason(Clause.W4)).isEqualTo("cannot do it, see issue 12");
        assertThat(waivers.reason(Clause.W5)).isNull();
    }

    @Test
    void anUnknownClauseIsNamedWithItsLine() {
        requireRefused("there is no clause 'W400'", "line 2", "W4 reason", "W400 reason");
        requireRefused("there is no clause 'w4'", "line 1", "w4 reason");
        requireRefused("there is no clause 'W4:'", "line 1", "W4: reason");
    }

    @Test
    void aWaiverWithoutAReasonIsRefused() {
        requireRefused("the waiver of W4 has no reason", "line 1", "W4");
        requireRefused("the waiver of W4 has no reason", "line 3", "", "", "W4   ");
    }

    @Test
    void aClauseIsWaivedOnce() {
        requireRefused("the clause W4 is waived twice", "line 2", "W4 one", "W4 other");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThatThrownBy(() -> Waivers.read(directory.resolve("none")))
                .hasMessageContainingAll("none", "cannot be read", "StoreFixture.waivers()");
    }

    @Test
    void aFileThatIsNoTextIsRefused() throws Exception {
        Path file = Files.write(directory.resolve("binary"), new byte[] {(byte) 0xC3, 0x28});
        assertThatThrownBy(() -> Waivers.read(file)).hasMessageContaining("cannot be read as UTF-8");
    }

    private void requireRefused(String message, String place, String... lines) {
        assertThatThrownBy(() -> read(lines))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(message, place);
    }

    private Waivers read(String... lines) throws Exception {
        return Waivers.read(Files.write(directory.resolve("acme.waivers"), List.of(lines)));
    }
}
