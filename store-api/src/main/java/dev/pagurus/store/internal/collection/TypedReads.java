package dev.pagurus.store.internal.collection;

import dev.pagurus.store.Document;
import dev.pagurus.store.Filter;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.ReadableCollection;
import dev.pagurus.store.UndecodableDocumentException;
import dev.pagurus.store.internal.access.Access;
import dev.pagurus.store.internal.query.QueryPlan;
import dev.pagurus.store.internal.value.Mapping;
import dev.pagurus.store.spi.CollectionDefinition;
import dev.pagurus.store.spi.StoredDocument;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** The reading half of a collection, over a store or a session. */
public class TypedReads<T> implements ReadableCollection<T> {

    final Mapping<T> mapping;
    final Access access;

    public TypedReads(Mapping<T> mapping, Access access) {
        this.mapping = mapping;
        this.access = access;
    }

    @Override
    public Optional<Document<T>> get(String id) {
        List<StoredDocument> found = access.get(mapping.definition(), mapping.checkId(id));
        return found.isEmpty() ? Optional.empty() : Optional.of(decode(found.get(0)));
    }

    @Override
    public Map<String, Document<T>> getAll(Collection<String> ids) {
        if (ids == null) {
            throw new InvalidValueException("The ids of getAll(...) are null; give an empty collection to get none.");
        }
        Set<String> asked = new LinkedHashSet<>();
        for (String id : ids) {
            asked.add(mapping.checkId(id));
        }
        if (asked.isEmpty()) {
            return Map.of();
        }
        List<String> distinct = new ArrayList<>(asked);
        Map<String, StoredDocument> found = new HashMap<>();
        for (StoredDocument document : access.read(reads -> reads.get(mapping.definition(), distinct))) {
            found.put(document.id(), document);
        }
        Map<String, Document<T>> documents = new LinkedHashMap<>();
        for (String id : distinct) {
            StoredDocument document = found.get(id);
            if (document != null) {
                documents.put(id, decode(document));
            }
        }
        return Collections.unmodifiableMap(documents);
    }

    @Override
    public boolean exists(String id) {
        // As get does it, and no search: an old release may ask this of a collection that has a newer revision.
        return !access.get(mapping.definition(), mapping.checkId(id)).isEmpty();
    }

    @Override
    public TypedReadQuery<T> query() {
        return new TypedReadQuery<>(QueryPlan.all(mapping), access);
    }

    @Override
    public TypedReadQuery<T> where(Filter<? super T> filter) {
        return query().where(filter);
    }

    private Document<T> decode(StoredDocument stored) {
        try {
            return mapping.decode(stored);
        } catch (UndecodableDocumentException e) {
            throw explained(e);
        }
    }

    /**
     * Says whether a newer version of the application is the reason. Only who gets documents by id need ask: a scan is refused
     * if the collection has another revision.
     */
    private UndecodableDocumentException explained(UndecodableDocumentException e) {
        int known = mapping.definition().revision();
        try {
            CollectionDefinition stored = access.read(reads -> reads.definition(e.collection()));
            if (stored != null && stored.revision() > known) {
                return new UndecodableDocumentException(
                        e.collection(),
                        e.id(),
                        e.body(),
                        Objects.requireNonNull(e.getCause()),
                        known,
                        stored.revision());
            }
        } catch (RuntimeException failure) {
            // What the caller has to know is in the first one.
            e.addSuppressed(failure);
        }
        return e;
    }
}
