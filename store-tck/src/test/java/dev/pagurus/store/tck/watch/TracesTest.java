package dev.pagurus.store.tck.watch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Whoever leaves something is blamed for it, and nobody after him. */
class TracesTest {

    @TempDir
    Path directory;

    private final Traces traces = new Traces();

    @Test
    @EnabledOnOs(OS.LINUX) // elsewhere there is no /proc to look at
    void whatATestLeavesIsItsFault() throws Exception {
        traces.remember();
        try (InputStream left = Files.newInputStream(file())) {
            Objects.requireNonNull(left);
            assertThatThrownBy(() -> traces.requireNothingLeft(List.of(directory)))
                    .isInstanceOf(LeftBehind.class)
                    .hasMessageContaining("left.db");
        }
        traces.requireNothingLeft(List.of(directory));
    }

    @Test
    void whatAnotherHasLeftIsNot() throws Exception {
        try (InputStream left = Files.newInputStream(file())) {
            Objects.requireNonNull(left);
            traces.remember();
            traces.requireNothingLeft(List.of(directory));
        }
    }

    private Path file() throws Exception {
        return Files.writeString(directory.resolve("left.db"), "");
    }
}
