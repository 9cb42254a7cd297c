package dev.pagurus.store.spi.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Sort;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlFilterTest {

    private static final CollectionDefinition NOTES = new CollectionDefinition(
            "notes",
            2,
            List.of(new FieldDefinition("order", FieldKind.LONG, 0), new FieldDefinition("tags", FieldKind.MANY, 255)),
            List.of());

    private static final SqlDialect STANDARD = () -> 128;

    /** As MariaDB has it: other quotes, no infinities. */
    private static final SqlDialect OTHER = new SqlDialect() {
        @Override
        public int longestName() {
            return 64;
        }

        @Override
        public String quoted(String name) {
            return "`" + name + "`";
        }

        @Override
        public Object bound(Object value) {
            return value instanceof Double number ? (Object) SortableDouble.toLong(number) : value;
        }
    };

    @Test
    void everyConditionIsSqlAndEveryValueIsBound() {
        says(new Condition.Compare("order", Condition.Operator.NE, 7L), "\"order\" <> ?", 7L);
        says(new Condition.In("order", List.of(1L, 2L)), "\"order\" in (?, ?)", 1L, 2L);
        says(new Condition.NotIn("order", List.of(1L)), "(\"order\" is null or \"order\" not in (?))", 1L);
        says(new Condition.IsNull("order"), "\"order\" is null");
        says(new Condition.IsNotNull("order"), "\"order\" is not null");
        String some = "exists (select 1 from \"notes$r2$tags\" many where many.\"id\" = \"notes$r2\".\"id\"";
        says(new Condition.ContainsAny("tags", List.of("a", "b")), some + " and many.\"item\" in (?, ?))", "a", "b");
        says(new Condition.ContainsNone("tags", List.of("a")), "not " + some + " and many.\"item\" in (?))", "a");
        says(new Condition.IsEmpty("tags"), "not " + some + ")");
        says(new Condition.IsNotEmpty("tags"), some + ")");
    }

    @Test
    void valuesStandInTheOrderOfTheirMarks() {
        Condition one = new Condition.Compare("id", Condition.Operator.EQ, "a'b");
        Condition two = new Condition.In("order", List.of(1L, 2L));
        says(
                new Condition.Or(List.of(new Condition.And(List.of(one, two)), two)),
                "(1 = 0 or (1 = 1 and \"id\" = ? and \"order\" in (?, ?)) or \"order\" in (?, ?))",
                "a'b",
                1L,
                2L,
                1L,
                2L);
        String items = "exists (select 1 from \"notes$r2$tags\" many where many.\"id\" = \"notes$r2\".\"id\""
                + " and many.\"item\" >= ? and many.\"item\" < ?)";
        says(new Condition.ContainsPrefix("tags", "she", "shf"), items, "she", "shf");
        says(new Condition.ContainsNoPrefix("tags", "she", "shf"), "not " + items, "she", "shf");
        says(Condition.EVERYTHING, "(1 = 1)");
        says(Condition.NOTHING, "(1 = 0)");
    }

    @Test
    void anAuthorsQuotesAndValuesAreUsed() {
        SqlFilter filter = new SqlFilter(
                OTHER, NOTES, new Condition.Compare("order", Condition.Operator.LT, Double.POSITIVE_INFINITY));
        assertThat(filter.from()).isEqualTo(" from `notes$r2` where `order` < ?");
        assertThat(filter.values()).containsExactly(SortableDouble.toLong(Double.POSITIVE_INFINITY));
    }

    @Test
    void aNameThatIsTooLongIsCutAndStaysDifferent() {
        String a = "a".repeat(127);
        assertThat(STANDARD.beside(NOTES, "tags")).isEqualTo("\"notes$r2$tags\"");
        assertThat(STANDARD.beside(NOTES, a)).hasSize(130).isNotEqualTo(STANDARD.beside(NOTES, a + "b"));
        assertThat(STANDARD.beside(NOTES, a))
                .isEqualTo(STANDARD.beside(NOTES, a))
                .startsWith("\"notes$r2$aaa");
        for (int longest = 12; longest < 140; longest++) {
            int most = longest;
            SqlDialect narrow = () -> most;
            assertThat(narrow.beside(NOTES, a).length()).isLessThanOrEqualTo(most + 2);
            assertThat(narrow.beside(NOTES, a)).isNotEqualTo(narrow.beside(NOTES, a + "b"));
        }
    }

    @Test
    void ordersSayWhereNullsGo() {
        assertThat(STANDARD.order(List.of(new Sort("order", true), new Sort("id", false))))
                .isEqualTo("\"order\" desc nulls last, \"id\" asc nulls first");
    }

    private static void says(Condition condition, String where, Object... values) {
        SqlFilter filter = new SqlFilter(STANDARD, NOTES, condition);
        assertThat(filter.where()).isEqualTo(where);
        assertThat(filter.from()).isEqualTo(" from \"notes$r2\" where " + where);
        assertThat(filter.values()).containsExactly(values);
    }
}
