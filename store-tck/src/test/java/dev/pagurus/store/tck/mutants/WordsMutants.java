package dev.pagurus.store.tck.mutants;

import dev.pagurus.store.spi.Chunk;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Condition;
import dev.pagurus.store.spi.IndexPaths;
import dev.pagurus.store.spi.Scan;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.tck.Clause;
import dev.pagurus.store.tck.reference.Answers;
import dev.pagurus.store.tck.reference.ReferenceSession;
import dev.pagurus.store.tck.reference.Row;
import dev.pagurus.store.tck.reference.State;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Group Q: fields of words. */
final class WordsMutants {

    private WordsMutants() {}

    private static Mutant asking(UnaryOperator<Condition> asked) {
        return Mutant.answers(new Answers() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                return super.matches(definition, asked.apply(condition), row);
            }
        });
    }

    private static boolean isWord(CollectionDefinition definition, Condition.ContainsAny contains) {
        return definition.kind(contains.field()).isWords();
    }

    /** As a search engine does that puts what matches best first, and calls it a match if one word is there. */
    @Breaks(Clause.Q62)
    static Mutant anyOfTheWordsIsEnough() {
        return Mutant.source(
                "internal/query/FilterCompiler", "return flat(parts, !negated);", "return flat(parts, negated);");
    }

    /** As a server's own dictionary does. */
    @Breaks({Clause.Q62, Clause.Q64})
    static Mutant wordsAreStemmed() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                if (condition instanceof Condition.ContainsAny contains && isWord(definition, contains)) {
                    return row.value(definition, contains.field()) instanceof List<?> words
                            && words.stream()
                                    .anyMatch(word -> stem(word)
                                            .equals(stem(contains.values().get(0))));
                }
                return super.matches(definition, condition, row);
            }

            private static String stem(Object word) {
                return word.toString().replaceAll("(s|[0-9])$", "");
            }
        });
    }

    @Breaks(Clause.Q62)
    static Mutant aTextWithoutWordsFindsNothing() {
        return Mutant.source(
                "internal/query/FilterCompiler",
                "        countNodes(parts.size());\n        countValues(parts.size());",
                "        if (parts.isEmpty()) {\n            return negated ? Condition.EVERYTHING : Condition.NOTHING;\n        }\n"
                        + "        countNodes(parts.size());\n        countValues(parts.size());");
    }

    @Breaks(Clause.Q62)
    static Mutant diacriticsAreDroppedWhateverTheFieldSays() {
        return Mutant.source("Words", "if (accented || !WordCharacters", "if (!WordCharacters");
    }

    @Breaks(Clause.Q62)
    static Mutant caseIsNotFolded() {
        return Mutant.source(
                "Words", "word.append((char) Character.toLowerCase(point));", "word.append((char) point);");
    }

    @Breaks(Clause.Q63)
    static Mutant aBeginningIsAWholeWord() {
        return asking(condition -> condition instanceof Condition.ContainsPrefix begun
                ? new Condition.ContainsAny(begun.field(), List.of(begun.prefix()))
                : condition);
    }

    @Breaks(Clause.Q63)
    static Mutant aBeginningIsAnywhereInAWord() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                if (condition instanceof Condition.ContainsPrefix begun) {
                    return row.value(definition, begun.field()) instanceof List<?> words
                            && words.stream().anyMatch(word -> word.toString().contains(begun.prefix()));
                }
                return super.matches(definition, condition, row);
            }
        });
    }

    @Breaks(Clause.Q63)
    static Mutant everyWordOfAPrefixIsABeginning() {
        return Mutant.answers(new Answers() {
            @Override
            public boolean matches(CollectionDefinition definition, Condition condition, Row row) {
                boolean begins = condition instanceof Condition.And and
                        && and.conditions().stream().anyMatch(Condition.ContainsPrefix.class::isInstance);
                if (begins && condition instanceof Condition.And and) {
                    return and.conditions().stream().allMatch(part -> matchesBegun(definition, part, row));
                }
                return super.matches(definition, condition, row);
            }

            private boolean matchesBegun(CollectionDefinition definition, Condition part, Row row) {
                if (part instanceof Condition.ContainsAny contains && isWord(definition, contains)) {
                    String word = contains.values().get(0);
                    return matches(definition, new Condition.ContainsPrefix(contains.field(), word, word), row);
                }
                return matches(definition, part, row);
            }
        });
    }

    /** A join with the table of words, and no "distinct". */
    @Breaks(Clause.Q64)
    static Mutant aDocumentIsMetOnceForEachOfItsWords() {
        return Mutant.answers(new Answers() {
            @Override
            public Chunk scan(State state, Scan scan) {
                Chunk chunk = super.scan(state, scan);
                boolean begins =
                        IndexPaths.parts(scan.filter()).stream().anyMatch(Condition.ContainsPrefix.class::isInstance);
                if (!begins
                        || chunk.documents().isEmpty()
                        || scan.maxDocuments() <= chunk.documents().size()) {
                    return chunk;
                }
                List<StoredDocument> twice = new ArrayList<>(chunk.documents());
                twice.add(1, chunk.documents().get(0));
                return new Chunk(twice, chunk.next());
            }
        });
    }

    @Breaks(Clause.Q65)
    static Mutant whatIsOverTheLimitOfWordsIsLeftOut() {
        return Mutant.source(
                "internal/value/FieldCodec",
                "found.size() > WordsField.MAX_WORDS) {",
                "found.size() > WordsField.MAX_WORDS) {\n            found = found.subList(0, WordsField.MAX_WORDS);\n"
                        + "        }\n        if (found.size() > WordsField.MAX_WORDS) {");
    }

    @Breaks(Clause.Q65)
    static Mutant longWordsAreNotCut() {
        return Mutant.source("Words", "if (bytes > MAX_BYTES) {", "if (bytes > 400 * MAX_BYTES) {");
    }

    /** Locks on what was found, and none on what was not. */
    @Breaks(Clause.Q67)
    static Mutant aWordThatNobodyHadMayCome() {
        return Mutant.session((engine, mode) -> new ReferenceSession(engine, mode) {
            @Override
            protected boolean mustHold(Object answer) {
                return !(answer instanceof Chunk chunk && chunk.documents().isEmpty());
            }
        });
    }

    @Breaks(Clause.Q66)
    static Mutant fieldsThatSplitOtherwiseAreTheSame() {
        return Mutant.source(
                "internal/value/FieldCodec",
                "return words.keepsDiacritics() ? FieldKind.ACCENTED_WORDS : FieldKind.WORDS;",
                "return words.keepsDiacritics() ? FieldKind.WORDS : FieldKind.WORDS;");
    }
}
