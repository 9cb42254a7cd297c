package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.FieldDefinition;
import dev.pagurus.store.spi.FieldKind;
import dev.pagurus.store.spi.Filler;
import dev.pagurus.store.spi.Group;
import dev.pagurus.store.spi.Grouping;
import dev.pagurus.store.spi.Measure;
import dev.pagurus.store.spi.RowChunk;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.SessionMode;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.Changes;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import dev.pagurus.store.tck.reference.State.Table;
import dev.pagurus.store.tck.reference.Values;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * More broken stores of the kind of {@link StrangeMutants}, thought of when there were rows, groups and words: by somebody who
 * had read the guide, the contract and the SPI, and none of the tests of these.
 */
final class StrangeReportMutants {

    private StrangeReportMutants() {}

    /** A row's tags come in one text, which the engine cuts at 1,024 bytes: of 100 tags of 20 bytes the last are missing. */
    @Breaks(Clause.W36)
    static Mutant tagsOfRowsAreCutAtAKilobyte() {
        return Mutant.answers(new Answers() {
            private static final int MOST_BYTES = 1_024;

            @Override
            public RowChunk select(State state, Scan scan, List<String> fields) {
                RowChunk chunk = super.select(state, scan, fields);
                List<List<@Nullable Object>> rows = new ArrayList<>();
                for (List<@Nullable Object> row : chunk.rows()) {
                    List<@Nullable Object> cut = new ArrayList<>(row);
                    for (int i = 0; i < cut.size(); i++) {
                        if (cut.get(i) instanceof List<?> tags
                                && scan.collection().kind(fields.get(i)) == FieldKind.MANY) {
                            cut.set(i, cut(tags));
                        }
                    }
                    rows.add(cut);
                }
                return new RowChunk(rows, chunk.next());
            }

            private List<String> cut(List<?> tags) {
                List<String> kept = new ArrayList<>();
                int left = MOST_BYTES;
                for (Object tag : tags) {
                    left -= tag.toString().getBytes(StandardCharsets.UTF_8).length + 1;
                    if (left < 0) {
                        break;
                    }
                    kept.add(tag.toString());
                }
                return kept;
            }
        });
    }

    /**
     * An index over one field has no entry for a null, and answers alone where only this field and the id are asked for:
     * {@code query().select(DUE)} leaves out what has no due date.
     */
    @Breaks(Clause.Q42)
    static Mutant anIndexWithoutNullsAnswersForRows() {
        return Mutant.answers(new Answers() {
            @Override
            public RowChunk select(State state, Scan scan, List<String> fields) {
                Set<String> named = new HashSet<>(scan.fields());
                named.addAll(fields);
                named.remove("id");
                if (named.size() != 1) {
                    return super.select(state, scan, fields);
                }
                String field = named.iterator().next();
                boolean alone = scan.collection().indexes().stream()
                        .anyMatch(index -> index.terms().size() == 1
                                && index.terms().get(0).field().equals(field));
                return !alone || scan.collection().kind(field).isMany()
                        ? super.select(state, scan, fields)
                        : super.select(state, with(scan, new Condition.IsNotNull(field)), fields);
            }

            private Scan with(Scan scan, Condition more) {
                return new Scan(
                        scan.collection(),
                        new Condition.And(List.of(scan.filter(), more)),
                        scan.order(),
                        scan.ranges(),
                        scan.maxDocuments(),
                        scan.maxBytes());
            }
        });
    }

    /**
     * A document is joined with each of its tags that is asked for; to have it once, a chunk's rows become a set. Of two
     * documents of one title, {@code where(TAGS.containsAny("a", "b")).select(TITLE)} has one.
     */
    @Breaks(Clause.W36)
    static Mutant rowsUnderAFilterByTagsAreASet() {
        return Mutant.answers(new Answers() {
            @Override
            public RowChunk select(State state, Scan scan, List<String> fields) {
                RowChunk chunk = super.select(state, scan, fields);
                boolean joined = parts(scan.filter()).stream()
                        .anyMatch(part -> part instanceof Condition.ContainsAny contains
                                && contains.values().size() > 1);
                return joined ? new RowChunk(new ArrayList<>(new LinkedHashSet<>(chunk.rows())), chunk.next()) : chunk;
            }
        });
    }

    /**
     * Groups by two fields are made on a connection of their own: in a snapshot they have what was written since it began.
     */
    @Breaks(Clause.D5)
    static Mutant groupsByTwoFieldsLeaveTheSnapshot() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            public List<Group> groups(Grouping grouping) {
                return mode == SessionMode.SNAPSHOT && grouping.by().size() == 2
                        ? engine.groups(grouping)
                        : super.groups(grouping);
            }
        });
    }

    /**
     * The engine cuts groups at the limit in its own order, where null comes last: of a group of null and another one that
     * count the same, {@code orderBy(count().desc()).limit(1)} has the other.
     */
    @Breaks(Clause.W36)
    static Mutant equalGroupsOfNullComeLast() {
        return Mutant.answers(new Answers() {
            @Override
            public List<Group> groups(State state, Grouping grouping) {
                List<Group> all = super.groups(state, grouping);
                Grouping.First first = grouping.first();
                Measure measure = first == null ? null : first.by();
                if (first == null || measure == null) {
                    return all;
                }
                int place = grouping.measures().indexOf(measure);
                Comparator<Group> byMeasure = (one, other) -> Values.compareNullable(
                        one.values().get(place), other.values().get(place));
                Comparator<@Nullable Object> nullsLast = Comparator.nullsLast(FieldKind::compare);
                Comparator<Group> order = first.descending() ? byMeasure.reversed() : byMeasure;
                for (int i = 0; i < grouping.by().size(); i++) {
                    int part = i;
                    order = order.thenComparing(group -> group.key().get(part), nullsLast);
                }
                return all.stream().sorted(order).limit(first.groups()).toList();
            }
        });
    }

    /**
     * More than 1,000 documents are added up by several workers, each in a long: of 1,001 documents with {@code
     * Long.MAX_VALUE} each and as many with the opposite the sum is not zero if a worker overflows.
     */
    @Breaks(Clause.R10)
    static Mutant sumsOfAThousandAreLongs() {
        return Mutant.answers(new Answers() {
            private static final int SHARE = 1_000;

            @Override
            protected BigInteger sumOfLongs(List<Object> values) {
                if (values.size() <= SHARE) {
                    return super.sumOfLongs(values);
                }
                BigInteger sum = BigInteger.ZERO;
                for (int i = 0; i < values.size(); i += SHARE) {
                    long part = values.subList(i, Math.min(i + SHARE, values.size())).stream()
                            .mapToLong(value -> (Long) value)
                            .sum();
                    sum = sum.add(BigInteger.valueOf(part));
                }
                return sum;
            }
        });
    }

    /**
     * Distinct values are read from the index alone, which has the entries that a transaction made dead until it ends: after
     * an overwrite in it, the old value is still there.
     */
    @Breaks(Clause.W43)
    static Mutant distinctInATransactionHasWhatWasOverwritten() {
        return Mutant.session((engine, mode) -> {
            State begun = engine.database().newest();
            return new ReferenceSession(engine, mode) {
                @Override
                public List<Group> groups(Grouping grouping) {
                    return grouping.measures().isEmpty() && mode == SessionMode.TRANSACTION
                            ? read(state -> both(state, grouping))
                            : super.groups(grouping);
                }

                private List<Group> both(State state, Grouping grouping) {
                    List<Group> groups = engine.answers().groups(state, grouping);
                    Table before = begun.table(grouping.collection().name());
                    if (before == null
                            || before.definition().revision()
                                    != grouping.collection().revision()) {
                        return groups;
                    }
                    Set<Group> all = new LinkedHashSet<>(groups);
                    all.addAll(engine.answers().groups(begun.draft().judgedBy(engine::now), grouping));
                    return List.copyOf(all);
                }
            };
        });
    }

    /**
     * A beginning ends before the one whose last UTF-16 unit is the next: behind {@code U+133FF}, a hieroglyph, that is half a
     * character, which becomes a question mark, and nothing is found.
     */
    @Breaks(Clause.Q63)
    static Mutant aBeginningEndsAtTheNextUnit() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                if (condition instanceof Condition.ContainsPrefix begun) {
                    return begins(row.value(definition, begun.field()), begun.prefix());
                }
                return condition instanceof Condition.ContainsNoPrefix begun
                        ? !begins(row.value(definition, begun.field()), begun.prefix())
                        : super.matches(definition, condition, row);
            }

            private boolean begins(@Nullable Object words, String prefix) {
                int last = prefix.length() - 1;
                String next = prefix.substring(0, last) + (char) (prefix.charAt(last) + 1);
                String end = new String(next.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
                return words instanceof List<?> all
                        && all.stream().anyMatch(word -> compare(word, prefix) >= 0 && compare(word, end) < 0);
            }
        });
    }

    /**
     * An upgrade deletes a document's words by a statement that takes 1,000: one that had more, and has a shorter text by the
     * new revision, is still found by those behind.
     */
    @Breaks(Clause.Q66)
    static Mutant anUpgradeLeavesTheWordsBehindTheFirstThousand() {
        return Mutant.changes(() -> new Changes() {
            private static final int MOST = 1_000;

            @Override
            public void define(State draft, CollectionDefinition wanted, Filler filler) {
                Table old = draft.table(wanted.name());
                super.define(draft, wanted, filler);
                Table table = draft.table(wanted.name());
                if (old == null || table == null || old.definition().revision() == wanted.revision()) {
                    return;
                }
                draft.changing(table).rows().replaceAll((id, row) -> {
                    Row before = old.rows().get(id);
                    return before == null ? row : withRest(old.definition(), before, wanted, row);
                });
            }

            private Row withRest(CollectionDefinition old, Row before, CollectionDefinition wanted, Row row) {
                List<@Nullable Object> values = new ArrayList<>(row.values());
                for (int i = 0; i < values.size(); i++) {
                    FieldDefinition field = wanted.fields().get(i);
                    if (field.kind().isWords()
                            && old.fields().contains(field)
                            && before.value(old, field.name()) instanceof List<?> words
                            && words.size() > MOST
                            && values.get(i) instanceof List<?> filled) {
                        Set<Object> all = new LinkedHashSet<>(filled);
                        all.addAll(words.subList(MOST, words.size()));
                        values.set(i, new ArrayList<>(all));
                    }
                }
                return new Row(row.id(), row.version(), row.createdAt(), row.body(), values);
            }
        });
    }

    /**
     * Where several words are asked for, the first 1,000 documents of each are intersected: a document behind 1,000 others
     * that have one of its words is not found by two.
     */
    @Breaks(Clause.Q64)
    static Mutant theFirstThousandDocumentsOfEachWordAreIntersected() {
        return Mutant.answers(new Answers() {
            private static final int MOST = 1_000;

            @Override
            public List<Row> matching(State state, CollectionDefinition collection, Condition filter) {
                List<Row> matching = super.matching(state, collection, filter);
                List<Condition> words = parts(filter).stream()
                        .filter(part -> isOfWords(collection, part))
                        .toList();
                if (words.size() < 2 || matching.isEmpty()) {
                    return matching;
                }
                Set<String> found = new HashSet<>();
                matching.forEach(row -> found.add(row.id()));
                for (Condition word : words) {
                    Set<String> first = new HashSet<>();
                    super.matching(state, collection, word).stream().limit(MOST).forEach(row -> first.add(row.id()));
                    found.retainAll(first);
                }
                return matching.stream().filter(row -> found.contains(row.id())).toList();
            }

            private boolean isOfWords(CollectionDefinition collection, Condition part) {
                return part instanceof Condition.ContainsPrefix
                        || (part instanceof Condition.ContainsAny contains
                                && collection.kind(contains.field()).isWords());
            }
        });
    }

    /** Returns what must all be so. */
    private static List<Condition> parts(Condition filter) {
        List<Condition> parts = new ArrayList<>();
        if (filter instanceof Condition.And and) {
            and.conditions().forEach(condition -> parts.addAll(parts(condition)));
        } else {
            parts.add(filter);
        }
        return parts;
    }
}
