package dev.pagurus.store.tck.samples;

import dev.pagurus.store.BooleanField;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the {@link QueryShapes} look for: an entry of a feed reader. {@link Entries} makes them and says how many have which
 * value, and where these lie.
 */
public record Entry(
        String feed,
        boolean unread,
        Stage stage,
        Instant at,
        long score,
        String title,
        @Nullable String owner,
        @Nullable String code,
        long size,
        String language,
        Set<String> tags,
        String text) {

    /** How far an entry is. */
    public enum Stage {
        DRAFT,
        OPEN,
        DONE,
        ARCHIVED
    }

    public static final TextField<Entry> FEED = TextField.of("feed", Entry::feed);
    public static final BooleanField<Entry> UNREAD = BooleanField.of("unread", Entry::unread);
    public static final EnumField<Entry, Stage> STAGE = EnumField.of("stage", Stage.class, Entry::stage);
    public static final InstantField<Entry> AT = InstantField.of("at", Entry::at);
    public static final LongField<Entry> SCORE = LongField.of("score", Entry::score);
    public static final TextField<Entry> TITLE = TextField.of("title", Entry::title);
    public static final TextField<Entry> OWNER = TextField.of("owner", Entry::owner);
    public static final TextField<Entry> CODE = TextField.of("code", Entry::code);
    public static final ManyField<Entry> TAGS = ManyField.of("tags", Entry::tags);

    /** In no index. */
    public static final LongField<Entry> SIZE = LongField.of("size", Entry::size);

    /** In no index. */
    public static final TextField<Entry> LANGUAGE = TextField.of("language", Entry::language);

    /** The collection is called "entries". */
    public static final Schema<Entry> SCHEMA = indexed("entries").uniqueIndex(CODE);

    /** The same for stores without unique indexes. */
    public static final Schema<Entry> SCHEMA_WITHOUT_UNIQUE = indexed("entries").index(CODE);

    private static Schema<Entry> indexed(String name) {
        return Schema.of(name, Entry.class)
                .index(UNREAD, FEED)
                .index(AT)
                .index(STAGE)
                .index(SCORE)
                .index(TITLE)
                .index(OWNER, SCORE.desc())
                .index(TAGS)
                .field(SIZE)
                .field(LANGUAGE);
    }
}
