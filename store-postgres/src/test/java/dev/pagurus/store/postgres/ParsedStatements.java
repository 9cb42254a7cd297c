package dev.pagurus.store.postgres;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A server that writes down each statement that it gets, with the tree that its parser has made of it. Whatever a store
 * sends, by whichever connection and in whichever thread, is there, in the state in which it was sent.
 */
final class ParsedStatements implements AutoCloseable {

    private static final int MESSAGE = 13;
    private static final int DETAIL = 14;
    private static final int QUERY = 19;

    private final Path folder;
    private final OwnServer server;

    private ParsedStatements(Path folder, OwnServer server) {
        this.folder = folder;
        this.server = server;
    }

    static ParsedStatements start() throws IOException, InterruptedException {
        Path folder = MemoryDisk.folder();
        return new ParsedStatements(
                folder,
                OwnServer.start(
                        "logging_collector=on",
                        "log_destination=csvlog",
                        "log_directory=" + folder,
                        "log_filename=all.log",
                        "log_rotation_age=0",
                        "log_rotation_size=0",
                        "debug_print_parse=on",
                        "debug_pretty_print=off",
                        "fsync=off"));
    }

    OwnServer server() {
        return server;
    }

    /** Returns the trees by statement, so far as the server has written them. */
    Map<String, String> trees() throws IOException {
        Map<String, String> trees = new LinkedHashMap<>();
        try (BufferedReader log = Files.newBufferedReader(folder.resolve("all.csv"))) {
            for (List<String> row = row(log); !row.isEmpty(); row = row(log)) {
                if (row.size() > QUERY && row.get(MESSAGE).startsWith("parse tree")) {
                    trees.putIfAbsent(row.get(QUERY), row.get(DETAIL));
                }
            }
        }
        return trees;
    }

    /** Reads a row of comma-separated values, in which quoted ones may have lines; empty at the end. */
    private static List<String> row(BufferedReader log) throws IOException {
        List<String> row = new ArrayList<>();
        StringBuilder value = new StringBuilder();
        boolean quoted = false;
        for (int next = log.read(); next >= 0; next = log.read()) {
            if (next == '"') {
                quoted = !quoted;
                // Two quotes within a quoted value are one.
                if (quoted && value.length() > 0) {
                    value.append('"');
                }
            } else if (!quoted && (next == ',' || next == '\n')) {
                row.add(value.toString());
                value.setLength(0);
                if (next == '\n') {
                    return row;
                }
            } else {
                value.append((char) next);
            }
        }
        return List.of();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
