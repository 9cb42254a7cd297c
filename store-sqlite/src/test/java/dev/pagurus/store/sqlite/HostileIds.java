package dev.pagurus.store.sqlite;

import dev.pagurus.store.BulkResult;
import dev.pagurus.store.DocumentCollection;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.OnConflict;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;

/** Ids that no document can have, given to every verb that takes one. */
@NullUnmarked
final class HostileIds {

    private static final Specimen VALUE = Specimen.named("never stored");

    private static final List<BadText> TOO_SHORT_OR_LONG = List.of(
            new BadText("null", null, "is null; an id has 1 to 255"),
            new BadText("nothing", "", "is empty; an id has 1 to 255"),
            new BadText("256 letters", "x".repeat(256), "256 UTF-8 bytes, more than the 255"),
            new BadText("128 umlauts", "\u00E4".repeat(128), "256 UTF-8 bytes, more than the 255"),
            new BadText("85 euro signs and a letter", "\u20AC".repeat(85) + "x", "256 UTF-8 bytes, more than the 255"),
            new BadText("64 emojis", "\uD83D\uDE00".repeat(64), "256 UTF-8 bytes, more than the 255"),
            new BadText("a million letters", "x".repeat(1_000_000), "1000000 UTF-8 bytes, more than the 255"));

    /** A verb with an id in it. */
    private record Verb(String name, Use use) {

        interface Use {
            void with(DocumentCollection<Specimen> specimens, String id);
        }
    }

    private static final List<Verb> VERBS = List.of(
            new Verb("get", (specimens, id) -> specimens.get(id)),
            new Verb("getAll", (specimens, id) -> specimens.getAll(Arrays.asList(Victim.PRESENT, id))),
            new Verb("exists", (specimens, id) -> specimens.exists(id)),
            new Verb("insert", (specimens, id) -> specimens.insert(id, VALUE)),
            new Verb("put", (specimens, id) -> specimens.put(id, VALUE)),
            new Verb("replace", (specimens, id) -> specimens.replace(id, 1, VALUE)),
            new Verb("update", (specimens, id) -> specimens.update(id, found -> VALUE)),
            new Verb("compute", (specimens, id) -> specimens.compute(id, found -> Optional.of(VALUE))),
            new Verb("delete", (specimens, id) -> specimens.delete(id)),
            new Verb("delete by version", (specimens, id) -> specimens.delete(id, 1)),
            new Verb("insertAll", (specimens, id) -> {
                throw onlyFailure(specimens.insertAll(Stream.of(VALUE), value -> id, OnConflict.FAIL));
            }),
            new Verb("putAll", (specimens, id) -> {
                throw onlyFailure(specimens.putAll(Stream.of(VALUE), value -> id, OnConflict.SKIP));
            }));

    private HostileIds() {}

    static Stream<Attack> attacks() {
        return VERBS.stream()
                .flatMap(verb -> Stream.concat(TOO_SHORT_OR_LONG.stream(), BadText.ALL.stream())
                        .map(id -> new Attack(
                                verb.name() + " with the id " + id.what(),
                                InvalidValueException.class,
                                id.fragment(),
                                victim -> verb.use().with(victim.specimens(), id.text()))));
    }

    /** A bulk write lists what it refuses. */
    static RuntimeException onlyFailure(BulkResult result) {
        return result.failures().get(0).reason();
    }
}
