package dev.pagurus.store.spi;

import dev.pagurus.store.SchemaException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be done to bring a collection from its stored definition to the wanted one. Written once, for every engine
 * asks it under the lock in which it makes the change.
 *
 * @param kind nothing, a new collection, a new revision of one, or only its shape
 * @param droppedFields fields whose columns go: no longer wanted, or of another kind from now on
 * @param addedFields fields whose columns come: new, or of another kind than before
 * @param droppedIndexes indexes that go, with those over dropped fields
 * @param addedIndexes indexes that come, with those over added fields
 */
public record SchemaChange(
        Kind kind,
        List<FieldDefinition> droppedFields,
        List<FieldDefinition> addedFields,
        List<IndexDefinition> droppedIndexes,
        List<IndexDefinition> addedIndexes) {

    /** What kind of change it is. */
    public enum Kind {
        /** The stored definition is the wanted one. */
        NONE,
        /** There is no such collection yet. */
        CREATE,
        /** A new revision: besides the columns and indexes listed, every document is refilled. */
        UPGRADE,
        /**
         * What the bodies are made of was not known, and is now: only {@link CollectionDefinition#shape} is to be written to
         * the catalogue, in one atomic step, under the eyes of who reads and writes.
         */
        SHAPE
    }

    /**
     * Compares what is stored with what is wanted. Shapes are compared where both are known: one that is wanted and was not
     * stored is to be recorded, and where none is wanted the stored one stays.
     *
     * @param stored what the catalogue holds; null if nothing
     * @throws SchemaException if the stored revision is newer, or is the same with another definition
     */
    public static SchemaChange between(@Nullable CollectionDefinition stored, CollectionDefinition wanted) {
        if (stored == null) {
            return new SchemaChange(Kind.CREATE, List.of(), wanted.fields(), List.of(), wanted.indexes());
        }
        if (stored.revision() > wanted.revision()) {
            throw new SchemaException("A newer version of this application has brought collection '" + wanted.name()
                    + "' to revision " + stored.revision() + "; this one knows revision " + wanted.revision()
                    + ". Nothing was changed. Start the newer version.");
        }
        if (stored.revision() < wanted.revision()) {
            return upgrade(stored, wanted);
        }
        if (stored.serves(wanted)) {
            return onlyCatalogue(Kind.NONE);
        }
        if (stored.hasTablesOf(wanted) && stored.shape() == null) {
            return onlyCatalogue(Kind.SHAPE);
        }
        throw SchemaDifferences.refused(stored, wanted);
    }

    /**
     * Returns what the use of a collection in a transaction, snapshot or step fails with, where nothing is ever defined, if
     * the schema says something else than what is stored at its revision.
     */
    public static SchemaException different(CollectionDefinition stored, CollectionDefinition wanted) {
        return new SchemaException(SchemaDifferences.told(stored, wanted)
                + " Nothing is defined inside of a transaction, snapshot or step: give it the schema that the collection was"
                + " defined with, the type as it was, and the fields and indexes too.");
    }

    private static SchemaChange onlyCatalogue(Kind kind) {
        return new SchemaChange(kind, List.of(), List.of(), List.of(), List.of());
    }

    /**
     * Returns what a read fails with that finds another revision in the catalogue than the one it was asked with: a column
     * may be gone, or hold something else by now.
     *
     * @param known the definition that the reader has
     */
    public static SchemaException outdated(CollectionDefinition known) {
        return outdated(known, null);
    }

    /**
     * The same, where the engine learns it from a statement that fails.
     *
     * @param known the definition that the reader has
     * @param cause what the statement failed with
     */
    public static SchemaException outdated(CollectionDefinition known, @Nullable Throwable cause) {
        return new SchemaException(
                "A newer version of this application has changed collection '" + known.name()
                        + "'; this one knows its revision " + known.revision()
                        + " and cannot search in it. Start the newer version.",
                cause);
    }

    /** Returns what a read fails with that finds no collection of its name any more. */
    public static SchemaException gone(CollectionDefinition known) {
        return gone(known, "", null);
    }

    /**
     * The same, where the engine learns it from a statement that fails.
     *
     * @param known the definition that the reader has
     * @param said what the database says, which may name more than the collection, such as its table
     * @param cause what the statement failed with
     */
    public static SchemaException gone(CollectionDefinition known, String said, @Nullable Throwable cause) {
        return new SchemaException(
                "There is no collection '" + known.name() + "' any more, which this application knows at revision "
                        + known.revision()
                        + ": it was dropped or renamed since"
                        + (said.isEmpty() ? "" : " (" + said + ")")
                        + ". Nothing was read or written. If a newer"
                        + " version of the application did that, start that one; store.collection(schema) of this revision"
                        + " says more.",
                cause);
    }

    /** Returns what renaming fails with if there is no such collection. */
    public static SchemaException missing(String collection, String target) {
        return new SchemaException("There is no collection '" + collection + "' in " + target
                + " that could be renamed. Nothing was changed. Correct the name.");
    }

    /**
     * Returns what renaming fails with if something has the new name.
     *
     * @param what what it is, such as {@code collection} or {@code table}
     * @param name the name that is taken
     */
    public static SchemaException taken(String collection, String what, String name, String target) {
        return new SchemaException(
                "Collection '" + collection + "' of " + target + " cannot be renamed: there is a " + what + " '" + name
                        + "' already. Nothing was changed. Choose another name, or take that one away first.");
    }

    /**
     * Returns what dropping or renaming fails with over something that an administrator has added.
     *
     * @param how {@code dropped} or {@code renamed}
     * @param target the store, as messages show it
     * @param what what it is, such as {@code view}
     * @param why what stands against keeping it
     * @param sql what takes it away
     */
    public static SchemaException inTheWay(
            String collection,
            String how,
            String target,
            String what,
            String name,
            String why,
            String sql,
            @Nullable Throwable cause) {
        return new SchemaException(
                "Collection '" + collection + "' of " + target + " cannot be " + how + ": the " + what + " '" + name
                        + "', which is not ours, is in the way (" + why
                        + "). Nothing was changed. Save what you need of it, run: " + sql + " Then try again.",
                cause);
    }

    /** Returns what a definition fails with whose new unique index two documents stand in the way of. */
    public static SchemaException duplicates(
            CollectionDefinition wanted, IndexDefinition index, String id, String otherId, @Nullable Throwable cause) {
        return new SchemaException(
                "Collection '" + wanted.name() + "' cannot have the unique index '" + index.name()
                        + "': the documents '" + id + "' and '" + otherId
                        + "' have the same values. Nothing was changed. Change one of them first.",
                cause);
    }

    /**
     * Returns what a revision fails with that would take away something that an administrator has added to a collection's
     * table.
     *
     * @param target the store, as messages show it
     * @param what what it is, such as {@code index}
     * @param why what stands against keeping it
     * @param sql what takes it away
     */
    public static SchemaException inTheWay(
            CollectionDefinition wanted,
            String target,
            String what,
            String name,
            String why,
            String sql,
            @Nullable Throwable cause) {
        return new SchemaException(
                "Collection '" + wanted.name() + "' of " + target + " cannot get revision " + wanted.revision()
                        + ": the " + what + " '" + name + "', which is not ours, is in the way (" + why
                        + "). Nothing was changed. Save what you need of it, run: " + sql
                        + " Then start again, and make it anew for the new fields.",
                cause);
    }

    private static SchemaChange upgrade(CollectionDefinition stored, CollectionDefinition wanted) {
        List<FieldDefinition> dropped = new ArrayList<>();
        List<String> renewed = new ArrayList<>();
        for (FieldDefinition field : stored.fields()) {
            if (wanted.fields().stream().noneMatch(other -> sameColumn(field, other))) {
                dropped.add(field);
                renewed.add(field.name());
            }
        }
        List<FieldDefinition> added = new ArrayList<>();
        for (FieldDefinition field : wanted.fields()) {
            if (stored.fields().stream().noneMatch(other -> sameColumn(field, other))) {
                added.add(field);
            }
        }
        return new SchemaChange(
                Kind.UPGRADE,
                List.copyOf(dropped),
                List.copyOf(added),
                without(stored.indexes(), wanted.indexes(), renewed),
                without(wanted.indexes(), stored.indexes(), renewed));
    }

    private static boolean sameColumn(FieldDefinition one, FieldDefinition other) {
        return one.name().equals(other.name()) && one.kind() == other.kind();
    }

    /** The indexes that the others lack, and those over columns that are made anew. */
    private static List<IndexDefinition> without(
            List<IndexDefinition> indexes, List<IndexDefinition> others, List<String> renewed) {
        return indexes.stream()
                .filter(index -> !others.contains(index)
                        || index.terms().stream().anyMatch(term -> renewed.contains(term.field())))
                .toList();
    }
}
