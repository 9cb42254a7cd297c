-- What has changed in the collections that keep their changes: a row for each change, written together with it.

alter table pagurus_collections add column retention integer;  -- microseconds; null if its changes are not kept

create table pagurus_feeds (
    feed              integer not null primary key,
    collection        text    not null unique,
    life              integer not null,            -- random; another one where the changes begin anew
    forgotten         integer not null default 0,  -- the changes up to this position are no longer known
    forgotten_id      text,                        -- what the last one of these was
    forgotten_version integer
) strict;

create table pagurus_changes (
    position integer not null primary key,         -- in the order of commits
    feed     integer not null,
    id       text    not null,
    version  integer not null                      -- of the document that was written, or of the one that was deleted
) strict;

create index pagurus_changes_of_feed on pagurus_changes (feed);

create table pagurus_change_marks (
    at       integer not null primary key,         -- microseconds since the epoch
    position integer not null                      -- all up to here was committed by then
) strict;
