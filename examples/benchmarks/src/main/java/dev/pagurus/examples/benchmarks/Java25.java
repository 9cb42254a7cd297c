package dev.pagurus.examples.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** The Java whose virtual threads are measured: this one, or one beside it. */
final class Java25 {

    private static final Path BESIDE = Path.of("/usr/lib/jvm");

    private Java25() {}

    static boolean isThere() {
        return !executable().isEmpty();
    }

    /** Returns the path of the program, or nothing. */
    static String executable() {
        if (Runtime.version().feature() >= 25) {
            return Path.of(System.getProperty("java.home"), "bin", "java").toString();
        }
        if (!Files.isDirectory(BESIDE)) {
            return "";
        }
        try (DirectoryStream<Path> homes = Files.newDirectoryStream(BESIDE, "*25*")) {
            for (Path home : homes) {
                Path program = home.resolve("bin/java");
                if (Files.isExecutable(program)) {
                    return program.toString();
                }
            }
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
