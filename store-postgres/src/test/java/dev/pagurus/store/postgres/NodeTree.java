package dev.pagurus.store.postgres;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A statement as PostgreSQL's own parser has understood it, in the form in which the server writes that into its log. */
final class NodeTree {

    private static final String ENDS = "{}() \n\t";

    private final String text;
    private int at;

    private NodeTree(String text) {
        this.text = text;
    }

    /** A node: its type, and what it has by name: words, nodes, and lists of both. */
    record Node(String type, Map<String, List<Object>> fields) {

        /** Returns the first word of what it has by a name; empty if there is none. */
        String word(String field) {
            List<Object> values = fields.getOrDefault(field, List.of());
            return values.isEmpty() ? "" : String.valueOf(values.get(0));
        }

        Stream<Node> under(String field) {
            return fields.getOrDefault(field, List.of()).stream().flatMap(NodeTree::nodes);
        }

        Stream<Node> children() {
            return fields.values().stream().flatMap(List::stream).flatMap(NodeTree::nodes);
        }

        /** Returns it and all beneath it. */
        Stream<Node> all() {
            return Stream.concat(Stream.of(this), children().flatMap(Node::all));
        }
    }

    private static Stream<Node> nodes(Object value) {
        if (value instanceof Node node) {
            return Stream.of(node);
        }
        return value instanceof List<?> list ? list.stream().flatMap(NodeTree::nodes) : Stream.of();
    }

    static Node parse(String text) {
        NodeTree tree = new NodeTree(text);
        tree.skip();
        return (Node) tree.value();
    }

    private Object value() {
        return switch (text.charAt(at)) {
            case '{' -> node();
            case '(' -> list();
            default -> word();
        };
    }

    private Node node() {
        at++;
        String type = word();
        Map<String, List<Object>> fields = new LinkedHashMap<>();
        List<Object> values = new ArrayList<>();
        for (skip(); text.charAt(at) != '}'; skip()) {
            if (text.charAt(at) == ':') {
                values = new ArrayList<>();
                fields.put(word().substring(1), values);
            } else {
                values.add(value());
            }
        }
        at++;
        return new Node(type, fields);
    }

    private List<Object> list() {
        at++;
        List<Object> values = new ArrayList<>();
        for (skip(); text.charAt(at) != ')'; skip()) {
            values.add(value());
        }
        at++;
        return values;
    }

    private String word() {
        int from = at;
        while (ENDS.indexOf(text.charAt(at)) < 0) {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        if (at == from) {
            throw new IllegalStateException("Nothing is read at " + text.substring(Math.max(0, at - 100), at + 20));
        }
        return text.substring(from, at);
    }

    private void skip() {
        while (Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }
}
