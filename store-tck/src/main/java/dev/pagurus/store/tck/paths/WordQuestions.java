package dev.pagurus.store.tck.paths;

import dev.pagurus.store.WordsField;
import dev.pagurus.store.tck.samples.Model;
import java.util.ArrayList;
import java.util.List;

/** Questions about a field of words: whole words and beginnings, of those that occur and of some that nearly do. */
final class WordQuestions {

    private final Questions questions;
    private final FilterQuestions filters;

    WordQuestions(Questions questions, FilterQuestions filters) {
        this.questions = questions;
        this.filters = filters;
    }

    void about(WordsField<Parcel> field) {
        List<List<String>> occurring = questions.wanted.stream()
                .map(document -> List.copyOf(Model.words(field, document)))
                .filter(words -> !words.isEmpty())
                .toList();
        List<String> all = occurring.stream().flatMap(List::stream).distinct().toList();
        filters.always(field.hasPrefix(all.isEmpty() ? "a" : beginning(all.get(all.size() - 1))));
        for (String word : questions.some(all, 1)) {
            filters.ask(field.hasAll(word));
            filters.ask(field.hasAll(word).not());
            filters.ask(field.hasPrefix(beginning(word)));
            filters.ask(field.hasAll(questions.hazards.textThatIsNot(word)));
        }
        for (List<String> words : questions.some(occurring, 1)) {
            List<String> some = new ArrayList<>(questions.some(words, 2));
            filters.ask(field.hasAll(String.join(" ", some)));
            some.add(beginning(words.get(0)));
            filters.ask(field.hasPrefix(String.join(" ", some)));
            filters.askGroups(field, field.hasAll(some.get(0)));
        }
    }

    private String beginning(String word) {
        return word.substring(
                0, word.offsetByCodePoints(0, 1 + questions.random.nextInt(word.codePointCount(0, word.length()))));
    }
}
