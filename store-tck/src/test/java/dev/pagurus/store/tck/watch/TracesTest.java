package dev.pagurus.store.tck.watch;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.net.ServerSocket;
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
    @EnabledOnOs(OS.LINUX)
    void aConnectionIsItsFaultAndWhereToolsLookIntoTheJvmIsNot() throws Exception {
        traces.remember();
        String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        new ProcessBuilder(jcmd, "" + ProcessHandle.current().pid(), "VM.version")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        traces.requireNothingLeft(List.of(directory));
        try (ServerSocket left = new ServerSocket(0)) {
            Objects.requireNonNull(left);
            assertThatThrownBy(() -> traces.requireNothingLeft(List.of(directory)))
                    .isInstanceOf(LeftBehind.class)
                    .hasMessageContaining("open sockets");
        }
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
