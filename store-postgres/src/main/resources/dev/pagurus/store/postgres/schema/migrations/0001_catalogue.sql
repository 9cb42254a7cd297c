-- What Pagurus knows about the collections in this schema. Each collection is a table of its own name beside it.
-- The word schema in braces stands for the quoted name of that schema.

create table {schema}.pagurus_collections (
    name       text    collate "C" not null primary key,
    revision   integer not null,                  -- writes carry theirs, and are refused if it is not this one
    state      text    not null default 'ready',  -- ready; other states are for changes made online
    defined_at bigint  not null                   -- microseconds since the epoch
);

create table {schema}.pagurus_fields (
    collection text    collate "C" not null,
    position   integer not null,
    name       text    not null,                  -- the column
    kind       text    not null,                  -- text, long, double, boolean, instant, many
    max_bytes  integer not null,                  -- of a text; 0 for other kinds
    state      text    not null default 'ready',
    primary key (collection, position)
);

create table {schema}.pagurus_indexes (
    collection text    collate "C" not null,
    position   integer not null,
    name       text    not null,
    is_unique  boolean not null,
    terms      text    not null,                  -- such as: status, due desc
    state      text    not null default 'ready',
    primary key (collection, position)
);
