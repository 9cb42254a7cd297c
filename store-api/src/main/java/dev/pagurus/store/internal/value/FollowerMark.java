package dev.pagurus.store.internal.value;

import dev.pagurus.store.SchemaException;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.Content;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.Write.Precondition;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How far a follower has come: the body of a document whose id is the follower's name. The text stays as it is, for every later
 * release reads it.
 *
 * @param version the version of the document; null if there is none yet
 * @param feed the names of the feed's collections
 * @param position the position behind the changes whose effects are committed; null if there are none
 */
public record FollowerMark(
        @Nullable Long version, List<String> feed, @Nullable String position) {

    /** The collection of the marks, whose name no schema can have. */
    public static final CollectionDefinition COLLECTION =
            new CollectionDefinition("pagurus_followers", 1, List.of(), List.of());

    private static final Pattern TEXT = Pattern.compile("follows ([a-z0-9_ ,]+), behind ([A-Za-z0-9_-]+)");

    /** Says whether a collection is that of the marks. */
    public static boolean isOf(CollectionDefinition definition) {
        return definition.name().equals(COLLECTION.name());
    }

    /** Returns the mark of a follower, of what was found under its name. */
    public static FollowerMark of(List<StoredDocument> found) {
        if (found.isEmpty()) {
            return new FollowerMark(null, List.of(), null);
        }
        StoredDocument stored = found.get(0);
        Matcher text = TEXT.matcher(stored.body());
        if (!text.matches()) {
            throw new SchemaException("The position of follower '" + stored.id() + "' in the collection '"
                    + COLLECTION.name()
                    + "' cannot be read; it is of a newer version of Pagurus, or was damaged. Use that"
                    + " version, or restore the document from a backup.");
        }
        return new FollowerMark(stored.version(), List.of(text.group(1).split(", ")), text.group(2));
    }

    /** Returns the write that moves a follower on, unless somebody else has. */
    public Write movedTo(String name, List<CollectionDefinition> by, String next) {
        String names =
                String.join(", ", by.stream().map(CollectionDefinition::name).toList());
        Content body = new Content.Body("follows " + names + ", behind " + next, List.of());
        return new Write(COLLECTION, name, version == null ? Precondition.ABSENT : Precondition.version(version), body);
    }
}
