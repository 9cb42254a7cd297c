package dev.pagurus.store.sqlite;

import static dev.pagurus.store.sqlite.Specimen.FLAG;
import static dev.pagurus.store.sqlite.Specimen.SCHEMA;
import static dev.pagurus.store.sqlite.Specimen.TEXT;

import dev.pagurus.store.Aggregate;
import dev.pagurus.store.BooleanField;
import dev.pagurus.store.Codec;
import dev.pagurus.store.Document;
import dev.pagurus.store.DoubleField;
import dev.pagurus.store.EnumField;
import dev.pagurus.store.Field;
import dev.pagurus.store.IndexTerm;
import dev.pagurus.store.InstantField;
import dev.pagurus.store.InvalidValueException;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.OnConflict;
import dev.pagurus.store.Schema;
import dev.pagurus.store.StoreConfig;
import dev.pagurus.store.Stores;
import dev.pagurus.store.TextField;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import tools.jackson.core.type.TypeReference;

/**
 * Null for every argument that is an object and not a value: a mistake of the programmer, so a NullPointerException that
 * names the argument, or the exception of the place if it has one. Null ids, names, values and filters are in the other
 * tables.
 */
@NullUnmarked
final class HostileNulls {

    private static final Schema<Specimen> FRESH = Schema.of("fresh", Specimen.class);
    private static final StoreConfig CONFIG = StoreConfig.of("sqlite:never-opened.db");

    private HostileNulls() {}

    static Stream<Attack> attacks() {
        List<Attack> attacks = new ArrayList<>();
        addDeclarations(attacks);
        addConfigurations(attacks);
        addCalls(attacks);
        addQueries(attacks);
        return attacks.stream();
    }

    private static void addDeclarations(List<Attack> attacks) {
        attacks.add(named("a schema of no type", "type", victim -> Schema.of("fresh", (Class<Specimen>) null)));
        attacks.add(named("a schema of no codec", "codec", victim -> Schema.of("fresh", (Codec<Specimen>) null)));
        attacks.add(named("no field", "field", victim -> FRESH.field(null)));
        attacks.add(named("an index of no field", "term", victim -> FRESH.index((IndexTerm<Specimen>) null)));
        attacks.add(named("a unique index with no field", "term", victim -> FRESH.uniqueIndex(TEXT, null)));
        attacks.add(named("a codec that cannot write", "encode", victim -> Codec.of(null, text -> text)));
        attacks.add(named("a codec that cannot read", "decode", victim -> Codec.of(text -> "", null)));
        attacks.add(named("a JSON codec of no type", "type", victim -> Codec.json((Class<Specimen>) null)));
        attacks.add(named(
                "a JSON codec of no type arguments", "type", victim -> Codec.json((TypeReference<Specimen>) null)));
        attacks.add(named("a JSON codec of no mapper", "mapper", victim -> Codec.json(Specimen.class, null)));
        attacks.add(named("a text without extractor", "extractor", victim -> TextField.of("x", null)));
        attacks.add(named("a long without extractor", "extractor", victim -> LongField.of("x", null)));
        attacks.add(named("a double without extractor", "extractor", victim -> DoubleField.of("x", null)));
        attacks.add(named("a boolean without extractor", "extractor", victim -> BooleanField.of("x", null)));
        attacks.add(named("an instant without extractor", "extractor", victim -> InstantField.of("x", null)));
        attacks.add(named("a many-field without extractor", "extractor", victim -> ManyField.of("x", null)));
        attacks.add(named("an enum without type", "type", victim -> EnumField.of("x", null, Specimen::colour)));
        attacks.add(named(
                "an enum without extractor", "extractor", victim -> EnumField.of("x", Specimen.Colour.class, null)));
    }

    private static void addConfigurations(List<Attack> attacks) {
        attacks.add(named("a builder of no URL", "url", victim -> StoreConfig.builder(null)));
        attacks.add(named("a configuration of no URL", "url", victim -> StoreConfig.of(null)));
        attacks.add(named(
                "no user", "name", victim -> StoreConfig.builder("sqlite:x").user(null)));
        attacks.add(named(
                "no password",
                "secret",
                victim -> StoreConfig.builder("sqlite:x").password(null)));
        attacks.add(named(
                "no clock", "source", victim -> StoreConfig.builder("sqlite:x").clock(null)));
        attacks.add(named(
                "no pool", "pool", victim -> StoreConfig.builder("sqlite:x").dataSource(null)));
        attacks.add(named(
                "no time-out",
                "limit",
                victim -> StoreConfig.builder("sqlite:x").timeout(null)));
        attacks.add(named("opening no URL", "url", victim -> Stores.open((String) null)));
        attacks.add(named("opening no configuration", "config", victim -> Stores.open((StoreConfig) null)));
        attacks.add(named("opening with no provider", "provider", victim -> Stores.open(null, CONFIG)));
        attacks.add(named(
                "opening a provider without configuration",
                "config",
                victim -> Stores.open(new SqliteStoreProvider(), null)));
    }

    private static void addCalls(List<Attack> attacks) {
        attacks.add(named("no schema", "schema", victim -> victim.store().collection(null)));
        attacks.add(named("no transaction", "function", victim -> victim.store().transaction(null)));
        attacks.add(named(
                "no transaction without result",
                "action",
                victim -> victim.store().runTransaction(null)));
        attacks.add(named("no snapshot", "function", victim -> victim.store().snapshot(null)));
        attacks.add(named(
                "no schema in a transaction",
                "schema",
                victim -> victim.store().runTransaction(tx -> tx.collection(null))));
        attacks.add(named(
                "nothing after the commit",
                "action",
                victim -> victim.store().runTransaction(tx -> tx.afterCommit(null))));
        attacks.add(named(
                "no schema in a snapshot", "schema", victim -> victim.store().snapshot(view -> view.collection(null))));
        attacks.add(value(
                "getAll of nothing",
                "ids of getAll(...) are null",
                victim -> victim.specimens().getAll(null)));
        attacks.add(named(
                "no document to replace",
                "changed",
                victim -> victim.specimens().replace((Document<Specimen>) null)));
        attacks.add(named(
                "no document to delete",
                "document",
                victim -> victim.specimens().delete((Document<Specimen>) null)));
        attacks.add(named(
                "no change to update by", "change", victim -> victim.specimens().update(Victim.PRESENT, null)));
        attacks.add(named(
                "no change for a missing document",
                "change",
                victim -> victim.specimens().update("no", null)));
        attacks.add(named(
                "no change to compute by",
                "change",
                victim -> victim.specimens().compute("no", null)));
        attacks.add(named(
                "no values to insert",
                "values",
                victim -> victim.specimens().insertAll(null, value -> "new", OnConflict.FAIL)));
        attacks.add(named(
                "no ids to insert by",
                "id",
                victim -> victim.specimens().insertAll(Stream.of(Specimen.named("new")), null, OnConflict.FAIL)));
        attacks.add(named(
                "no answer to conflicts",
                "onConflict",
                victim -> victim.specimens().insertAll(Stream.of(Specimen.named("new")), value -> "new", null)));
        attacks.add(named(
                "no values to put",
                "values",
                victim -> victim.specimens().putAll(null, value -> "new", OnConflict.FAIL)));
        attacks.add(named(
                "no ids to put by, for nothing",
                "id",
                victim -> victim.specimens().putAll(Stream.of(), null, OnConflict.FAIL)));
    }

    private static void addQueries(List<Attack> attacks) {
        attacks.add(value(
                "no filter", "filter is null", victim -> victim.specimens().where(null)));
        attacks.add(value(
                "a second filter that is none",
                "filter is null",
                victim -> victim.specimens().where(FLAG.isTrue()).where(null)));
        attacks.add(value(
                "no order",
                "order is null",
                victim -> victim.specimens().query().orderBy(null)));
        attacks.add(value(
                "a second order that is none",
                "order is null",
                victim -> victim.specimens().query().orderBy(SCHEMA.id().asc()).thenBy(null)));
        attacks.add(named(
                "no field to count by",
                "field",
                victim -> victim.specimens().query().countBy(null)));
        attacks.add(named(
                "no field to select",
                "field",
                victim -> victim.specimens().query().select(TEXT, null)));
        attacks.add(named(
                "no fields to select",
                "fields",
                victim -> victim.specimens().query().select((Field<?, ?>[]) null)));
        attacks.add(named(
                "no field of groups",
                "field",
                victim -> victim.specimens().query().groupBy(null)));
        attacks.add(named(
                "no second field of groups",
                "other",
                victim -> victim.specimens().query().groupBy(TEXT, null)));
        attacks.add(named(
                "no order of groups",
                "order",
                victim -> victim.specimens().query().groupBy(TEXT).orderBy(null)));
        attacks.add(named(
                "nothing to make of all",
                "aggregate",
                victim -> victim.specimens().query().aggregate(Aggregate.count(), null)));
        attacks.add(named(
                "no field of distinct values",
                "field",
                victim -> victim.specimens().query().distinct(null)));
        attacks.add(named(
                "no change for all",
                "change",
                victim -> victim.specimens().query().updateAll(null)));
        attacks.add(named(
                "no change for none",
                "change",
                victim -> victim.specimens()
                        .where(TEXT.eq("nobody has this text"))
                        .updateAll(null)));
    }

    /** A NullPointerException that somebody meant: its message is the name of the argument. */
    private static Attack named(String title, String argument, Attack.Deed deed) {
        return new Attack(title, NullPointerException.class, argument, deed);
    }

    private static Attack value(String title, String fragment, Attack.Deed deed) {
        return new Attack(title, InvalidValueException.class, fragment, deed);
    }
}
