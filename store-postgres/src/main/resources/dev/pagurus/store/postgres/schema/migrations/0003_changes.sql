-- The changes of collections that keep them: which documents were written or deleted, and in which transaction.

alter table {schema}.pagurus_collections add column retention bigint;  -- microseconds for which changes are kept; null if they are not

create table {schema}.pagurus_changes (
    tx         xid8   not null default pg_current_xact_id(),
    seq        bigint generated always as identity,
    collection text   collate "C" not null,
    id         text   collate "C" not null,
    version    bigint not null,                  -- of the document that the change left, or of the one that it deleted
    primary key (tx, seq)
);

create table {schema}.pagurus_feeds (
    collection text   collate "C" not null primary key,
    life       text   not null,                  -- another one each time that its changes begin to be kept
    history    text   not null,                  -- the database system whose transactions the changes are of
    forgotten  xid8   not null default '0',      -- changes of transactions before this one are not all there any more
    walked_tx  xid8   not null,                  -- up to here was looked for changes to be forgotten
    walked_seq bigint not null default 0
);

create table {schema}.pagurus_change_marks (
    at      bigint not null primary key,         -- microseconds since the epoch, by the store's clock
    horizon xid8   not null                      -- every transaction before this one had ended then
);
