package dev.pagurus.store.internal.collection;

import dev.pagurus.store.Document;
import dev.pagurus.store.RawDocuments;
import dev.pagurus.store.internal.access.Access;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.spi.Micros;
import dev.pagurus.store.spi.StoredDocument;
import dev.pagurus.store.spi.Write;
import dev.pagurus.store.spi.Write.Precondition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** The documents of a collection as their texts, over a store or a transaction. */
final class RawTexts<T> implements RawDocuments {

    private final Mapping<T> mapping;
    private final Access access;

    RawTexts(Mapping<T> mapping, Access access) {
        this.mapping = mapping;
        this.access = access;
    }

    @Override
    public Optional<Document<String>> get(String id) {
        List<StoredDocument> found = access.get(mapping.definition(), mapping.checkId(id));
        return found.stream()
                .findFirst()
                .map(stored -> new Document<>(
                        stored.id(), stored.version(), Micros.toInstant(stored.createdAt()), stored.body()));
    }

    @Override
    public Document<String> replace(Document<String> changed) {
        Objects.requireNonNull(changed, "changed");
        return replace(changed.id(), changed.version(), changed.value());
    }

    @Override
    public Document<String> replace(String id, long version, String text) {
        mapping.checkId(id);
        Write write = new Write(mapping.definition(), id, Precondition.version(version), mapping.take(id, text));
        return TypedCollection.document(id, text, Outcomes.written(write, access.write(write)));
    }
}
