package dev.pagurus.store.tck;

import static dev.pagurus.store.tck.Clause.Level.MUST;
import static dev.pagurus.store.tck.Clause.Level.SHOULD;

import java.util.Arrays;
import java.util.List;

/**
 * The promises of a store, each with an id, a level and one sentence. {@code CONTRACT.md} of this module is this list; a
 * test keeps the two equal.
 *
 * <p>Ids are for ever: a clause that goes leaves a gap, a new one takes the next number of its group.
 */
public enum Clause {
    // V: values
    V1(
            MUST,
            "A body comes back byte for byte as it was written, whatever it is.",
            "that the column is plain text: types made for JSON rewrite it"),
    V2(
            MUST,
            "A body over the limit (16 MiB unless configured, or what the engine holds if that is less) is refused; one as large as the"
                    + " limit is stored.",
            "the engine's own limits for a value, a row, a packet"),
    V3(
            MUST,
            "An id has 1 to 255 UTF-8 bytes; any other is refused.",
            "that lengths are counted in bytes, not in characters"),
    V4(
            MUST,
            "Ids are case-sensitive and never normalised, trimmed or interpreted.",
            "the collation of the id column, and columns of fixed width"),
    V5(
            MUST,
            "U+0000 and unpaired surrogates are refused in ids, texts, tags, bodies and filters, naming the place, with nothing changed.",
            "that the check is made before anything is sent"),
    V6(
            MUST,
            "A text field holds up to 1,024 UTF-8 bytes, or fewer if it says so, and every text is itself.",
            "the collation and the width of the column"),
    V7(
            MUST,
            "The limits of an index's fields add up to at most 2,300 bytes, checked when the schema is made; documents of that size are stored.",
            "how long an index entry may be"),
    V8(
            MUST,
            "A many-field holds up to 100 values of 255 UTF-8 bytes; a value given twice counts once, null is empty.",
            "the table or column of the values"),
    V9(
            MUST,
            "Integers are all of int64, from any integer type; fractions and larger numbers are refused.",
            "that no number passes through a double"),
    V10(
            MUST,
            "Reals are IEEE doubles: NaN is refused, -0.0 equals 0.0, infinities are kept and are the ends of the order.",
            "how the driver binds and reads infinities and subnormal numbers"),
    V11(
            MUST,
            "Instants are floored to microseconds, before 1970 as well.",
            "that the division floors and does not truncate or round"),
    V12(
            MUST,
            "Instants of the years 1 to 9999 are stored and others refused; filters may compare with any.",
            "the range of the column's type"),
    V13(
            MUST,
            "Instants do not depend on the time zone of the machine or the session.",
            "that instants are stored as numbers, or bound with an explicit zone"),
    V14(
            MUST,
            "Every field can be null, which is not the same as empty text.",
            "whether the engine takes an empty text for null"),
    V15(
            MUST,
            "A comparison with null is refused with a pointer to what to use instead.",
            "the checks of the field classes"),
    V16(
            MUST,
            "Names are [a-z][a-z0-9_]{0,39} and no columns of the engines; names that differ anywhere are apart.",
            "how long names of tables and indexes may be, and what is cut off"),
    V17(MUST, "Words of SQL are names like any other.", "that every name in a statement is quoted"),
    V18(MUST, "A boolean is true, false or null, and false comes before true.", "how the engine stores booleans"),
    V19(MUST, "Constants of an enum are stored, compared and ordered by name.", "that names are stored, not ordinals"),
    V20(
            MUST,
            "A document is written at a time of the years 1 to 9999, and such a one can be copied and exported; a clock that says"
                    + " another time, or fails, is refused, with nothing changed.",
            "that the time comes from Micros.now"),
    V21(
            MUST,
            "However many documents there are and whatever they hold, a raised revision has each of them found by what it declares, by nothing that it no longer does, and forbids what it declares unique.",
            "in which lists the documents are read and filled, and what becomes of the last one; what stays of an index that is declared in another way"),
    V22(
            MUST,
            "A document that is written while a revision is raised is found by what the new one declares.",
            "that the fields are computed from what is there under the lock"),
    V23(
            MUST,
            "What a value holds as JSON comes back equal, of every kind, whichever way it was written or copied.",
            "that bodies are stored as text and never as a value that the engine understands"),
    V24(
            MUST,
            "A property that the type does not know is never dropped: its document cannot be decoded, and the cause names the path.",
            "the codec, and that what fails is not written"),
    V25(
            MUST,
            "What could be written and not be read back is refused when the collection is opened, with the path to it, and nothing is created.",
            "that the shape is asked for before the collection is defined"),
    V26(
            MUST,
            "A value of a subclass that nothing tells from its superclass is refused when it is written.",
            "the codec"),

    // R: reads
    R1(
            MUST,
            "A write that has returned is seen by every later read on any thread.",
            "caches, replicas, and snapshots that outlive their call"),
    R2(
            MUST,
            "A write that has returned is seen by every later read through any other handle of the same database.",
            "caches, and readers that hold an old state"),
    R3(MUST, "What is missing is an empty result, never an error.", "statements that expect a row"),
    R4(
            MUST,
            "getAll returns the documents in the order asked, each once, without the missing ones, for any number of ids.",
            "the engine's limit of parameters in a statement"),
    R5(
            MUST,
            "getAll reads one state.",
            "whether the ids are read in several statements without a snapshot around them"),
    R6(
            MUST,
            "Readers do not wait for a transaction under way and do not see its writes.",
            "the isolation level, and locks that readers take"),
    R7(
            MUST,
            "Concurrent gets each return their own document, as it was when the call was made or later.",
            "answers of joined reads, and reads that join one under way"),
    R8(
            MUST,
            "Whatever is done in whatever order, by single operations and in transactions, every answer follows from what was done before.",
            "the sequence in the failure, which is as short as the kit could make it"),
    R9(
            MUST,
            "So it is through any handle, with any value that the contract allows, and after a handle was closed and opened again.",
            "what one handle knows and the other does not, and where a long value is cut, folded or trimmed"),
    R10(
            MUST,
            "So it is among thousands of documents, written one by one, in bulk and by query.",
            "where lists, chunks and batches end"),
    R11(
            MUST,
            "So it is in a collection whose fields and indexes have been revised, through the handle that did it and through one that learns of it later.",
            "what an upgrade fills, drops and keeps, and what it does with the last chunk"),
    R12(
            MUST,
            "A snapshot that is held answers every question by its state, whatever is written meanwhile through any handle.",
            "reads of a snapshot that do not go through its session"),
    R13(
            MUST,
            "A cursor that was kept goes on in its order, through any handle, after any writes, with any filter.",
            "what a cursor is made of, and what a handle keeps of it"),
    R15(
            MUST,
            "A document that cannot be decoded blocks only who asks for its value: it is found, counted, overwritten, deleted, copied"
                    + " and exported like any other, and so are those beside it.",
            "what reads the body where only the id or a field is needed, and what takes bodies for JSON"),
    R16(
            MUST,
            "A query that says what to do with documents that cannot be decoded hands each of them over and returns all others, once"
                    + " each, in first, lists, streams and pages; updateAll leaves them as they are.",
            "nothing in the engine but its scans"),
    R17(
            MUST,
            "raw() returns the text of any document, and replaces it at the version that was given by one that can be decoded,"
                    + " byte for byte; anything else is refused with nothing changed.",
            "nothing in the engine but its compare and set"),
    R18(
            MUST,
            "Who replaces a text by the same one has its fields filled anew, so that it is found by what it says.",
            "writes that leave out what has not changed"),
    R19(
            MUST,
            "Who updates all documents to what they are has the fields of all filled anew.",
            "writes that leave out what has not changed, in lists too"),
    R20(
            MUST,
            "Who gets a document that he cannot decode after a newer version has upgraded its collection is told both revisions.",
            "definitions(), in a session and beside the upgrade"),

    // W: writes
    W1(
            MUST,
            "Insert stores a new document, and refuses an id that is taken.",
            "the precondition that the id is absent"),
    W2(MUST, "Put stores a document whether its id is taken or not.", "the upsert"),
    W3(MUST, "Replace overwrites a document only at the version that was given.", "the comparison of versions"),
    W4(
            MUST,
            "Update changes the value that is there, and returns empty where there is none.",
            "the read before the write"),
    W5(MUST, "Compute creates, changes or deletes a document in one step.", "the outcomes of an absent document"),
    W6(MUST, "Delete says whether the document was there, and keeps one that has changed.", "the outcomes of a delete"),
    W7(
            MUST,
            "A verb that fails changes nothing: no document, no field, no tag, no unique value.",
            "that a refused write leaves the rows of many-fields alone too"),
    W8(MUST, "A document keeps its creation time whenever it is overwritten.", "the columns that an upsert sets"),
    W9(
            MUST,
            "The version of a document grows with every write, whatever the clock does.",
            "that the version is the greater one of the clock and the last version plus one"),
    W10(
            MUST,
            "Versions and creation times are the store's clock in microseconds where it has moved on.",
            "the unit, and StoreConfig.clock"),
    W11(
            MUST,
            "A document that is created again after its deletion takes version and creation time from the clock that has moved on.",
            "that nothing of a deleted document remains"),
    W12(
            MUST,
            "A document, its fields and its indexes change together.",
            "that an overwrite replaces every column and every row of a many-field"),
    W13(MUST, "Of concurrent updates none is lost.", "that the version is compared in the statement that writes"),
    W14(
            MUST,
            "Of concurrent inserts of one id exactly one succeeds.",
            "that the primary key decides, not a read before"),
    W15(
            MUST,
            "An exception of the caller's function reaches the caller unchanged, and nothing is written.",
            "what is written before the function returns"),
    W16(
            MUST,
            "Two documents do not share the values of a unique index; the violation names index, fields and document.",
            "that the unique index exists, over the declared fields alone"),
    W17(
            MUST,
            "Of several violated indexes the first one in the order of declaration is named.",
            "that violations are looked for in order, whichever the engine reports"),
    W18(MUST, "A duplicate id wins over a unique violation.", "which of them is looked for first"),
    W19(MUST, "A null in a unique index never collides.", "unique indexes that treat nulls as equal"),
    W20(
            MUST,
            "A unique value is free as soon as its document is deleted or has another one.",
            "entries that a delete or an overwrite leaves in the index"),
    W21(
            MUST,
            "A document may keep its own unique value, and takes no other document's place to have it.",
            "upserts that match on another key than the id"),
    W22(
            MUST,
            "Of concurrent writes of one unique value exactly one succeeds.",
            "that the index decides, not a read before"),
    W23(MUST, "Bulk writes store every document and count them.", "the outcomes' order"),
    W24(
            MUST,
            "A conflict in a bulk write is listed or skipped, as was asked, and stops no other document.",
            "that each write of a batch is atomic on its own"),
    W25(
            MUST,
            "An invalid value, or an id given twice in a chunk, is listed by a bulk write and stops no other document.",
            "what is validated before a batch is sent"),
    W26(
            MUST,
            "Bulk writes read their stream lazily, in as many chunks as it takes, and close it.",
            "the size of chunks"),
    W27(MUST, "Ids that are made are unique and sort by the time they were made.", "Ids.next()"),
    W28(
            MUST,
            "A single operation does not fail because of unrelated ones.",
            "that busy and serialization errors are retried until the time-out"),
    W29(
            MUST,
            "Each of many concurrent writers is told the outcome of its own write.",
            "outcomes of joined writes that are handed out in another order"),
    W30(
            MUST,
            "Concurrent writes of one document happen one after the other: who calls after another has returned gets a"
                    + " higher version, and the highest is what is stored.",
            "one id twice in a batch, or in two batches at a time"),
    W31(
            MUST,
            "A write that is refused among concurrent ones keeps no other from being done, and none is done twice.",
            "what is done again after a batch has failed"),
    W32(
            MUST,
            "A document that a transaction holds delays no writer of others where a store has several writers; where it has"
                    + " one, all are done when the transaction is.",
            "batches that wait for one row"),
    W33(
            MUST,
            "Bulk writes happen in the order of their stream: a document gets the unique value that one before it has given up, and not one that is given up after it.",
            "lists that are sorted or split, and what becomes of the document that violates a unique index"),
    W34(
            MUST,
            "A document that is created again has a greater version than those that the same handle has deleted, wherever the clock"
                    + " was set: a version that was read before never matches.",
            "that each way to delete tells DeletedVersions, and each way to create asks it"),
    W35(
            MUST,
            "A version that no document can have is a conflict like any other, alone and among other writes.",
            "what a statement reckons with the version that was given"),
    W36(
            MUST,
            "A document that one verb has written is found by every value that it has and by no other, whatever ids and values look like it, through every handle.",
            "how the columns of ids and texts compare, and their width; what a write changes besides the row"),
    W37(
            MUST,
            "So is every document of a bulk insert of any number, and each conflict is told as what it is.",
            "the lists that a bulk write is cut into, and what differs from a single write"),
    W38(
            MUST,
            "So is every document of a bulk put, which keeps the creation time of what it replaces and nothing else of it.",
            "the columns that an upsert sets, and the rows of many-fields"),
    W39(
            MUST,
            "Of the violations in one bulk write each names its own document and its own index.",
            "what the engine says of a list of which several are refused"),
    W40(
            MUST,
            "So is every document that many have written at once.",
            "what is joined, and whether ids that look alike are different ones there"),
    W41(
            MUST,
            "So is every document that a query has updated.",
            "the statement that updates, and the rows of many-fields"),
    W42(
            MUST,
            "Nothing is left of what a query has deleted: not where it was found, not in an index, not when the same id is written again.",
            "what is deleted besides the rows, and in which lists"),
    W43(
            MUST,
            "So is every document that a transaction has written, in it and after it.",
            "what a session reads of its own writes"),
    W44(
            MUST,
            "Of a transaction that is rolled back nothing is left, by whatever it is asked for.",
            "what is kept outside of the transaction: rows of many-fields, values that are remembered"),
    W45(
            MUST,
            "A snapshot answers everything as it was when it began, whatever is written and deleted meanwhile.",
            "which of the reads do not go through the session"),

    // Q: queries
    Q1(MUST, "Text is compared by code point.", "the collation: UTF-16 order and dictionaries differ"),
    Q2(MUST, "Integers are compared by size.", "whether they are compared as text or as doubles"),
    Q3(MUST, "Reals are compared by size.", "how the engine compares infinities and zeros"),
    Q4(MUST, "Instants are compared by time.", "the type of the column, and dates before the Gregorian calendar"),
    Q5(MUST, "Booleans and constants are equal or not.", "how their values are bound"),
    Q6(MUST, "in matches any of its values, and nothing if there are none.", "how an empty list becomes a statement"),
    Q7(
            MUST,
            "startsWith takes its prefix as it stands: no wildcards, case-sensitive, an empty one matches every text.",
            "whether LIKE is used, and what follows the last code point"),
    Q8(
            MUST,
            "contains, containsAny and isEmpty look at the values that the document has now.",
            "that the values are replaced with their document in one step"),
    Q9(MUST, "A comparison with a null field is false, but ne matches it.", "three-valued logic"),
    Q10(MUST, "not is the exact opposite of every filter.", "three-valued logic"),
    Q11(
            MUST,
            "allOf of nothing matches everything, anyOf of nothing matches nothing, and a second where narrows the first.",
            "how empty lists become a statement"),
    Q12(
            MUST,
            "Filters nest as deep as they like and answer as their parts do.",
            "parentheses, and the engine's limit of depth"),
    Q13(
            MUST,
            "A filter takes 500 nodes and 1,000 values; more are refused.",
            "the engine's limits of depth, terms and parameters"),
    Q14(
            MUST,
            "Documents are filtered and ordered by id, creation time and time of the last write like by any field.",
            "the names and types of these columns"),
    Q15(MUST, "Values are never part of a statement's text.", "that every value is bound"),
    Q16(
            MUST,
            "A field that the schema does not declare, or declares as another kind, is refused.",
            "that names come from the definition only"),
    Q17(
            MUST,
            "Nulls come first ascending and last descending, in every kind of field.",
            "that the place of nulls is said in the statement"),
    Q18(MUST, "Texts and ids are ordered by code point.", "the collation: UTF-16 order and dictionaries differ"),
    Q19(MUST, "Ties break by id in the direction of the last order.", "that the id ends every order"),
    Q20(
            MUST,
            "Several orders, mixed in direction, with and without an index, order as they say.",
            "that the direction is said for each term"),
    Q21(
            MUST,
            "Pages of any size, in any order, make exactly the list.",
            "the position where a page ends: nulls, ties, mixed directions"),
    Q22(
            MUST,
            "A document that matched and kept its order values throughout comes exactly once over all pages, whatever else is written.",
            "whether pages are counted by offset"),
    Q23(
            MUST,
            "A cursor belongs to a collection and an order, not to a filter or an open store; elsewhere it is refused.",
            "the fingerprint in the cursor"),
    Q24(
            MUST,
            "A damaged, truncated or made-up cursor is refused; a cursor is safe in a URL.",
            "the checksum of the cursor"),
    Q25(
            MUST,
            "The last page has no cursor, also where the documents fill it exactly.",
            "whether the engine says that nothing follows"),
    Q26(
            MUST,
            "limit bounds what is returned, first is the first of the list, and a limit below 1 is refused.",
            "the limit of the scan's statement"),
    Q27(
            MUST,
            "A list holds everything that matches, all from one state, however much it is.",
            "whether chunks are read in one snapshot"),
    Q28(
            MUST,
            "A stream is the list in its order, holds nothing open, and shows a document that stays exactly once.",
            "the position where a chunk ends"),
    Q29(MUST, "count and exists agree with the list.", "that they use the same condition"),
    Q30(
            MUST,
            "countBy counts the documents of each value, null first and in order; of a many-field, each of its values.",
            "how groups are read back into the field's type"),
    Q31(
            MUST,
            "deleteAll deletes in one atomic step what matches, with all its fields, and nothing else.",
            "that the values of many-fields go with their document"),
    Q32(
            MUST,
            "updateAll changes what matches, overwrites nothing that was written meanwhile, and leaves what no longer matches.",
            "the versions that it compares"),
    Q33(MUST, "count, countBy, deleteAll and updateAll refuse a limit or cursor.", "the checks of the query"),
    Q34(MUST, "Refining a query leaves it as it was.", "whether the query keeps state"),
    Q35(
            SHOULD,
            "A late page costs about what the first one does, given an index on the order.",
            "the plan of the page's statement"),
    Q38(
            MUST,
            "The answer does not depend on which index an engine takes, nor on where what matches lies in it.",
            "what each way to the answer leaves out, brings twice or gives in another order"),
    Q39(
            MUST,
            "count and countBy are of one state, however many documents and groups there are.",
            "whether they are added up from several statements without a snapshot around them"),
    Q40(
            MUST,
            "first, exists, and a page of a chunk (up to 500 documents, and 8 MiB) are of one state.",
            "whether a scan looks its documents up in a later state than its index"),
    Q41(MUST, "The summaries of all collections are of one state.", "that a snapshot's counts are its own"),

    // T: transactions
    T1(MUST, "A transaction happens as a whole or not at all.", "that every exception rolls back"),
    T2(MUST, "An exception of a transaction's function reaches the caller unchanged.", "what wraps exceptions"),
    T3(MUST, "A transaction sees its own writes.", "that its reads go over its own connection"),
    T4(MUST, "What a transaction wrote is not seen by others before it is committed.", "dirty reads"),
    T5(
            MUST,
            "An expected outcome that is caught leaves the transaction usable, with what it wrote before.",
            "that a refused statement is rolled back to a savepoint, not the transaction"),
    T6(
            MUST,
            "Actions after a commit run once, in order, on the caller's thread, and only after a commit.",
            "actions of attempts that were rolled back"),
    T7(
            MUST,
            "Every verb works inside of a transaction, as one step with the rest of it.",
            "verbs with a commit of their own"),
    T8(
            MUST,
            "Using the store itself inside of a transaction or snapshot is refused, and never waits.",
            "that the refusal comes before any lock is taken"),
    T9(
            MUST,
            "A transaction is of no use after its end or on another thread.",
            "collections that outlive their transaction"),
    T10(MUST, "Nothing is defined inside of a transaction or snapshot.", "what collection(schema) does in sessions"),
    T11(MUST, "Isolation, G0: writes of two transactions are not mixed.", "that write locks are held until the commit"),
    T12(MUST, "Isolation, G1a: what was rolled back is never seen.", "dirty reads"),
    T13(MUST, "Isolation, G1b: what a transaction overwrote itself is never seen.", "dirty reads"),
    T14(
            MUST,
            "Isolation, G1c: of two transactions that read what the other one wrote, one comes first.",
            "dirty reads"),
    T15(
            MUST,
            "Isolation, OTV: a transaction that was seen once does not vanish again.",
            "that all reads of a transaction see one state"),
    T16(
            MUST,
            "Isolation, PMP: a query that is asked again in a transaction finds the same documents.",
            "that queries see one state, and that writes by query conflict with what would match"),
    T17(MUST, "Isolation, P4: no update is lost.", "that a write of what changed since it was read conflicts"),
    T18(MUST, "Isolation, G-single: a transaction sees one state.", "that all of its statements share a snapshot"),
    T19(
            MUST,
            "Isolation, G2-item: two transactions that read what the other one writes do not both commit.",
            "that the isolation level is serializable, not snapshot isolation"),
    T20(
            MUST,
            "Isolation, G2: nor do they where they read by query what the other one inserts.",
            "that the isolation level is serializable, not snapshot isolation"),
    T21(
            MUST,
            "A single operation beside two transactions is in some serial order with them.",
            "that single reads and writes are serializable too"),
    T22(
            MUST,
            "A transaction that acts on an outcome that it caught is in some serial order with others.",
            "that what a refused write saw is read in the transaction's snapshot after the rollback to a savepoint"),
    T23(
            MUST,
            "Some serial order explains every history of transactions, snapshots and single operations, and keeps the order of those that did not overlap.",
            "the isolation of each kind of call, single ones and reads included"),
    T24(
            MUST,
            "A snapshot sees one state of all collections, that of the moment when it began.",
            "that the state is fixed by begin() and not by the first read, and that all reads share it"),
    T25(MUST, "A snapshot waits for no writer, and no writer for it.", "the locks that a snapshot takes"),
    T26(MUST, "A snapshot is of no use after its end or on another thread.", "collections that outlive their snapshot"),
    T27(MUST, "Snapshots that are held starve no reader.", "that snapshots have connections of their own"),
    T28(
            MUST,
            "A conflict makes a transaction run again, even if its function swallows the exception.",
            "that a conflict dooms the session"),
    T29(
            MUST,
            "Transactions that conflict are repeated until they succeed.",
            "that serialization failures and deadlocks are recognised, and the pause between attempts"),
    T30(
            MUST,
            "So it does where there are only single operations, of any kind of read and write.",
            "answers that come from a cache, a replica or a counter, and reads of several statements"),
    T31(
            MUST,
            "By whatever kind of read two transactions miss what the other one writes, a refused write included, one comes first.",
            "that each kind of read leaves a trace for others to conflict with, or is made again before the commit"),
    T32(
            MUST,
            "A single read or snapshot of any kind beside a transaction and a single write is in some serial order with them.",
            "that single reads and snapshots are seen by what looks for conflicts, counts and pages too"),

    // S: schemas
    S1(MUST, "Asking for a collection creates it, and asking again changes nothing.", "the comparison of definitions"),
    S2(
            MUST,
            "A new field is filled for every document before the collection is returned.",
            "that define refills documents of every chunk"),
    S3(
            MUST,
            "Fields and indexes that are no longer declared are removed.",
            "that nothing enforces a dropped unique index"),
    S4(MUST, "A field that changes its type is filled anew.", "that the old column is dropped, not converted"),
    S5(
            MUST,
            "A changed extractor with a raised revision refills every document.",
            "upgrades that find no changed field"),
    S6(MUST, "A new index serves the documents that are there, a unique one protects them.", "what a new index covers"),
    S7(
            MUST,
            "A new unique index over existing duplicates is refused, naming two ids, with nothing changed.",
            "the search for duplicates, and the rollback"),
    S8(
            MUST,
            "Another definition at the same revision is refused with the differences.",
            "that the catalogue keeps the whole definition"),
    S9(MUST, "A lower revision than the stored one is refused.", "the comparison of revisions"),
    S10(
            MUST,
            "Who has an older revision can no longer write.",
            "that each write compares the revision in its own statement"),
    S11(
            MUST,
            "Who has an older revision still gets documents by id, and is refused every search, by a message that names the"
                    + " collection and a newer version.",
            "that a search asks for the revision in its own statement: a column may hold something else by now"),
    S12(MUST, "Several handles may define a collection at once.", "the lock under which the catalogue is read"),
    S13(
            MUST,
            "A reader sees the documents before or after an upgrade, never none or half of them.",
            "that an upgrade is one transaction, without rewriting tables under an older snapshot"),
    S14(
            MUST,
            "An upgrade that cannot fill a document is refused with nothing changed.",
            "that an exception of the filler rolls back"),
    S15(
            MUST,
            "An upgrade of one collection leaves the others as they are.",
            "names of tables and indexes that overlap"),
    S16(MUST, "The rules of schemas are checked when a schema is made.", "Schema, Index and Names"),
    S17(
            MUST,
            "An upgrade keeps every document with its version and creation time, and its body where no function is declared for it.",
            "that refilling is no write of the document"),
    S18(
            MUST,
            "A schema declares up to 150 fields, and a document that fills them all, with texts of any length, is stored and found by"
                    + " each.",
            "how wide a row may be, how many columns a table may have, and how many parameters a statement"),
    S19(
            MUST,
            "A schema declares up to 60 indexes, and each of them finds, orders and, if it is unique, protects.",
            "how many indexes a table may have, those for ids and many-fields included"),
    S20(
            MUST,
            "An index is over up to 15 fields, however long their names are.",
            "how many columns an index may have, with the id behind them, and how long a name may be"),
    S21(
            MUST,
            "A schema at all of its limits at once takes documents at all of theirs: they are written, overwritten, deleted,"
                    + " filled anew and found.",
            "how large a row, an index entry and the engine's record of a change may be"),
    S22(
            MUST,
            "A store says how large a body may be: what is configured, or what the engine holds if that is less, 8 MiB at least;"
                    + " asked for more than 16 MiB and more than the engine holds, it is not opened.",
            "EngineInfo.maxBodyBytes"),
    S23(
            MUST,
            "A collection whose documents have one shape is not used with another one at the same revision: it is refused with"
                    + " nothing changed, in a transaction too, by a message that names what differs and the next revision.",
            "SchemaChange.between, and where else definitions are compared"),
    S24(
            MUST,
            "The shape is part of the definition wherever that goes: kept when the store is opened again, seen by other handles,"
                    + " and carried by copies, exports and backups; whatever characters it has, up to its limit.",
            "what of a definition the catalogue keeps, and what CollectionDefinition.text has"),
    S25(
            MUST,
            "A codec that gives no shape is held against none, and leaves the one that is stored.",
            "that a shape that is not known is written over one that is"),
    S26(MUST, "A raised revision takes the new shape, also none.", "that an upgrade writes the whole definition"),
    S27(
            MUST,
            "A shape that was not known is recorded by the first who knows it, while others read and write, with no document"
                    + " filled anew or changed.",
            "SchemaChange.Kind.SHAPE, and that the catalogue is read under the lock"),
    S40(
            MUST,
            "A step runs once over all handles and processes, whoever calls it at once: its effects are there once, and only the call"
                    + " that ran it returns so.",
            "that its mark is written before its work, in its transaction"),
    S41(
            MUST,
            "A step and its mark are one: what throws or conflicts leaves neither, and the next call runs it.",
            "that a transaction rolls back all that was written in it"),
    S42(
            MUST,
            "A step has a name of 1 to 255 bytes, is refused inside of a transaction or snapshot and where there are no transactions,"
                    + " and what it wants done after the commit is done.",
            "what ids may be"),
    S43(
            MUST,
            "A step over a collection is given each document once, in order of id, up to 500 at a time; of those that are added"
                    + " meanwhile, those behind its place.",
            "scans by id that begin behind an id"),
    S44(
            MUST,
            "A step over a collection that broke off goes on behind the last batch that was committed, in any process, and of the"
                    + " broken one nothing is left.",
            "that the place is written in the transaction of its batch"),
    S45(
            MUST,
            "Which steps have run is known to copies, exports and imports, and no collection that users see: a store that was moved"
                    + " runs none again, and one that was copied over has the source's.",
            "that nothing hides the collection pagurus_steps from copies"),
    S46(
            MUST,
            "A dropped collection is gone whole and the others stay; one that is made anew under its name finds no document, tag, unique"
                    + " value or version of it.",
            "tables and indexes that drop forgets, or takes from others whose names begin alike"),
    S47(
            MUST,
            "Who has a collection in hand that was dropped or renamed elsewhere is refused every read and write by a message that says"
                    + " so, and makes nothing; to ask the store for it makes it anew.",
            "reads of an engine that take no table for no documents"),
    S48(
            MUST,
            "A renamed collection has its documents, versions, fields, indexes and definition, and its old name is free.",
            "indexes and tables of many-fields that keep the old name"),
    S49(
            MUST,
            "To drop or rename what this store has in use or a step is under way over, what belongs to the store, onto a name that is"
                    + " taken or from one that is not there changes nothing; a snapshot that reads a collection goes on.",
            "that rename looks for the new name under its lock"),
    S28(
            MUST,
            "An upgrade changes the body of every document, and fills the fields from the new one; id, version and creation time"
                    + " stay.",
            "that define writes what the filler returns, text and values, for documents of every batch"),
    S29(
            MUST,
            "A document of revision r goes through the functions r to the last, each once, in order.",
            "the revision that the filler is told: the stored one"),
    S30(
            MUST,
            "An upgrade is one step: a reader sees all bodies of the old revision or all of the new one, and what was written until"
                    + " then is upgraded too.",
            "that bodies, fields and the catalogue are one transaction, which keeps writers out"),
    S31(
            MUST,
            "Several handles may upgrade at once, also to different revisions; no document is upgraded twice or from a revision"
                    + " that it has no longer.",
            "that the revision which the filler is told is read under the lock"),
    S32(
            MUST,
            "An upgrade that throws, returns null, or makes a text that cannot be decoded or is too long is refused, naming the"
                    + " document and the function, without showing the body, and with nothing changed.",
            "that bodies that were written before the failure are rolled back"),
    S33(
            MUST,
            "A property that would vanish and that no upgrade names refuses the upgrade, with its path, the number of documents and"
                    + " two ids, and with nothing changed.",
            "what is written once above the SPI: Upgrades, Filling and Definition"),
    S34(
            MUST,
            "An upgrade that makes two documents equal where a unique index forbids it is refused, naming both, with nothing"
                    + " changed.",
            "the search for duplicates among the new values, and the rollback of bodies"),
    S35(
            MUST,
            "Upgrades lead without a gap from the oldest revision that is stored to the schema's: what is missing is refused with"
                    + " the words to write.",
            "what is written once above the SPI: Upgrades"),
    S36(
            MUST,
            "Documents that an upgrade cannot read are set aside as they were if the schema says so, and the others are upgraded;"
                    + " what was set aside before stays.",
            "that documents are added and deleted in one transaction, at the stored revision"),
    S37(
            MUST,
            "The steps of a JSON upgrade rename, drop, move, add and map at every place of their path, and leave everything else as"
                    + " it is written: the order of properties, and the digits of numbers.",
            "what is written once above the SPI: JsonUpgrade; and that bodies are kept byte for byte"),
    S38(
            MUST,
            "What was copied or imported from an older revision is upgraded where it is opened, by the same functions.",
            "that a copy keeps the revision of its source"),
    S39(
            MUST,
            "A body that an upgrade leaves as it is stays byte for byte.",
            "what define writes where the filler returns the text that it was given"),

    // C: capabilities
    C1(
            MUST,
            "A store that declares TRANSACTIONS runs them; any other refuses them, and deleteAll, with nothing changed.",
            "EngineInfo.capabilities(), and that begin() is not answered by a session that does nothing"),
    C2(
            MUST,
            "A store that declares SNAPSHOTS runs them; any other refuses them, and lists longer than a chunk.",
            "EngineInfo.capabilities(), and that begin() is not answered by a session that does nothing"),
    C3(
            MUST,
            "A store that declares UNIQUE_INDEXES keeps them; any other refuses a schema that has one, with nothing changed.",
            "EngineInfo.capabilities(), and that no unique index is taken for a plain one"),
    C4(
            MUST,
            "Every handle of a database declares the same capabilities, always.",
            "capabilities that depend on the moment or on an option"),
    C5(
            MUST,
            "With the capability, a backup is a database with one state, written while others write, replaces no file unasked, and names one that cannot be written; without, it is refused.",
            "that the file is written under another name, and what the engine does with a file that exists"),

    // M: migrations
    M1(
            MUST,
            "Several processes may open an empty database at once.",
            "that the lock is taken before the history is read"),
    M2(MUST, "Opening a database again changes nothing.", "migrations that run twice, definitions that are forgotten"),

    // L: lifecycle
    L1(MUST, "Closing a store again does nothing.", "what close() does to what is closed already"),
    L2(MUST, "Close waits for the calls under way.", "the count of calls"),
    L3(MUST, "Every use after close is refused as such.", "calls that do not go through the gate"),
    L4(MUST, "Close inside of a transaction or snapshot is refused.", "the check before anything is closed"),
    L5(MUST, "Close leaves no thread behind.", "pools and timers that the engine started"),
    L6(MUST, "A store can be opened and closed any number of times.", "connections and files that close() forgets"),
    L7(MUST, "What was written is there when the store is opened again.", "what close() does to the last writes"),
    L8(MUST, "Health says that a store is up, with engine and latency.", "StoreEngine.health()"),
    L9(
            MUST,
            "An interrupted caller is told so, keeps its interrupt, and leaves the store usable.",
            "what an interrupt does to shared connections"),
    L10(
            MUST,
            "A caller that waits for a transaction longer than its time-out is told so, or has succeeded.",
            "that waits for locks end with the time-out"),
    L11(MUST, "Many virtual threads may use a store at once.", "synchronized blocks around I/O"),
    L12(
            MUST,
            "An interrupted writer stops no other, and is told whether its own write has not happened or may have.",
            "what a failed batch means to those who did not cause it"),
    L13(
            MUST,
            "Writers that wait when a store is closed are done or refused as such, and what was acknowledged is kept.",
            "queues that close() forgets"),
    L14(
            MUST,
            "Whatever a store was used for, when it is closed no thread, connection or open file is left.",
            "what a failed call, a stream that was not read to its end, or a half-opened store leaves open"),
    L15(
            MUST,
            "An interrupt ends waiting, and nothing else: a call that need not wait is made by an interrupted thread, which stays"
                    + " interrupted, as after every call.",
            "waits that look at the interrupt before they look whether they must wait"),
    L16(
            MUST,
            "No call takes a thread's interrupt away or makes one, whatever it does, returns or throws.",
            "where an InterruptedException is caught, and what drivers and pools do with an interrupt"),
    L17(
            MUST,
            "What was acknowledged before a process was killed is there, what was refused is not, and what was not answered has"
                    + " happened or not: some serial order explains it all, whoever had the database open meanwhile.",
            "what is acknowledged before it is durable, and what is left of a transaction whose process is gone"),
    L18(
            MUST,
            "Whatever a killed process was at is done as a whole or not at all: a transaction over several collections, a list in"
                    + " one, a change of many documents, a step, a new revision, a drop, a renaming.",
            "what is done in more than one commit"),

    // E: errors
    E1(
            MUST,
            "An unknown scheme is refused, naming it, the stores that were found, and the dependency to add.",
            "how providers are found"),
    E2(MUST, "What is not the URL of a store is refused.", "the parsing of the URL"),
    E3(MUST, "An unknown option is refused, naming the known ones.", "that open() calls StoreOptions.refuseUnknown()"),
    E4(
            MUST,
            "A malformed option is refused, saying what is wanted; the URL wins over the builder.",
            "that options are read through StoreOptions"),
    E5(MUST, "DuplicateIdException names the collection and the id.", "which outcome the engine returns"),
    E6(
            MUST,
            "UniqueViolationException names the collection, the id, the index and its fields.",
            "how the engine finds out which index it was"),
    E7(
            MUST,
            "VersionConflictException has the expected version, and the current one if there is a document.",
            "that the current version is read in the same transaction"),
    E8(
            MUST,
            "A body that cannot be decoded is named and handed out; its document can be counted, overwritten and deleted.",
            "what reads the body where only the id is needed"),
    E9(MUST, "Secrets appear in no message, stack trace or toString.", "what the engine's exceptions quote"),
    E10(
            MUST,
            "Using the store inside of its own transaction or snapshot is refused with a message, and the transaction goes on.",
            "the checks before a call"),
    E11(MUST, "Every use after close throws StoreClosedException.", "the checks before a call"),
    E12(
            MUST,
            "What the caller's codec, extractor or function does wrong is said as such, and nothing changes.",
            "the order of checking and writing"),
    E13(
            MUST,
            "Nothing is logged as a warning or an error while nothing is wrong with the store.",
            "what the driver and the pool warn of, and outcomes that are logged although the caller is told"),
    E14(
            MUST,
            "Secrets appear in no log line.",
            "what is logged of URLs and of the driver's exceptions, at every level"),

    // X: copies
    X1(
            MUST,
            "A copy has every collection with its definition, and every document with its id, version, creation time, body and fields.",
            "what is bound where a document is added as it was, and what is read with the fields"),
    X2(
            MUST,
            "A copy shows one state of the source, whatever is written there meanwhile.",
            "the session for copies, and that each chunk is read in it"),
    X3(
            MUST,
            "A copy goes on like its source: it is read, written, searched and upgraded, and versions grow on.",
            "what is made besides the documents: catalogue, indexes, tables of fields"),
    X4(
            MUST,
            "A target that holds documents is refused, with nothing changed; if it is to be overwritten, it becomes equal, and other collections stay.",
            "deleting and adding in one transaction"),
    X5(
            MUST,
            "The target of a copy that is not finished cannot be opened, and the message says why.",
            "that a write in a transaction is seen by others only with the rest of it"),
    X6(MUST, "A copy that broke off can be run again, and is whole then.", "reading the fields of what is there"),
    X7(
            MUST,
            "A copy of a database onto itself is refused, with nothing changed.",
            "that a handle sees what another one has written"),
    X8(
            MUST,
            "Of two copies into one target at the same time, one is refused, and the other is whole.",
            "that a write which asks for a version conflicts with another one"),
    X9(
            MUST,
            "What is not the same in the end fails the copy.",
            "that a session for copies reads what was committed before it began"),
    X10(
            MUST,
            "A document that the target does not allow ends the copy, and is named; the source is unchanged.",
            "the order of checking and writing"),
    X11(
            MUST,
            "A copy that is interrupted ends, keeps the interrupt, and can be run again.",
            "what an interrupt does to the session"),
    X12(
            MUST,
            "The listener is told of every chunk, to the end of each step; what it throws ends the copy.",
            "nothing in the engine"),
    X13(
            MUST,
            "An export shows one state, and what is imported from it is the same store.",
            "what is read with the fields, and what is bound where a document is added as it was"),
    X14(
            MUST,
            "A file that is no whole export of a release up to this one is refused, with nothing changed.",
            "nothing in the engine"),
    X15(MUST, "An export replaces no file unasked, and leaves nothing behind if it fails.", "nothing in the engine"),
    X16(
            MUST,
            "A target whose collection cannot be brought to the source's definition is refused, with nothing changed; one of a lower revision is brought to it.",
            "nothing in the engine"),
    X17(
            MUST,
            "The target of a copy that is not finished is no source: it is not copied, compared or exported.",
            "that a session for copies sees what was committed before it began"),
    X18(
            MUST,
            "An export that goes beyond a limit of documents, definitions or the file is refused while it is read, with nothing changed.",
            "nothing in the engine"),
    X19(
            MUST,
            "An export and a backup are for their owner alone, also in place of a file that others may read, wherever files have permissions.",
            "with what permissions a file is created; WholeFile gives them"),
    X20(
            MUST,
            "A document that was copied is found by every value that it has and by no other.",
            "what is bound where a document is added as it was: the same as where it is written"),
    X21(
            MUST,
            "So is a document that was exported and imported.",
            "what is bound where a document is added as it was: the same as where it is written"),
    X22(
            MUST,
            "Bodies that fill a chunk to the byte, and those that cross its end, are read and copied whole and once.",
            "what ends a chunk, and where the next one begins"),
    ;

    /** How binding a clause is. */
    public enum Level {
        /** A store that breaks it does not conform. */
        MUST,
        /** A store that breaks it conforms, and the report shows it. */
        SHOULD
    }

    private final Level level;
    private final String sentence;
    private final String hint;

    Clause(Level level, String sentence, String hint) {
        this.level = level;
        this.sentence = sentence;
        this.hint = hint;
    }

    /** Returns how binding it is. */
    public Level level() {
        return level;
    }

    /** Returns what it promises. */
    public String sentence() {
        return sentence;
    }

    /** Returns where to look first when it is broken; follows the words "check". */
    public String hint() {
        return hint;
    }

    /** A chapter of the contract: the clauses whose ids begin with the same letter. */
    public enum Group {
        V("Values"),
        R("Reads"),
        W("Writes"),
        Q("Queries"),
        T("Transactions"),
        S("Schemas"),
        C("Capabilities"),
        M("Migrations"),
        L("Lifecycle"),
        E("Errors"),
        X("Copies");

        private final String title;

        Group(String title) {
            this.title = title;
        }

        public String title() {
            return title;
        }

        public List<Clause> clauses() {
            return Arrays.stream(Clause.values())
                    .filter(clause -> clause.name().startsWith(name()))
                    .toList();
        }
    }
}
