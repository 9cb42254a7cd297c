package dev.pagurus.store.tck.histories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.Store;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.tck.group.Race;
import dev.pagurus.store.tck.reference.ReferenceProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file for Elle, read back by a reader that takes nothing else than what Elle's list-append takes. */
class ElleHistoryTest {

    private static final Pattern OPERATION =
            Pattern.compile("\\{:index (\\d+), :time (-?\\d+), :type :(invoke|ok|fail|info),"
                    + " :process (\\d+), :f :txn, :value \\[(.*)]}");
    private static final Pattern STEP =
            Pattern.compile("\\[:(append) (\\d+) (-?\\d+)]|\\[:(r) (\\d+) (nil|\\[((?:-?\\d+(?: -?\\d+)*)?)])]");

    /** A step of an operation: an append of one number, or a read of some; what is not known yet is null there. */
    private record Step(boolean append, int key, List<Long> numbers, boolean known) {}

    private record Operation(String type, int process, List<Step> steps) {}

    @Test
    void aHistoryCanBeReadBack(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("new").resolve("history.edn");
        try (Store store = Stores.open(new ReferenceProvider(), StoreConfig.of("reference:elle"))) {
            History history = new History();
            List<Part> parts = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                parts.add(new Part(history, i + 1, store, List.of("a", "b", "c"), new Random(i)));
            }
            parts.get(0).prepare();
            Race.run(parts.size(), number -> parts.get(number).play(60));
            parts.get(0).look();
            history.writeTo(file);
        }
        List<Operation> operations = read(file);
        requireEachProcessToDoOneThingAfterTheOther(operations);
        requireReadsToAgree(operations);
        assertThat(operations.stream().map(Operation::type)).as("types").contains("invoke", "ok", "fail");
        assertThat(steps(operations, "ok").filter(step -> !step.append()))
                .as("reads")
                .hasSizeGreaterThan(100);
        assertThat(steps(operations, "ok").filter(Step::append)).as("appends").hasSizeGreaterThan(50);
    }

    private static List<Operation> read(Path file) throws Exception {
        List<Operation> operations = new ArrayList<>();
        long time = Long.MIN_VALUE;
        for (String line : Files.readAllLines(file)) {
            Matcher operation = OPERATION.matcher(line);
            assertThat(operation.matches())
                    .as("whether this is an operation: %s", line)
                    .isTrue();
            assertThat(operation.group(1)).as("index").isEqualTo(String.valueOf(operations.size()));
            assertThat(Long.parseLong(operation.group(2))).as("time").isGreaterThanOrEqualTo(time);
            time = Long.parseLong(operation.group(2));
            operations.add(
                    new Operation(operation.group(3), Integer.parseInt(operation.group(4)), steps(operation.group(5))));
        }
        return operations;
    }

    private static List<Step> steps(String text) {
        List<Step> steps = new ArrayList<>();
        Matcher step = STEP.matcher(text);
        int end = 0;
        while (end < text.length()) {
            assertThat(step.find(end) && step.start() == end)
                    .as("whether a step begins at %d of %s", end, text)
                    .isTrue();
            boolean append = step.group(1) != null;
            boolean known = append || !step.group(6).equals("nil");
            String numbers = append ? step.group(3) : known ? step.group(7) : "";
            steps.add(new Step(
                    append,
                    Integer.parseInt(append ? step.group(2) : step.group(5)),
                    Stream.of(numbers.split(" "))
                            .filter(number -> !number.isEmpty())
                            .map(Long::valueOf)
                            .toList(),
                    known));
            end = step.end();
            if (end < text.length()) {
                assertThat(text.charAt(end))
                        .as("what divides the steps of %s", text)
                        .isEqualTo(' ');
                end++;
            }
        }
        return steps;
    }

    private static void requireEachProcessToDoOneThingAfterTheOther(List<Operation> operations) {
        Map<Integer, Operation> open = new HashMap<>();
        for (Operation operation : operations) {
            Operation begun = open.remove(operation.process());
            if (operation.type().equals("invoke")) {
                assertThat(begun)
                        .as("what process %d still does", operation.process())
                        .isNull();
                open.put(operation.process(), operation);
            } else {
                Operation of = Objects.requireNonNull(begun, "what process " + operation.process() + " had begun");
                assertThat(operation.steps().stream().map(step -> step.append() + " " + step.key()))
                        .as("the steps of what process %d had begun", operation.process())
                        .containsExactlyElementsOf(of.steps().stream()
                                .map(step -> step.append() + " " + step.key())
                                .toList());
            }
            if (operation.type().equals("info")) {
                open.put(operation.process(), operation);
            }
        }
        assertThat(open.values())
                .as("what has not ended")
                .allMatch(operation -> operation.type().equals("info"));
    }

    /** Elle demands it: of two reads of a key, one begins with the other; what they show was appended, once. */
    private static void requireReadsToAgree(List<Operation> operations) {
        Set<List<Long>> appended = new HashSet<>();
        operations.stream()
                .filter(operation ->
                        operation.type().equals("ok") || operation.type().equals("info"))
                .flatMap(operation -> operation.steps().stream())
                .filter(Step::append)
                .forEach(step -> assertThat(appended.add(
                                List.of((long) step.key(), step.numbers().get(0))))
                        .as("whether %s was appended once", step)
                        .isTrue());
        Map<Integer, List<Long>> longest = new HashMap<>();
        steps(operations, "ok").filter(step -> !step.append()).forEach(step -> {
            assertThat(step.known()).as("whether it is known what was read").isTrue();
            step.numbers().forEach(number -> assertThat(appended).contains(List.of((long) step.key(), number)));
            List<Long> other = longest.getOrDefault(step.key(), List.of());
            List<Long> longer = other.size() > step.numbers().size() ? other : step.numbers();
            List<Long> shorter = longer == other ? step.numbers() : other;
            assertThat(longer.subList(0, shorter.size()))
                    .as("the beginning of %s", longer)
                    .isEqualTo(shorter);
            longest.put(step.key(), longer);
        });
    }

    private static Stream<Step> steps(List<Operation> operations, String type) {
        return operations.stream()
                .filter(operation -> operation.type().equals(type))
                .flatMap(operation -> operation.steps().stream());
    }
}
