package dev.pagurus.store.tck.mutants;

/*
 * The twenty, as they were listed before anything of the clauses' tests was looked at:
 *
 * 1 whoHasNotWrittenReadsAReplica: a thread that has written reads the primary for 5 s, every other a replica that is up to
 *   5 ms behind.
 * 2 listsOfWritesTakeTheMachinesClock: a list of more than one write takes its time from the machine, not from the store's
 *   clock.
 * 3 aDeletedDocumentComesBackAfterAFlush: an LSM tree that drops its tombstones when it flushes 1,000 entries; an older
 *   level still has the document.
 * 4 uniquenessIsPerShard: a collection is split into shards of 1,000 documents by id; a unique index is one of each shard.
 * 5 uniqueValuesAreConcatenated: the key of a unique index is its values, one behind the other: ("a", "bc") is ("ab", "c").
 * 6 aTransactionIsCommittedInGroupsOfAHundred: the engine takes 100 writes at a time; a larger commit is seen in parts.
 * 7 aCommitIsMadeCollectionByCollection: each collection lives on a node of its own, which commits by itself.
 * 8 searchesAreValidatedByTheirNumber: an optimistic transaction looks whether its searches still find as many documents.
 * 9 aRolledBackTransactionLeavesItsSnapshotToTheNextReader: its connection goes back to the pool with the snapshot open.
 * 10 aSnapshotLosesItsStateAfterAThousandCommits: old versions are vacuumed; whoever still reads them gets the newest.
 * 11 aWriteIsRepeatedWhenItsConnectionIsRenewed: after 1,000 lists of writes a connection is renewed, and what was under
 *    way is sent once more.
 * 12 aRefusedWriteUndoesItsList: in a transaction one savepoint is set for a list, not one for each write.
 * 13 everythingIsDeletedByATruncate: deleteAll without a filter commits at once, and no rollback brings it back.
 * 14 upgradesGoOnInTheBackground: the first 256 documents are refilled at once, the others by a thread.
 * 15 countByMergesTextsThatDifferInCase: groups are made by the collation of the column, comparisons are binary.
 * 16 lateChunksGoByOffset: a stream goes on by offset when it is more than 1,000 documents deep.
 * 17 aLongListOfNumbersIsComparedAsDoubles: over 100 numbers of an in(...) go into a temporary table of doubles.
 * 18 instantsAreLocalTimes: instants are stored as local times of Berlin; the hour that comes twice in October is one.
 * 19 copiedTagsAreCutAtAKilobyte: rows for copies come with their tags in one text, which the engine cuts at 1,024 bytes.
 * 20 longBodiesAreCutBetweenTheHalvesOfACharacter: bodies are stored in pieces of 65,536 characters, each encoded by itself.
 */
/** Broken stores that were thought of by somebody who had read the guide and the contract, and none of the tests. */
final class StrangeMutants {

    private StrangeMutants() {}
}
