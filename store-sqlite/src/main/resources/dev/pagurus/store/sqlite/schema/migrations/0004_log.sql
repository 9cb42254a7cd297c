-- The log is one tree, in which each collection's changes lie together, and no table with an index: a change costs a page less.

create table pagurus_log (
    feed     integer not null,
    position integer not null,                     -- in the order of commits, whichever the feed
    id       text    not null,
    version  integer not null,                     -- of the document that was written, or of the one that was deleted
    tag      integer not null,                     -- random: the change of this position in another copy of the file has another one
    primary key (feed, position)
) strict, without rowid;

insert into pagurus_log select feed, position, id, version, random() >> 32 from pagurus_changes order by feed, position;
drop table pagurus_changes;
alter table pagurus_log rename to pagurus_changes;

alter table pagurus_feeds drop column forgotten_id;
alter table pagurus_feeds drop column forgotten_version;
alter table pagurus_feeds add column forgotten_tag integer;  -- what the last forgotten one had
