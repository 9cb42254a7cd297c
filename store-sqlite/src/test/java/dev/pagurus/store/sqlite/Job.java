package dev.pagurus.store.sqlite;

import dev.pagurus.store.Codec;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A document made of a number, with fields of very uneven values, as real ones are. */
record Job(int number) {

    enum Status {
        DONE,
        FAILED,
        RUNNING,
        WAITING
    }

    static final EnumField<Job, Status> STATUS = EnumField.of("status", Status.class, Job::status);
    static final InstantField<Job> DUE = InstantField.of("due", Job::due);
    static final LongField<Job> PRIORITY = LongField.of("priority", Job::priority);
    static final TextField<Job> CODE = TextField.of("code", Job::code);
    static final TextField<Job> OWNER = TextField.of("owner", Job::owner);
    static final ManyField<Job> TAGS = ManyField.of("tags", Job::tags);

    static final Codec<Job> CODEC =
            Codec.of(job -> Integer.toString(job.number), text -> new Job(Integer.parseInt(text)));

    static final Schema<Job> SCHEMA = Schema.of("jobs", CODEC)
            .index(STATUS, DUE)
            .index(DUE)
            .index(PRIORITY.desc())
            .index(OWNER)
            .uniqueIndex(CODE)
            .index(TAGS);

    /** The same jobs with an index of two directions. */
    static final Schema<Job> MIXED =
            Schema.of("mixed", CODEC).index(STATUS.desc(), DUE.asc()).index(PRIORITY, DUE.desc());

    String id() {
        return String.format(Locale.ROOT, "job-%06d", number);
    }

    /** Nine of ten are done. */
    @Nullable
    Status status() {
        return number % 10 > 0 ? Status.DONE : number % 1000 == 0 ? null : Status.values()[1 + number / 10 % 3];
    }

    @Nullable
    Instant due() {
        return number % 7 == 0 ? null : Instant.ofEpochSecond(1_700_000_000L + number % 5000 * 60L);
    }

    @Nullable
    Long priority() {
        return number % 3 == 0 ? null : (long) (number % 11);
    }

    @Nullable
    String code() {
        return number % 5 == 0 ? null : "code-" + number;
    }

    String owner() {
        return "owner-" + number % 400;
    }

    List<String> tags() {
        return number % 2 == 0 ? List.of() : List.of("all", "tag-" + number % 300);
    }
}
