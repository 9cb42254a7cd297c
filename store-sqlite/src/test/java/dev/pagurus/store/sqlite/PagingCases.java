package dev.pagurus.store.sqlite;

import dev.pagurus.store.Filter;
import java.time.Instant;
import java.util.stream.Stream;

/** Pages in the middle of orders that an index serves, and how each is to be found. */
final class PagingCases {

    /** Half of the documents are due before. */
    private static final Instant LATER = Instant.ofEpochSecond(1_700_000_000L + 2500 * 60L);

    private static final Filter<Job> DONE = Job.STATUS.eq(Job.Status.DONE);
    private static final Filter<Job> DONE_LATER = DONE.and(Job.DUE.gte(LATER));
    private static final Filter<Job> DONE_WITHOUT_DUE = DONE.and(Job.DUE.isNull());
    private static final Filter<Job> NULLS = Job.STATUS.isNull().and(Job.DUE.isNull());

    private PagingCases() {}

    static Stream<Paging> all() {
        Paging jobs = Paging.of(Job.SCHEMA);
        Paging mixed = Paging.of(Job.MIXED);
        return Stream.of(
                jobs.after(Job.SCHEMA.id().gte("job-050000")).readsIds("id>?"),
                jobs.by(Job.SCHEMA.id().desc())
                        .after(Job.SCHEMA.id().lt("job-050000"))
                        .readsIds("id<?"),
                // One field that may be null, in both directions of the index, after a value and after a null.
                jobs.by(Job.DUE.asc()).after(Job.DUE.gte(LATER)).reads("due", "(due,id)>(?,?)"),
                jobs.by(Job.DUE.desc()).after(Job.DUE.lt(LATER)).reads("due", "(due,id)<(?,?)", "due=?"),
                jobs.by(Job.DUE.asc()).after(Job.DUE.isNull()).reads("due", "due=? AND id>?", "due>?"),
                jobs.by(Job.DUE.desc()).after(Job.DUE.isNull()).reads("due", "due=? AND id<?"),
                jobs.by(Job.PRIORITY.asc()).after(Job.PRIORITY.eq(5L)).reads("priority_desc", "(priority,id)>(?,?)"),
                jobs.by(Job.PRIORITY.desc())
                        .after(Job.PRIORITY.eq(5L))
                        .reads("priority_desc", "(priority,id)<(?,?)", "priority=?"),
                jobs.by(Job.PRIORITY.asc())
                        .after(Job.PRIORITY.isNull())
                        .reads("priority_desc", "priority=? AND id>?", "priority>?"),
                jobs.by(Job.PRIORITY.desc()).after(Job.PRIORITY.isNull()).reads("priority_desc", "priority=? AND id<?"),
                // The first field of an index filtered, ordered by the second.
                jobs.where(DONE)
                        .by(Job.DUE.asc())
                        .after(Job.DUE.gte(LATER))
                        .reads("status_due", "status=? AND (due,id)>(?,?)"),
                jobs.where(DONE)
                        .by(Job.DUE.desc())
                        .after(Job.DUE.lt(LATER))
                        .reads("status_due", "status=? AND (due,id)<(?,?)", "status=? AND due=?"),
                jobs.where(DONE)
                        .by(Job.DUE.asc())
                        .after(Job.DUE.isNull())
                        .reads("status_due", "status=? AND due=? AND id>?", "status=? AND due>?"),
                jobs.where(Job.STATUS.isNull())
                        .by(Job.DUE.asc())
                        .after(Job.DUE.gte(LATER))
                        .reads("status_due", "status=? AND (due,id)>(?,?)"),
                jobs.where(Job.OWNER.eq("owner-7"))
                        .after(Job.SCHEMA.id().gte("job-050000"))
                        .reads("owner", "owner=? AND id>?"),
                // The ordered field filtered as well: the position is the bound, not the filter.
                jobs.where(DONE.and(Job.DUE.gte(Instant.EPOCH)))
                        .by(Job.DUE.asc())
                        .after(Job.DUE.gte(LATER))
                        .reads("status_due", "status=? AND (due,id)>(?,?)"),
                jobs.where(DONE.and(Job.DUE.before(LATER.plusSeconds(6000))))
                        .by(Job.DUE.asc())
                        .after(Job.DUE.gte(LATER))
                        .reads("status_due", "status=? AND (due,id)>(?,?) AND due<?"),
                jobs.where(Job.DUE.lte(Instant.parse("2100-01-01T00:00:00Z")))
                        .by(Job.DUE.desc())
                        .after(Job.DUE.lt(LATER))
                        .reads("due", "(due,id)<(?,?)", "due=?"),
                jobs.where(Job.OWNER.startsWith("owner-"))
                        .by(Job.OWNER.asc())
                        .after(Job.OWNER.eq("owner-7"))
                        .reads("owner", "(owner,id)>(?,?) AND owner<?"),
                jobs.where(Job.SCHEMA.id().startsWith("job-"))
                        .after(Job.SCHEMA.id().gte("job-050000"))
                        .readsIds("id>? AND id<?"),
                // All fields of an index in its order and against it.
                jobs.by(Job.STATUS.asc(), Job.DUE.asc())
                        .after(DONE_LATER)
                        .reads("status_due", "(status,due,id)>(?,?,?)"),
                jobs.by(Job.STATUS.desc(), Job.DUE.desc())
                        .after(DONE_LATER)
                        .reads(
                                "status_due",
                                "status=? AND (due,id)<(?,?)",
                                "status=? AND due=?",
                                "status<?",
                                "status=?"),
                jobs.by(Job.STATUS.asc(), Job.DUE.asc())
                        .after(DONE_WITHOUT_DUE)
                        .reads("status_due", "status=? AND due=? AND id>?", "status=? AND due>?", "status>?"),
                jobs.by(Job.STATUS.asc(), Job.DUE.asc())
                        .after(NULLS)
                        .reads("status_due", "status=? AND due=? AND id>?", "status=? AND due>?", "status>?"),
                // An index of two directions.
                mixed.by(Job.STATUS.desc(), Job.DUE.asc())
                        .after(DONE_LATER)
                        .reads("status_desc_due", "status=? AND (due,id)>(?,?)", "status<?", "status=?"),
                mixed.by(Job.STATUS.asc(), Job.DUE.desc())
                        .after(DONE_LATER)
                        .reads("status_desc_due", "status=? AND (due,id)<(?,?)", "status=? AND due=?", "status>?"),
                mixed.by(Job.STATUS.desc(), Job.DUE.asc())
                        .after(DONE_WITHOUT_DUE)
                        .reads(
                                "status_desc_due",
                                "status=? AND due=? AND id>?",
                                "status=? AND due>?",
                                "status<?",
                                "status=?"),
                mixed.by(Job.STATUS.desc(), Job.DUE.asc())
                        .after(NULLS)
                        .reads("status_desc_due", "status=? AND due=? AND id>?", "status=? AND due>?"),
                mixed.where(DONE)
                        .by(Job.DUE.asc())
                        .after(Job.DUE.gte(LATER))
                        .reads("status_desc_due", "status=? AND (due,id)>(?,?)"),
                mixed.by(Job.PRIORITY.asc(), Job.DUE.desc())
                        .after(Job.PRIORITY.eq(5L).and(Job.DUE.lt(LATER)))
                        .reads(
                                "priority_due_desc",
                                "priority=? AND (due,id)<(?,?)",
                                "priority=? AND due=?",
                                "priority>?"));
    }
}
