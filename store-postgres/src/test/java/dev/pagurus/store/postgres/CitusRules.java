package dev.pagurus.store.postgres;

import dev.pagurus.store.postgres.NodeTree.Node;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What Citus refuses of a statement on distributed tables, as far as we have met it: the rules of its planner
 * ({@code multi_router_planner.c}), applied to the tree of PostgreSQL's parser, with what the server's catalogue says of each
 * function.
 */
final class CitusRules {

    private static final String UPDATE = "2";
    private static final String DELETE = "4";

    /** Some have another name since PostgreSQL 16. */
    private static final Set<String> LAZY = Set.of("CASE", "CASEEXPR", "COALESCE", "COALESCEEXPR");

    /** The field that has a function's oid, by type of node. */
    private static final Map<String, String> FUNCTIONS = Map.of(
            "FUNCEXPR", "funcid",
            "OPEXPR", "opfuncid",
            "DISTINCTEXPR", "opfuncid",
            "NULLIFEXPR", "opfuncid",
            "SCALARARRAYOPEXPR", "opfuncid",
            "AGGREF", "aggfnoid",
            "WINDOWFUNC", "winfnoid");

    /** The field that has an expression's type. */
    private static final Map<String, String> TYPES = Map.of(
            "VAR", "vartype",
            "CONST", "consttype",
            "PARAM", "paramtype",
            "FUNCEXPR", "funcresulttype",
            "OPEXPR", "opresulttype",
            "COERCEVIAIO", "resulttype",
            "RELABELTYPE", "resulttype");

    private final Map<String, String> functions;
    private final Map<String, String> inputs;
    private final Map<String, String> outputs;

    /** Asks a server for its functions. */
    CitusRules(Connection connection) throws SQLException {
        functions = pairs(connection, "select oid, proname || ' ' || provolatile::text from pg_proc");
        inputs = pairs(connection, "select oid, typinput::oid from pg_type");
        outputs = pairs(connection, "select oid, typoutput::oid from pg_type");
    }

    private static Map<String, String> pairs(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            Map<String, String> pairs = new HashMap<>();
            while (rows.next()) {
                pairs.put(rows.getString(1), rows.getString(2));
            }
            return pairs;
        }
    }

    /** Returns what it refuses of a statement. */
    List<String> refusals(Node statement) {
        List<String> refusals = new ArrayList<>();
        statement
                .all()
                .filter(node -> LAZY.contains(node.type()))
                .flatMap(Node::all)
                .flatMap(this::mutable)
                .forEach(function -> refusals.add(function + " in a case or coalesce"));
        statement.all().filter(node -> node.type().equals("QUERY")).forEach(query -> {
            if (Set.of(UPDATE, DELETE).contains(query.word("commandType"))) {
                Stream.concat(query.under("targetList"), query.under("jointree").flatMap(tree -> tree.under("quals")))
                        .flatMap(CitusRules::outside)
                        .filter(node -> outside(node).anyMatch(var -> var.type().equals("VAR")))
                        .flatMap(this::mutable)
                        .forEach(function -> refusals.add(function + " of a column in an update or delete"));
            }
            query.under("returningList")
                    .flatMap(Node::all)
                    .flatMap(this::mutable)
                    .forEach(function -> refusals.add(function + " in returning"));
            query.under("onConflict")
                    .flatMap(Node::all)
                    .flatMap(this::mutable)
                    .forEach(function -> refusals.add(function + " in on conflict"));
        });
        return refusals.stream().distinct().toList();
    }

    /** Returns a node and those beneath it that are of the same query. */
    private static Stream<Node> outside(Node node) {
        return node.type().equals("QUERY")
                ? Stream.of()
                : Stream.concat(Stream.of(node), node.children().flatMap(CitusRules::outside));
    }

    /** Returns the functions that a node itself calls, by name, and that are not immutable. */
    private Stream<String> mutable(Node node) {
        String field = FUNCTIONS.get(node.type());
        if (field != null) {
            return mutable(node.word(field));
        }
        return switch (node.type()) {
            case "COERCEVIAIO" ->
                Stream.concat(
                        mutable(inputs.getOrDefault(node.word("resulttype"), "")),
                        node.under("arg")
                                .map(arg -> arg.word(TYPES.getOrDefault(arg.type(), "")))
                                .filter(outputs::containsKey)
                                .flatMap(type -> mutable(outputs.getOrDefault(type, ""))));
            case "SQLVALUEFUNCTION", "NEXTVALUEEXPR" -> Stream.of(node.type());
            default -> Stream.of();
        };
    }

    private Stream<String> mutable(String oid) {
        String function = functions.get(oid);
        if (function == null) {
            throw new IllegalStateException("There is no function " + oid + ".");
        }
        return function.endsWith(" i") ? Stream.of() : Stream.of(function.substring(0, function.length() - 2));
    }
}
