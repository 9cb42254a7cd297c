package dev.pagurus.examples.cli;

import dev.pagurus.store.CopyResult;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** What a command says at its end: words for people, or one JSON object for scripts, whatever became of it. */
@SuppressWarnings("NullAway.Init") // picocli fills the fields
final class Answer {

    private static final String JSON = "--json";

    @Option(
            names = JSON,
            description = "Answer with one JSON object on the standard output, failures too; for scripts.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    Progress progress() {
        return new Progress(command.commandLine());
    }

    /** Says how a command ended. */
    void tell(int code, Map<String, ? extends @Nullable Object> keys, Consumer<PrintWriter> words) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            print(out, command.name(), code, keys);
        } else {
            words.accept(out);
        }
        out.flush();
    }

    /**
     * Lists what was copied, written or compared.
     *
     * @param more keys that only this command has
     */
    void copied(String what, CopyResult result, Map<String, ?> more) {
        Map<String, @Nullable Object> keys = new LinkedHashMap<>(more);
        keys.put("documents", result.documents());
        keys.put("bytes", result.bytes());
        List<Map<String, Object>> collections = new ArrayList<>();
        for (CopyResult.Collection one : result.collections()) {
            Map<String, Object> collection = new LinkedHashMap<>();
            collection.put("name", one.name());
            collection.put("revision", one.revision());
            collection.put("documents", one.documents());
            collection.put("bytes", one.bytes());
            collection.put("sha256", one.sha256());
            collections.add(collection);
        }
        keys.put("collections", collections);
        tell(Main.DONE, keys, out -> {
            for (CopyResult.Collection one : result.collections()) {
                out.printf(
                        Locale.ROOT,
                        "%-40s %,12d documents %,16d bytes  sha256 %s%n",
                        one.name(),
                        one.documents(),
                        one.bytes(),
                        one.sha256());
            }
            // The marks of steps go along, and are no collection of the application's.
            List<CopyResult.Collection> theirs = result.collections().stream()
                    .filter(one -> !one.name().startsWith("pagurus_"))
                    .toList();
            out.printf(
                    Locale.ROOT,
                    "%s: %,d collections, %,d documents.%n",
                    what,
                    theirs.size(),
                    theirs.stream().mapToLong(CopyResult.Collection::documents).sum());
        });
    }

    /** Says what has failed, where there may be no command yet. Nothing that was typed shows as it was. */
    static int failed(CommandLine command, List<String> typed, Failure failure) {
        Arguments arguments = Arguments.of(typed);
        String what = arguments.hiddenIn(failure.what());
        String advice = arguments.hiddenIn(failure.advice());
        if (typed.contains(JSON)) {
            Map<String, @Nullable Object> keys = new LinkedHashMap<>();
            keys.put("error", what);
            keys.put("advice", advice);
            print(command.getOut(), command.getCommandName(), failure.code(), keys);
            command.getOut().flush();
        } else {
            command.getErr().println(what);
            if (!advice.isEmpty()) {
                command.getErr().println(advice);
            }
        }
        command.getErr().flush();
        return failure.code();
    }

    private static void print(PrintWriter out, String command, int code, Map<String, ? extends @Nullable Object> keys) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("command", command);
        all.put("exit", code);
        all.putAll(keys);
        out.println(new JsonMapper().writeValueAsString(all));
    }
}
