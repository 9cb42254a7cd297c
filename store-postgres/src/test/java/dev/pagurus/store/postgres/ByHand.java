package dev.pagurus.store.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.documents.PostgresScans;
import dev.pagurus.store.postgres.sql.PostgresConditions;
import dev.pagurus.store.postgres.sql.PostgresStatements;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Scan;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds our statements against the best of those that one would write by hand for the same question, each planned for its
 * values, by the pages and documents that the server looks at: both take about as long.
 *
 * @param table the collection's table as SQL
 */
record ByHand(Connection connection, PostgresScans scans, String table) {

    private static final int TIMES = 3;

    /** Half of what three steps of a choice may walk in vain. */
    private static final int SMALL = 2000;

    private static final boolean[] BOTH = {false, true};

    /** Returns how many statements it took. */
    int holdPage(Scan scan) throws SQLException {
        List<Plan> ours = new ArrayList<>();
        PostgresScans.Documents asked;
        do {
            asked = scans.documents(scan, false, ours.size());
            ours.add(Plan.of(connection, asked.sql(), true));
        } while (!asked.decides() && isUndecided(asked.sql()));
        List<Plan> byHand = new ArrayList<>();
        for (boolean seqScan : BOTH) {
            byHand.add(Plan.of(connection, walk(scan), false, seqScan));
            byHand.add(Plan.of(connection, sorted(scan), false, seqScan));
            byHand.add(Plan.of(connection, planners(scan), false, seqScan));
        }
        hold(ours, byHand);
        return ours.size();
    }

    void holdCount(CollectionDefinition collection, Condition filter) throws SQLException {
        List<Plan> byHand = new ArrayList<>();
        for (boolean seqScan : BOTH) {
            Sql sql = new Sql().append("select count(*) from " + table + " where ");
            new PostgresConditions(collection, sql).append(filter);
            byHand.add(Plan.of(connection, sql, false, seqScan));
        }
        hold(List.of(Plan.of(connection, scans.count(collection, filter), true)), byHand);
    }

    private static void hold(List<Plan> ours, List<Plan> byHand) {
        double best = byHand.stream().mapToDouble(Plan::cost).min().orElseThrow();
        assertThat(ours.stream().mapToDouble(Plan::cost).sum())
                .as("our plans: %s%nby hand: %s", ours, byHand)
                .isLessThanOrEqualTo(TIMES * best + SMALL);
    }

    boolean isUndecided(Sql sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql.text())) {
            for (int i = 0; i < sql.values().size(); i++) {
                statement.setObject(i + 1, sql.values().get(i));
            }
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() && rows.getString(1) == null;
            }
        }
    }

    /** In order, until there are enough. */
    private Sql walk(Scan scan) {
        Sql sql = new Sql().append("select id, version, created_at, body from (");
        List<Condition> parts = scan.ranges().stream()
                .flatMap(range -> range.conditions(scan.order()).stream())
                .toList();
        for (int i = 0; i < parts.size(); i++) {
            sql.append(i == 0 ? "(" : ") union all (").append("select * from (select *, ");
            condition(scan, sql, scan.filter());
            sql.append(" as fits$ from " + table + " where ");
            condition(scan, sql, parts.get(i));
            sql.append(order(scan) + " offset 0) w where fits$" + limit(scan));
        }
        return sql.append(")) w" + order(scan) + limit(scan));
    }

    /** All that match, ids first. */
    private Sql sorted(Scan scan) {
        Sql sql = new Sql()
                .append("select d.id, d.version, d.created_at, d.body from (select place from (select *,"
                        + " ctid as place from " + table + " where ");
        condition(scan, sql, new Condition.Or(scan.parts()));
        return sql.append(" offset 0) a" + order(scan) + limit(scan) + ") k join " + table + " d on d.ctid = k.place"
                + order(scan));
    }

    /** As the server likes it. */
    private Sql planners(Scan scan) {
        Sql sql = new Sql().append("select id, version, created_at, body from " + table + " where ");
        condition(scan, sql, new Condition.Or(scan.parts()));
        return sql.append(order(scan) + limit(scan));
    }

    private static String order(Scan scan) {
        return " order by " + PostgresStatements.terms(scan.order());
    }

    private static String limit(Scan scan) {
        return " limit " + (scan.maxDocuments() + 1);
    }

    private static void condition(Scan scan, Sql sql, Condition condition) {
        new PostgresConditions(scan.collection(), sql).append(condition);
    }
}
