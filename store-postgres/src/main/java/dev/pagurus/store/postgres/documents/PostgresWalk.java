package dev.pagurus.store.postgres.documents;

import dev.pagurus.store.postgres.connect.Sql;
import dev.pagurus.store.postgres.sql.PostgresStatements;
import dev.pagurus.store.spi.IndexPath;

/**
 * Walks along the index that is in order, a step at a time. It gives {@code nearN}, what was found, and {@code foundN}, how
 * much that is and whether it is enough.
 */
record PostgresWalk(PostgresSearch search, PostgresSteps steps, Sql sql) {

    /** How many entries may be walked while a page of the table is passed. */
    private static final int PAGE = 4;

    /** What it takes to pass the whole table, as entries that are walked. */
    static String wholeTable() {
        return "(select 100 + " + PAGE + " * n from pages)";
    }

    /** What is in order and matches, until that is enough; and whether it is, or there is no more. */
    void append(int step, IndexPath.Stretch way) {
        String most = steps.isFirst(step)
                ? Integer.toString(steps.howFar().get(step))
                : "least(" + steps.howFar().get(step) + ", " + wholeTable() + ")";
        sql.append(
                "near" + step + " as materialized (select " + search.placeNames() + search.orderNames("") + " from (");
        entries(step, way, most, () -> {
            sql.append("select " + search.place() + search.orderColumns() + ", (");
            search.unexpired(sql);
            search.condition(sql, search.filter());
            sql.append(") as fits$");
        });
        sql.append(") w where fits$ limit " + search.limit() + "), found" + step + " as materialized (select n, n >= "
                + search.limit() + " or (select count(*) from (");
        entries(step, way, most, () -> sql.append("select 1"));
        sql.append(") e) < " + most + " as enough from (select count(*) as n from near" + step + ") n), ");
    }

    /** The entries that a step walks. */
    private void entries(int step, IndexPath.Stretch way, String most, Runnable columns) {
        // The limit that the server knows beforehand tells it not to sort.
        String limit = " limit " + steps.howFar().get(step);
        for (int i = 0; i < search.ranges().size(); i++) {
            // It reads one after the other, and since each has a limit of its own, never side by side.
            sql.append(i == 0 ? "select * from ((" : ") union all (");
            columns.run();
            sql.append(" from " + search.table() + " where ");
            search.conditions(sql, way.bounds());
            search.andRange(sql, search.ranges().get(i));
            sql.append(" order by " + PostgresStatements.terms(search.order()) + limit);
        }
        sql.append(")) a limit " + most);
    }
}
