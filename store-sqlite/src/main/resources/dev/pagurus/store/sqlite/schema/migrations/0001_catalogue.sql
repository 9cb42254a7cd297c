-- What Pagurus knows about the collections in this database. Each collection is a table of its own name beside it.

create table pagurus_collections (
    name       text    not null primary key,
    revision   integer not null,                  -- writes carry theirs, and are refused if it is not this one
    state      text    not null default 'ready',  -- ready; other states are for changes made online
    defined_at integer not null                   -- microseconds since the epoch
) strict, without rowid;

create table pagurus_fields (
    collection text    not null,
    position   integer not null,
    name       text    not null,                  -- the column, or for kind 'many' the table collection$name
    kind       text    not null,                  -- text, long, double, boolean, instant, many
    max_bytes  integer not null,                  -- of a text; 0 for other kinds
    state      text    not null default 'ready',
    primary key (collection, position)
) strict, without rowid;

create table pagurus_indexes (
    collection text    not null,
    position   integer not null,
    name       text    not null,                  -- the index collection$by$name
    is_unique  integer not null,
    terms      text    not null,                  -- such as: status, due desc
    state      text    not null default 'ready',
    primary key (collection, position)
) strict, without rowid;
