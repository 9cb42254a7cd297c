package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.UnavailableException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.Row;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Group Q: queries, what matches. */
final class FilterMutants {

    private FilterMutants() {}

    @Breaks({Clause.Q1, Clause.Q18})
    static Mutant textIsComparedByUtf16() {
        return comparing((one, other) -> one instanceof String text ? (Integer) text.compareTo((String) other) : null);
    }

    @Breaks(Clause.Q1)
    static Mutant textIsComparedAsADictionaryDoes() {
        return comparing((one, other) -> {
            if (!(one instanceof String text)) {
                return null;
            }
            int ignoringCase = text.compareToIgnoreCase((String) other);
            return ignoringCase != 0 ? ignoringCase : -text.compareTo((String) other);
        });
    }

    @Breaks(Clause.Q2)
    static Mutant integersAreComparedAsText() {
        return comparing((one, other) ->
                one instanceof Long number ? (Integer) number.toString().compareTo(other.toString()) : null);
    }

    @Breaks(Clause.Q2)
    static Mutant integersAreComparedAsDoubles() {
        return comparing((one, other) -> one instanceof Long number
                ? (Integer) Double.compare(number.doubleValue(), ((Long) other).doubleValue())
                : null);
    }

    @Breaks(Clause.Q3)
    static Mutant realsAreComparedAsFloats() {
        return comparing((one, other) -> one instanceof Double real
                ? (Integer) Float.compare(real.floatValue(), ((Double) other).floatValue())
                : null);
    }

    @Breaks(Clause.Q4)
    static Mutant datesBefore1582AreJulian() {
        long tenDays = 10 * 86_400_000_000L;
        long october1582 = -12_219_292_800_000_000L;
        return Mutant.answers(new Answers() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                if (condition instanceof Condition.Compare compare
                        && definition.kind(compare.field()) == FieldKind.INSTANT
                        && (Long) compare.value() < october1582) {
                    return super.matches(
                            definition,
                            new Condition.Compare(
                                    compare.field(), compare.operator(), (Long) compare.value() - tenDays),
                            row);
                }
                return super.matches(definition, condition, row);
            }
        });
    }

    @Breaks(Clause.Q5)
    static Mutant aBooleanIsBoundAsText() {
        return comparing((one, other) -> one instanceof Boolean ? (Integer) 1 : null);
    }

    @Breaks(Clause.Q6)
    static Mutant inLooksAtItsFirstValueOnly() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                return super.matches(
                        definition,
                        condition instanceof Condition.In in
                                ? new Condition.In(in.field(), in.values().subList(0, 1))
                                : condition,
                        row);
            }
        });
    }

    @Breaks(Clause.Q6)
    static Mutant inNothingMatchesEverything() {
        return Mutant.source(
                "internal/query/FilterCompiler",
                "if (in.values().isEmpty()) {\n            return negated",
                "if (in.values().isEmpty()) {\n            return !negated");
    }

    @Breaks(Clause.Q7)
    static Mutant aPrefixIgnoresCase() {
        return Mutant.source(
                "internal/query/FilterCompiler",
                "Object from = mapping.codecOf(starts.field()).encodeForFilter(starts.prefix());",
                "Object from = ((String) mapping.codecOf(starts.field()).encodeForFilter(starts.prefix()))"
                        + ".toUpperCase(java.util.Locale.ROOT);");
    }

    @Breaks(Clause.Q7)
    static Mutant aPrefixEndsAtTheNextUnitOfUtf16() {
        return Mutant.source(
                "internal/value/Texts",
                "last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1",
                "Math.min(last + 1, 0xFFFF)");
    }

    @Breaks(Clause.Q8)
    static Mutant tagsThatWereTakenAwayStay() {
        return Mutant.changes(new Changes() {
            @Override
            public Row row(String id, @Nullable Row old, Content.Body body, long now) {
                Row row = super.row(id, old, body, now);
                if (old == null) {
                    return row;
                }
                List<@Nullable Object> values = new ArrayList<>();
                for (Object value : row.values()) {
                    Object before = old.values().get(values.size());
                    values.add(value instanceof List<?> tags ? union(tags, before) : value);
                }
                return new Row(id, row.version(), row.createdAt(), row.body(), values);
            }
        });
    }

    @Breaks(Clause.Q8)
    static Mutant containsAnyWantsAll() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                return condition instanceof Condition.ContainsAny contains
                        ? row.value(definition, contains.field()) instanceof List<?> tags
                                && tags.containsAll(contains.values())
                        : super.matches(definition, condition, row);
            }
        });
    }

    @Breaks(Clause.Q9)
    static Mutant notEqualDoesNotMatchNull() {
        return Mutant.source(
                "internal/query/FilterCompiler",
                "boolean matchesNull = negated != (comparison == Filter.Comparison.NE);",
                "boolean matchesNull = negated;");
    }

    @Breaks(Clause.Q9)
    static Mutant nullIsLessThanEverything() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                return super.matches(definition, condition, row)
                        || (condition instanceof Condition.Compare compare
                                && compare.operator() == Condition.Operator.LT
                                && row.value(definition, compare.field()) == null);
            }
        });
    }

    @Breaks(Clause.Q10)
    static Mutant theOppositeOfAComparisonLeavesNullOut() {
        return Mutant.source(
                "internal/query/FilterCompiler",
                "boolean matchesNull = negated != (comparison == Filter.Comparison.NE);",
                "boolean matchesNull = !negated && comparison == Filter.Comparison.NE;");
    }

    @Breaks(Clause.Q10)
    static Mutant notInLeavesNullOut() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                return super.matches(definition, condition, row)
                        && !(condition instanceof Condition.NotIn in && row.value(definition, in.field()) == null);
            }
        });
    }

    @Breaks(Clause.Q11)
    static Mutant anyOfNothingMatchesEverything() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                return condition.equals(Condition.NOTHING) || super.matches(definition, condition, row);
            }
        });
    }

    @Breaks(Clause.Q11)
    static Mutant aSecondWhereReplacesTheFirst() {
        return Mutant.source(
                "internal/query/QueryPlan", "longer = new ArrayList<>(filters);", "longer = new ArrayList<>();");
    }

    @Breaks(Clause.Q12)
    static Mutant parenthesesAreForgotten() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                // "a and (b or c)" written as "a and b or c".
                if (condition instanceof Condition.And and
                        && !and.conditions().isEmpty()
                        && and.conditions().get(and.conditions().size() - 1) instanceof Condition.Or or
                        && or.conditions().size() > 1) {
                    int last = or.conditions().size() - 1;
                    return super.matches(definition, condition, row)
                            || matches(definition, or.conditions().get(last), row);
                }
                return super.matches(definition, condition, row);
            }
        });
    }

    @Breaks(Clause.Q13)
    static Mutant aStatementTakesOnly999Parameters() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                if (condition instanceof Condition.In in && in.values().size() > 999) {
                    throw new UnavailableException("too many SQL variables", null);
                }
                return super.matches(definition, condition, row);
            }
        });
    }

    @Breaks(Clause.Q13)
    static Mutant theNodesOfAFilterAreNotCounted() {
        return Mutant.source("internal/query/FilterCompiler", "nodes += more;", "");
    }

    @Breaks(Clause.Q13)
    static Mutant eachInMayHaveAThousandValues() {
        return Mutant.source("internal/query/FilterCompiler", "values += more;", "values = more;");
    }

    @Breaks(Clause.Q14)
    static Mutant theTimeOfTheLastWriteIsThatOfTheFirst() {
        return Mutant.source("tck/reference/Row", "case \"version\" -> version;", "case \"version\" -> createdAt;");
    }

    @Breaks(Clause.Q15)
    static Mutant valuesArePutIntoQuotes() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                if (condition instanceof Condition.Compare compare
                        && compare.value() instanceof String text
                        && text.contains("'")) {
                    return true;
                }
                return super.matches(definition, condition, row);
            }
        });
    }

    @Breaks(Clause.Q15)
    static Mutant aBackslashEscapesInALiteral() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                if (condition instanceof Condition.ContainsAny contains) {
                    List<String> unescaped = contains.values().stream()
                            .map(value -> value.replace("\\", ""))
                            .toList();
                    return super.matches(definition, new Condition.ContainsAny(contains.field(), unescaped), row);
                }
                return super.matches(definition, condition, row);
            }
        });
    }

    @Breaks({Clause.Q16, Clause.Q46})
    static Mutant aFieldIsFoundByItsNameAlone() {
        return Mutant.source("internal/value/FieldCodec", "field.getClass() == other.getClass()", "other != null");
    }

    @Breaks(Clause.Q16)
    static Mutant anUndeclaredFieldIsLeftToTheEngine() {
        return Mutant.source(
                "internal/value/Mapping",
                "throw new SchemaException(\"Schema '\" + name()",
                "if (true) {\n return new FieldCodec(name(), field);\n }\n throw new SchemaException(\"Schema '\" + name()");
    }

    /** Returns how two values compare; null to have it right. */
    private interface Comparing {
        @Nullable
        Integer compare(Object one, Object other);
    }

    private static Mutant comparing(Comparing comparing) {
        return Mutant.answers(new Answers() {
            @Override
            public int compare(Object one, Object other) {
                Integer compared = comparing.compare(one, other);
                return compared != null ? compared : super.compare(one, other);
            }
        });
    }

    private static List<Object> union(List<?> tags, @Nullable Object before) {
        Set<Object> union = new LinkedHashSet<>(tags);
        if (before instanceof List<?> more) {
            union.addAll(more);
        }
        return List.copyOf(union);
    }
}
