package dev.pagurus.store.postgres;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Programs of the operating system. */
final class Programs {

    private Programs() {}

    static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException("This failed: " + command);
        }
    }

    /** Sends a signal to processes that the test has started. */
    static void signal(String name, List<Long> processes) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process)));
        new ProcessBuilder(command).inheritIO().start().waitFor();
    }
}
