package dev.pagurus.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.sqlite.sql.SqliteTexts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The values of a many-field as SQLite and this store take each other's. */
class SqliteTextsTest {

    private static final List<String> ODD = List.of(
            "",
            " ",
            "plain",
            "a\"b",
            "\\",
            "\\u0041",
            "\b\f\n\r\t",
            "\u0001\u001f\u007f",
            "[",
            "],\"",
            "\u00e9",
            "\uffff",
            "\ud83e\udd80",
            "/");

    @TempDir
    private Path directory;

    @Test
    void whatIsWrittenIsRead() {
        assertThat(SqliteTexts.json(List.of())).isEqualTo("[]");
        assertThat(SqliteTexts.list("[]")).isEmpty();
        assertThat(SqliteTexts.list(SqliteTexts.json(ODD))).isEqualTo(ODD);
    }

    @Test
    void sqliteReadsItAndIsRead() throws Exception {
        Path file = directory.resolve("texts.db");
        OtherProgram.run(
                file,
                "create table t (tags text); insert into t values ('"
                        + SqliteTexts.json(ODD).replace("'", "''") + "')");
        assertThat(OtherProgram.query(file, "select hex(value) from t, json_each(tags)"))
                .isEqualTo(OtherProgram.query(
                        file,
                        "select hex(value) from json_each('"
                                + SqliteTexts.json(ODD).replace("'", "''") + "')"))
                .hasSize(ODD.size());
        String written = OtherProgram.query(file, "select json_group_array(value) from t, json_each(tags)")
                .get(0);
        assertThat(SqliteTexts.list(written)).isEqualTo(ODD);
        assertThat(SqliteTexts.list("[ \"a\" , \"\\u00e9\\/\" ]")).containsExactly("a", "\u00e9/");
    }
}
