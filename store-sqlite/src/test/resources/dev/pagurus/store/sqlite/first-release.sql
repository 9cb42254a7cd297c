PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE pagurus_migrations (
    version    integer not null primary key,
    name       text    not null,
    sha256     text    not null,
    applied_at integer not null  -- microseconds since the epoch
) strict
;
INSERT INTO pagurus_migrations VALUES(1,'0001_catalogue.sql','b1932fe7de51137e26952ce50ba939329407383ed42ec45014358d7d122ab48c',1795699482733525);
CREATE TABLE pagurus_collections (
    name       text    not null primary key,
    revision   integer not null,                  -- writes carry theirs, and are refused if it is not this one
    state      text    not null default 'ready',  -- ready; other states are for changes made online
    defined_at integer not null                   -- microseconds since the epoch
) strict, without rowid;
INSERT INTO pagurus_collections VALUES('notes',1,'ready',1795699483196952);
INSERT INTO pagurus_collections VALUES('plain',1,'ready',1795699483224061);
CREATE TABLE pagurus_fields (
    collection text    not null,
    position   integer not null,
    name       text    not null,                  -- the column, or for kind 'many' the table collection$name
    kind       text    not null,                  -- text, long, double, boolean, instant, many
    max_bytes  integer not null,                  -- of a text; 0 for other kinds
    state      text    not null default 'ready',
    primary key (collection, position)
) strict, without rowid;
INSERT INTO pagurus_fields VALUES('notes',0,'title','text',1024,'ready');
INSERT INTO pagurus_fields VALUES('notes',1,'status','text',255,'ready');
INSERT INTO pagurus_fields VALUES('notes',2,'due','instant',0,'ready');
INSERT INTO pagurus_fields VALUES('notes',3,'tags','many',255,'ready');
INSERT INTO pagurus_fields VALUES('plain',0,'text','text',1024,'ready');
CREATE TABLE pagurus_indexes (
    collection text    not null,
    position   integer not null,
    name       text    not null,                  -- the index collection$by$name
    is_unique  integer not null,
    terms      text    not null,                  -- such as: status, due desc
    state      text    not null default 'ready',
    primary key (collection, position)
) strict, without rowid;
INSERT INTO pagurus_indexes VALUES('notes',0,'title',1,'title','ready');
INSERT INTO pagurus_indexes VALUES('notes',1,'status_due',0,'status, due','ready');
INSERT INTO pagurus_indexes VALUES('notes',2,'tags',0,'tags','ready');
INSERT INTO pagurus_indexes VALUES('plain',0,'text',0,'text','ready');
CREATE TABLE `pagurus$log` (id integer not null primary key check (id = 1), mark integer not null, before integer) strict;
INSERT INTO "pagurus$log" VALUES(1,7143956765911871282,NULL);
CREATE TABLE `notes` (
    id text not null primary key,
    version integer not null,
    created_at integer not null,
    `title` text,
    `status` text,
    `due` integer,
    body text not null
) strict;
INSERT INTO notes VALUES('n1',1795699483215819,1795699483215819,'milk','OPEN',1777622400000000,'{"title":"milk","status":"OPEN","due":"2026-05-01T08:00:00Z","tags":["home","milk"],"text":null}');
INSERT INTO notes VALUES('n2',1795699483220719,1795699483220719,'bread','OPEN',1777622400000000,'{"title":"bread","status":"OPEN","due":"2026-05-01T08:00:00Z","tags":["bread","home"],"text":null}');
CREATE TABLE `notes$tags` (
    id text not null,
    value text not null,
    primary key (id, value)
) strict, without rowid;
INSERT INTO "notes$tags" VALUES('n2','bread');
INSERT INTO "notes$tags" VALUES('n1','home');
INSERT INTO "notes$tags" VALUES('n2','home');
INSERT INTO "notes$tags" VALUES('n1','milk');
CREATE TABLE `plain` (
    id text not null primary key,
    version integer not null,
    created_at integer not null,
    `text` text,
    body text not null
) strict;
INSERT INTO plain VALUES('a',1795699483225404,1795699483225404,'one','one');
CREATE UNIQUE INDEX `notes$by$title` on `notes` (`title`);
CREATE INDEX `notes$by$status_due` on `notes` (`status`, `due`, `id`);
CREATE INDEX `notes$by$tags` on `notes$tags` (value, id);
CREATE INDEX `plain$by$text` on `plain` (`text`, `id`);
COMMIT;
