package dev.pagurus.store.internal.changes;

import dev.pagurus.store.Change;
import dev.pagurus.store.Document;
import dev.pagurus.store.Schema;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.spi.StoredChange;
import java.util.Objects;
import java.util.Optional;

/** A change, with what decodes its document. */
record SeenChange(StoredChange stored, Mapping<?> mapping) implements Change {

    @Override
    public String collection() {
        return stored.collection();
    }

    @Override
    public String id() {
        return stored.id();
    }

    @Override
    public long version() {
        return stored.version();
    }

    @Override
    public boolean deleted() {
        return stored.document() == null;
    }

    @Override
    @SuppressWarnings("unchecked") // it was made with the schema's codec
    public <T> Optional<Document<T>> document(Schema<T> schema) {
        if (!Objects.requireNonNull(schema, "schema").name().equals(collection())) {
            throw new IllegalArgumentException("This is a change in collection '" + collection()
                    + "', and the schema is that of '" + schema.name() + "'. Ask change.collection() first.");
        }
        if (!mapping.isMadeWith(schema)) {
            throw new IllegalArgumentException("The feed was asked for with another schema of collection '"
                    + collection() + "'. Give the one that store.changes was given.");
        }
        return Optional.ofNullable(stored.document()).map(((Mapping<T>) mapping)::decode);
    }

    @Override
    public String toString() {
        return "Change[" + collection() + " '" + id() + "' " + (deleted() ? "deleted, " : "") + "version " + version()
                + "]";
    }
}
