package dev.pagurus.store.tck.paths;

import dev.pagurus.store.Document;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.tck.samples.SeenText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Questions by id: of those that are there, the longest among them, and of those that nearly are. */
final class IdQuestions {

    private static final int LONGEST = 3;
    private static final int SOME = 6;
    private static final int MANY = FilterQuestions.MOST_VALUES - Questions.FEW;

    private final Questions questions;
    private final Map<String, Document<Parcel>> wanted;

    IdQuestions(Questions questions) {
        this.questions = questions;
        this.wanted = Wanted.byId(questions.wanted);
    }

    void think() {
        List<String> asked = chosen();
        for (String id : asked) {
            questions.once(
                    () -> "get(" + SeenText.of(id) + ")", () -> Optional.ofNullable(wanted.get(id)), of -> of.get(id));
        }
        for (String id : questions.some(asked, SOME)) {
            questions.once(() -> "exists(" + SeenText.of(id) + ")", () -> wanted.containsKey(id), of -> of.exists(id));
        }
        List<String> all = new ArrayList<>(wanted.keySet());
        all.addAll(asked);
        Collections.shuffle(all, questions.random);
        getAll(all, true);
        getAll(asked, false);
        getAll(questions.some(all, questions.hazards.size(Math.max(1, all.size()))), false);
        getAll(List.of(), false);
        if (questions.few() && questions.random.nextInt(4) == 0) {
            // Nearly as many values as a filter takes.
            List<String> many = new ArrayList<>(questions.hazards.ids(MANY));
            many.addAll(wanted.keySet());
            Collections.shuffle(many, questions.random);
            questions.once(
                    () -> "list() of id in " + Shown.of(many),
                    () -> questions.wanted,
                    of -> of.where(questions.schema.id().in(many)).list());
        }
    }

    /** Those that are there, and as many that are not. */
    private List<String> chosen() {
        Set<String> chosen = new LinkedHashSet<>();
        List<String> ids = new ArrayList<>(wanted.keySet());
        ids.sort(Comparator.comparing(String::length).reversed());
        chosen.addAll(ids.subList(0, Math.min(LONGEST, ids.size())));
        chosen.addAll(questions.some(ids, SOME));
        for (String id : List.copyOf(chosen)) {
            chosen.add(questions.hazards.idThatIsNot(id));
        }
        chosen.add(questions.hazards.id());
        return new ArrayList<>(chosen);
    }

    private void getAll(List<String> ids, boolean everyHandle) {
        Question question = new Question(() -> "getAll(" + Shown.of(ids) + ")", () -> right(ids), of -> came(of, ids));
        if (everyHandle) {
            questions.always(question);
        } else {
            questions.once(question);
        }
    }

    private Map<String, Document<Parcel>> right(List<String> ids) {
        Map<String, Document<Parcel>> right = new LinkedHashMap<>();
        for (String id : ids) {
            Document<Parcel> document = wanted.get(id);
            if (document != null) {
                right.putIfAbsent(id, document);
            }
        }
        return right;
    }

    private static Map<String, Document<Parcel>> came(ReadableCollection<Parcel> of, List<String> ids) {
        return of.getAll(ids);
    }
}
