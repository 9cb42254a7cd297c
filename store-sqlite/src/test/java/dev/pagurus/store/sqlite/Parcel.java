package dev.pagurus.store.sqlite;

import dev.pagurus.store.Codec;
import dev.pagurus.store.DoubleField;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.TextField;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A document that brings whatever one likes to one place: a field, the body, or an exception to where it is thrown.
 *
 * @param to the name of the field, {@code body}, {@code codec} or {@code extractor}
 */
record Parcel(String to, @Nullable Object content) {

    static final TextField<Parcel> TEXT = TextField.of("text", parcel -> parcel.at("text", String.class));
    static final TextField<Parcel> SHORT = TextField.<Parcel>of("short", parcel -> parcel.at("short", String.class))
            .maxBytes(10);
    static final LongField<Parcel> NUMBER = LongField.of("number", parcel -> parcel.at("number", Number.class));
    static final DoubleField<Parcel> REAL = DoubleField.of("real", parcel -> parcel.at("real", Number.class));
    static final InstantField<Parcel> TIME = InstantField.of("time", parcel -> parcel.at("time", Instant.class));
    static final ManyField<Parcel> TAGS = ManyField.of("tags", Parcel::tags);

    static final Schema<Parcel> SCHEMA = Schema.of("parcels", Codec.of(Parcel::body, text -> new Parcel("body", text)))
            .field(TEXT)
            .field(SHORT)
            .field(NUMBER)
            .field(REAL)
            .field(TIME)
            .field(TAGS);

    private <V> @Nullable V at(String field, Class<V> type) {
        if (to.equals("extractor")) {
            throw (RuntimeException) Objects.requireNonNull(content);
        }
        return to.equals(field) ? type.cast(content) : null;
    }

    @SuppressWarnings("unchecked") // the tables give collections of texts
    private @Nullable Collection<String> tags() {
        return at("tags", Collection.class);
    }

    @SuppressWarnings("NullAway") // a codec that makes null is one of the things it brings
    private String body() throws Exception {
        if (to.equals("codec")) {
            throw (Exception) Objects.requireNonNull(content);
        }
        return to.equals("body") ? (String) content : "{}";
    }
}
