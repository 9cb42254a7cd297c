package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.tck.samples.Tour;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** JVMs with other digits, another "i" and another day: nothing that a machine reads depends on them. */
@Timeout(120)
class SqliteLocaleTest {

    @TempDir
    private Path directory;

    @Test
    void everythingIsDoneAsElsewhereWhereverTheMachineStands() throws Exception {
        List<String> expected = TouringProgram.answers(directory.resolve("here"));
        List<ChildJvm> children = new ArrayList<>();
        try {
            for (List<String> place : Tour.strangePlaces()) {
                List<String> command =
                        ChildJvm.command(TouringProgram.class, directory.resolve("place" + children.size()));
                command.addAll(1, place);
                children.add(ChildJvm.start(command));
            }
            for (ChildJvm child : children) {
                assertThat(child.finish().stream()
                                .filter(line -> line.startsWith(Parent.ANSWER))
                                .map(line -> line.substring(Parent.ANSWER.length())))
                        .containsExactlyElementsOf(expected);
            }
        } finally {
            children.forEach(ChildJvm::close);
        }
    }
}
