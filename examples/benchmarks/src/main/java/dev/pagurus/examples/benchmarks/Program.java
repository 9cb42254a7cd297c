package dev.pagurus.examples.benchmarks;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** A program of ours in a JVM of its own, which says one line. */
record Program(Class<?> main, List<String> flags) {

    /**
     * What it said.
     *
     * @param micros how long after its start
     */
    record Said(String line, double micros) {}

    Said run(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(flags);
        command.addAll(List.of("-classpath", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        try {
            long start = System.nanoTime();
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String line = process.inputReader().readLine();
            double micros = (System.nanoTime() - start) / 1000.0;
            if (process.waitFor() != 0 || line == null) {
                throw new IllegalStateException(main.getSimpleName() + " failed.");
            }
            return new Said(line, micros);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
