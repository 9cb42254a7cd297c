package dev.pagurus.store.postgres.schema;

import static dev.pagurus.store.postgres.sql.PostgresNames.literal;
import static dev.pagurus.store.postgres.sql.PostgresNames.quoted;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.postgres.connect.PostgresConnection;
import dev.pagurus.store.postgres.sql.PostgresNames;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.SchemaChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an administrator has added to a collection's table: columns, indexes, triggers, views. The table is changed in
 * place, so it stays; but with a column that is dropped PostgreSQL drops indexes and constraints without a word, and fails
 * over views. So what uses such a column refuses the revision.
 */
final class PostgresAdditions {

    /**
     * What depends on some columns, besides what is ours: names with a {@code $}, the column's own default, and that it is
     * not null, which newer servers count as a constraint.
     */
    private static final String DEPENDING = """
            select o.type, coalesce(v.relname, g.attname, t.tgname, c.conname, o.name, o.identity), o.identity,
                case v.relkind when 'm' then 'materialized view' else 'view' end, quote_ident(vn.nspname) || '.' || quote_ident(v.relname),
                v.oid is not null, g.attname is not null, c.oid is not null,
                quote_ident(cn.nspname) || '.' || quote_ident(ct.relname), a.attname
            from pg_depend d
            left join pg_attribute a on a.attrelid = d.refobjid and a.attnum = d.refobjsubid
            cross join lateral pg_identify_object(d.classid, d.objid, d.objsubid) o
            left join pg_rewrite r on d.classid = 'pg_rewrite'::regclass and r.oid = d.objid
            left join pg_class v on v.oid = r.ev_class
            left join pg_namespace vn on vn.oid = v.relnamespace
            left join pg_trigger t on d.classid = 'pg_trigger'::regclass and t.oid = d.objid
            left join pg_constraint c on d.classid = 'pg_constraint'::regclass and c.oid = d.objid
            left join pg_class ct on ct.oid = c.conrelid
            left join pg_namespace cn on cn.oid = ct.relnamespace
            left join pg_attrdef f on d.classid = 'pg_attrdef'::regclass and f.oid = d.objid
            left join pg_attribute g on g.attrelid = coalesce(f.adrelid, d.objid)
                and g.attnum = coalesce(f.adnum, case d.classid when 'pg_class'::regclass then d.objsubid end)
                and g.attnum > 0
            where d.refclassid = 'pg_class'::regclass and d.deptype in ('n', 'a')
                and not (o.type = 'index' and o.name like '%$%')
                and c.contype is distinct from 'n'
                and (f.adnum is null or f.adnum is distinct from a.attnum)
            """;

    private final PostgresConnection connection;
    private final PostgresNames names;
    private final String shown;
    private final CollectionDefinition wanted;

    PostgresAdditions(PostgresConnection connection, PostgresNames names, String shown, CollectionDefinition wanted) {
        this.connection = connection;
        this.names = names;
        this.shown = shown;
        this.wanted = wanted;
    }

    /**
     * Refuses to make a table whose name something of somebody else has. What has failed may be an index, and then this
     * refuses nothing.
     */
    void refuseForeign(SQLException taken) throws SQLException {
        boolean foreign = connection.query(
                "select to_regclass(" + literal(names.table(wanted)) + ") is not null", List.of(), rows -> {
                    rows.next();
                    return rows.getBoolean(1);
                });
        if (foreign) {
            throw new SchemaException(
                    "There is a table or view '" + wanted.name() + "' in schema " + names.schema() + " of " + shown
                            + " already, which is not a collection of Pagurus. Nothing was changed. Choose another name"
                            + " for the collection, or another schema.",
                    taken);
        }
    }

    /** Refuses a change that would take something away, or needs a name that is taken. */
    void refuse(@Nullable CollectionDefinition stored, SchemaChange change) throws SQLException {
        if (stored == null) {
            return;
        }
        List<String> known = stored.fields().stream().map(FieldDefinition::name).toList();
        refuseTaken(change.addedFields().stream()
                .map(FieldDefinition::name)
                .filter(name -> !known.contains(name))
                .toList());
        refuseDepending(
                change.droppedFields().stream().map(FieldDefinition::name).toList());
    }

    /** Refuses to drop the table if that would take something away, or is not possible. */
    void refuseDrop() throws SQLException {
        List<String> known = new ArrayList<>(List.of("id", "version", "created_at", "body"));
        wanted.fields().forEach(field -> known.add(field.name()));
        throwIfAny(
                "select attname from pg_attribute where attnum > 0 and not attisdropped and attrelid = to_regclass("
                        + literal(names.table(wanted)) + ") and attname not in " + list(known)
                        + " and right(attname::text, 4) <> '$new' order by attnum",
                row -> dropInTheWay("column", row.getString(1), "it is in the table", dropColumn(row.getString(1))));
        throwIfAny(
                DEPENDING + " and d.refobjid = to_regclass(" + literal(names.table(wanted)) + ")"
                        + " and (c.contype is distinct from 'p' or c.conrelid is distinct from d.refobjid)"
                        + " and o.type <> 'publication relation' order by d.classid, o.identity",
                row -> depending(row, "it depends on the table", this::dropInTheWay));
    }

    private SchemaException dropInTheWay(String type, String name, String why, String drop) {
        return SchemaChange.inTheWay(wanted.name(), "dropped", shown, type, name, why, drop, null);
    }

    private interface InTheWay {
        SchemaException of(String type, String name, String why, String drop);
    }

    private void refuseTaken(List<String> columns) throws SQLException {
        if (columns.isEmpty()) {
            return;
        }
        throwIfAny(
                "select attname from pg_attribute where attnum > 0 and not attisdropped and attrelid = to_regclass("
                        + literal(names.table(wanted)) + ") and attname in " + list(columns) + " order by attnum",
                row -> inTheWay(
                        "column",
                        row.getString(1),
                        "the revision has a field of that name",
                        dropColumn(row.getString(1))));
    }

    private void refuseDepending(List<String> columns) throws SQLException {
        if (columns.isEmpty()) {
            return;
        }
        throwIfAny(
                DEPENDING + " and d.refobjid = to_regclass(" + literal(names.table(wanted)) + ") and a.attname in "
                        + list(columns) + " order by d.classid, o.identity",
                row -> depending(row, "it uses the column '" + row.getString(10) + "'", this::inTheWay));
    }

    private SchemaException depending(ResultSet row, String why, InTheWay inTheWay) throws SQLException {
        String name = row.getString(2);
        if (row.getBoolean(6)) {
            String view = row.getString(4);
            return inTheWay.of(view, name, why, "drop " + view + " " + row.getString(5) + ";");
        }
        if (row.getBoolean(7)) {
            return inTheWay.of("column", name, why, dropColumn(name));
        }
        if (row.getBoolean(8)) {
            String drop = "alter table " + row.getString(9) + " drop constraint " + quoted(name) + ";";
            return inTheWay.of("constraint", name, why, drop);
        }
        String type = Objects.equals(row.getString(1), "statistics object") ? "statistics" : row.getString(1);
        return inTheWay.of(type, name, why, "drop " + type + " " + row.getString(3) + ";");
    }

    private interface Refusal {
        SchemaException of(ResultSet row) throws SQLException;
    }

    private void throwIfAny(String sql, Refusal refusal) throws SQLException {
        connection.query(sql, List.of(), rows -> {
            if (rows.next()) {
                throw refusal.of(rows);
            }
            return true;
        });
    }

    private SchemaException inTheWay(String type, String name, String why, String drop) {
        return SchemaChange.inTheWay(wanted, shown, type, name, why, drop, null);
    }

    private String dropColumn(String column) {
        return "alter table " + names.table(wanted) + " drop column " + quoted(column) + ";";
    }

    private static String list(List<String> names) {
        return names.stream().map(PostgresNames::literal).collect(Collectors.joining(", ", "(", ")"));
    }
}
