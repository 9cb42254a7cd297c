package dev.pagurus.store.sqlite;

import static dev.pagurus.store.sqlite.Specimen.FLAG;
import static dev.pagurus.store.sqlite.Specimen.NUMBER;
import static dev.pagurus.store.sqlite.Specimen.SCHEMA;
import static dev.pagurus.store.sqlite.Specimen.TAGS;
import static dev.pagurus.store.sqlite.Specimen.TEXT;

import dev.pagurus.store.EnumField;
import dev.pagurus.store.LongField;
import dev.pagurus.store.ManyField;
import dev.pagurus.store.Schema;
import dev.pagurus.store.SchemaException;
import dev.pagurus.store.TextField;
import java.math.RoundingMode;
import java.util.stream.Stream;

/** Schemas that contradict themselves, or what is stored. */
final class HostileSchemas {

    private static final Schema<Specimen> EMPTY = Schema.of("fresh", Specimen.class);
    private static final TextField<Specimen> UNDECLARED = TextField.of("undeclared", Specimen::text);
    private static final TextField<Specimen> NUMBER_AS_TEXT = TextField.of("number", Specimen::text);
    private static final EnumField<Specimen, RoundingMode> COLOUR_AS_ROUNDING =
            EnumField.of("colour", RoundingMode.class, specimen -> RoundingMode.UP);
    private static final TextField<Specimen> TEXT_AGAIN = TextField.of("text", Specimen::text);

    private HostileSchemas() {}

    static Stream<Attack> attacks() {
        return Stream.of(
                refused("revision 0", "must be 1 or more, not 0", victim -> EMPTY.revision(0)),
                refused("a negative revision", "not -2147483648", victim -> EMPTY.revision(Integer.MIN_VALUE)),
                refused("a text of 0 bytes", "between 1 and 1024 bytes, not 0", victim -> UNDECLARED.maxBytes(0)),
                refused("a text of -1 bytes", "between 1 and 1024 bytes, not -1", victim -> UNDECLARED.maxBytes(-1)),
                refused("a text of 1,025 bytes", "1024 bytes, not 1025", victim -> UNDECLARED.maxBytes(1025)),
                refused("an index of nothing", "has no fields", victim -> EMPTY.index()),
                refused("a unique index of nothing", "has no fields", victim -> EMPTY.uniqueIndex()),
                refused("an index with a field twice", "'number' twice", victim -> EMPTY.index(NUMBER, NUMBER.desc())),
                refused(
                        "an index twice",
                        "index number twice",
                        victim -> EMPTY.index(NUMBER).uniqueIndex(NUMBER)),
                refused(
                        "an index of three texts",
                        "could need 3072 bytes",
                        victim -> EMPTY.index(TEXT, UNDECLARED, TextField.of("third", Specimen::text))),
                refused("a many-field among others", "can only be indexed alone", victim -> EMPTY.index(NUMBER, TAGS)),
                refused("a unique many-field", "and not uniquely", victim -> EMPTY.uniqueIndex(TAGS)),
                refused(
                        "two fields of one name",
                        "two fields named 'text'",
                        victim -> EMPTY.field(TEXT).field(TEXT_AGAIN)),
                refused("the id as a field", "'id' is a column of every collection", victim -> EMPTY.field(EMPTY.id())),
                refused("the version as a field", "'version' is a column", victim -> EMPTY.field(EMPTY.updatedAt())),
                refused(
                        "a shorter id",
                        "limit of text field 'id'",
                        victim -> EMPTY.id().maxBytes(10)),
                refused(
                        "the same revision without the fields",
                        "another definition at the same revision 1: text TEXT(1024) is stored but not declared",
                        victim -> victim.store().collection(Schema.of("specimens", Specimen.class))),
                refused(
                        "the same revision with one more field",
                        "extra MANY(255) is declared but not stored",
                        victim -> victim.store().collection(SCHEMA.field(ManyField.of("extra", Specimen::tags)))),
                refused(
                        "the same revision with one more index",
                        "index flag is declared but not stored",
                        victim -> victim.store().collection(SCHEMA.index(FLAG))),
                refused(
                        "a new collection inside a transaction",
                        "no collection 'fresh' yet",
                        victim -> victim.store().runTransaction(tx -> tx.collection(EMPTY))),
                refused(
                        "a new revision inside a transaction",
                        "stored at revision 1, not yet at 2",
                        victim -> victim.store().runTransaction(tx -> tx.collection(SCHEMA.revision(2)))),
                refused(
                        "a new collection inside a snapshot",
                        "no collection 'fresh' yet",
                        victim -> victim.store().snapshot(view -> view.collection(EMPTY))),
                refused(
                        "a new unique index over what is there twice",
                        "s0",
                        victim -> victim.store()
                                .collection(SCHEMA.uniqueIndex(FLAG).revision(2))),
                refused(
                        "a new field that a stored document does not fit",
                        "cannot be brought from revision 1 to 2 because of 20 documents",
                        victim -> victim.store()
                                .collection(SCHEMA.field(LongField.of("half", Specimen::real))
                                        .revision(2))),
                refused(
                        "a filter on an undeclared field",
                        "does not declare the field 'undeclared'",
                        victim -> victim.specimens().where(UNDECLARED.eq("a")).list()),
                refused(
                        "a filter on a field of another type",
                        "does not declare the field 'number' as a TextField",
                        victim ->
                                victim.specimens().where(NUMBER_AS_TEXT.eq("1")).list()),
                refused(
                        "an order by an undeclared field",
                        "does not declare the field 'undeclared'",
                        victim -> victim.specimens()
                                .query()
                                .orderBy(UNDECLARED.asc())
                                .list()),
                refused(
                        "a filter on a field of another enum",
                        "does not declare the field 'colour'",
                        victim -> victim.specimens()
                                .where(COLOUR_AS_ROUNDING.eq(RoundingMode.UP))
                                .list()),
                refused(
                        "a count by a field of another enum",
                        "does not declare the field 'colour'",
                        victim -> victim.specimens().query().countBy(COLOUR_AS_ROUNDING)),
                refused(
                        "a count by an undeclared field",
                        "does not declare the field 'undeclared'",
                        victim -> victim.specimens().query().countBy(UNDECLARED)),
                refused(
                        "an undeclared field that is selected",
                        "does not declare the field 'undeclared'",
                        victim -> victim.specimens().query().select(UNDECLARED)));
    }

    private static Attack refused(String title, String fragment, Attack.Deed deed) {
        return new Attack(title, SchemaException.class, fragment, deed);
    }
}
