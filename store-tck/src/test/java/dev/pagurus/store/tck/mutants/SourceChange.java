package dev.pagurus.store.tck.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A change in a source file of this project.
 *
 * @param file the path of the class below {@code dev/pagurus/store}, without {@code .java}
 * @param text what stands there, exactly once
 * @param replacement what shall stand there
 */
record SourceChange(String file, String text, String replacement) {

    private static final List<Path> ROOTS = List.of(Path.of("../store-api/src/main/java"), Path.of("src/main/java"));

    /** Returns the changed sources by the name of their class. */
    static Map<String, String> apply(List<SourceChange> changes) {
        Map<String, String> sources = new TreeMap<>();
        for (SourceChange change : changes) {
            String name = "dev.pagurus.store." + change.file.replace('/', '.');
            sources.put(name, change.apply(sources.getOrDefault(name, change.read())));
        }
        return sources;
    }

    private String apply(String source) {
        int place = source.indexOf(text);
        if (place < 0 || source.indexOf(text, place + 1) >= 0) {
            throw new IllegalStateException((place < 0 ? "Nowhere" : "More than once") + " in " + file
                    + " stands the text that this mutant changes: " + text);
        }
        return source.substring(0, place) + replacement + source.substring(place + text.length());
    }

    private String read() {
        Path path = Path.of("dev/pagurus/store", file + ".java");
        for (Path root : ROOTS) {
            if (Files.exists(root.resolve(path))) {
                try {
                    return Files.readString(root.resolve(path));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        throw new IllegalStateException("There is no source file " + path + " in " + ROOTS + ".");
    }
}
