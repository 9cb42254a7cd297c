PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE pagurus_migrations (
    version    integer not null primary key,
    name       text    not null,
    sha256     text    not null,
    applied_at integer not null  -- microseconds since the epoch
) strict
;
INSERT INTO pagurus_migrations VALUES(1,'0001_catalogue.sql','b1932fe7de51137e26952ce50ba939329407383ed42ec45014358d7d122ab48c',1795703585720107);
CREATE TABLE pagurus_collections (
    name       text    not null primary key,
    revision   integer not null,                  -- writes carry theirs, and are refused if it is not this one
    state      text    not null default 'ready',  -- ready; other states are for changes made online
    defined_at integer not null                   -- microseconds since the epoch
) strict, without rowid;
INSERT INTO pagurus_collections VALUES('images',1,'ready',1795703586096340);
INSERT INTO pagurus_collections VALUES('tags',1,'ready',1795703586118492);
INSERT INTO pagurus_collections VALUES('updates',1,'ready',1795703586104250);
CREATE TABLE pagurus_fields (
    collection text    not null,
    position   integer not null,
    name       text    not null,                  -- the column, or for kind 'many' the table collection$name
    kind       text    not null,                  -- text, long, double, boolean, instant, many
    max_bytes  integer not null,                  -- of a text; 0 for other kinds
    state      text    not null default 'ready',
    primary key (collection, position)
) strict, without rowid;
INSERT INTO pagurus_fields VALUES('images',0,'noticed_at','instant',0,'ready');
INSERT INTO pagurus_fields VALUES('images',1,'state','text',255,'ready');
INSERT INTO pagurus_fields VALUES('images',2,'host','text',255,'ready');
INSERT INTO pagurus_fields VALUES('images',3,'name','text',1024,'ready');
INSERT INTO pagurus_fields VALUES('images',4,'last_part','text',1024,'ready');
INSERT INTO pagurus_fields VALUES('images',5,'acknowledgement','text',64,'ready');
INSERT INTO pagurus_fields VALUES('images',6,'tags','many',255,'ready');
INSERT INTO pagurus_fields VALUES('tags',0,'name','text',1024,'ready');
INSERT INTO pagurus_fields VALUES('updates',0,'image','text',64,'ready');
INSERT INTO pagurus_fields VALUES('updates',1,'noticed_at','instant',0,'ready');
CREATE TABLE pagurus_indexes (
    collection text    not null,
    position   integer not null,
    name       text    not null,                  -- the index collection$by$name
    is_unique  integer not null,
    terms      text    not null,                  -- such as: status, due desc
    state      text    not null default 'ready',
    primary key (collection, position)
) strict, without rowid;
INSERT INTO pagurus_indexes VALUES('images',0,'noticed_at',0,'noticed_at','ready');
INSERT INTO pagurus_indexes VALUES('images',1,'state_noticed_at',0,'state, noticed_at','ready');
INSERT INTO pagurus_indexes VALUES('images',2,'host_noticed_at',0,'host, noticed_at','ready');
INSERT INTO pagurus_indexes VALUES('images',3,'name',0,'name','ready');
INSERT INTO pagurus_indexes VALUES('images',4,'last_part',0,'last_part','ready');
INSERT INTO pagurus_indexes VALUES('images',5,'acknowledgement',0,'acknowledgement','ready');
INSERT INTO pagurus_indexes VALUES('images',6,'tags',0,'tags','ready');
INSERT INTO pagurus_indexes VALUES('tags',0,'name',1,'name','ready');
INSERT INTO pagurus_indexes VALUES('updates',0,'image_noticed_at',0,'image, noticed_at','ready');
CREATE TABLE `pagurus$log` (id integer not null primary key check (id = 1), mark integer not null, before integer) strict;
INSERT INTO "pagurus$log" VALUES(1,-9113240451874019759,3280962691044741994);
CREATE TABLE `images` (
    id text not null primary key,
    version integer not null,
    created_at integer not null,
    `noticed_at` integer,
    `state` text,
    `host` text,
    `name` text,
    `last_part` text,
    `acknowledgement` text,
    body text not null
) strict;
INSERT INTO images VALUES('9c0dea930a54679c939f451b5b33b2a3',1795703588729307,1795703588058808,1795703588101647,'OPEN','nas','nginx:1.27','nginx:1.27',NULL,'{"host":"nas","name":"docker.io/library/nginx:1.27","newest":{"status":"update","provider":"docker","digest":"sha256:0000000000000000000000000000000000000000000000000000000000000002","created":"2026-11-20T12:23:56.123456789Z","platform":"linux/amd64","mimeType":"application/vnd.oci.image.index.v1+json","hubLink":"https://hub.docker.com/_/2","diunVersion":"4.31.0","metadata":{"ctn_names":"web","ctn_state":"exited"}},"noticedAt":"2026-11-26T14:33:08.101647Z","state":"OPEN","acknowledgement":null,"tags":["01a21846-43c5-7000-8d8a-dfc80ddba5de","01a21846-43e5-7000-866e-797dc41bb5d9"]}');
INSERT INTO images VALUES('eb8afac57e9555037cfb2ce22128a1cb',1795703589128204,1795703588138234,1795703588135788,'ACKNOWLEDGED','nas','redis:7','redis:7','01a21846-48f7-7000-bc8f-20920183cea6','{"host":"nas","name":"docker.io/library/redis:7","newest":{"status":"update","provider":"docker","digest":"sha256:0000000000000000000000000000000000000000000000000000000000000003","created":"2026-11-20T12:23:56.123456789Z","platform":"linux/amd64","mimeType":"application/vnd.oci.image.index.v1+json","hubLink":"https://hub.docker.com/_/3","diunVersion":"4.31.0","metadata":{}},"noticedAt":"2026-11-26T14:33:08.135788Z","state":"ACKNOWLEDGED","acknowledgement":"01a21846-48f7-7000-bc8f-20920183cea6","tags":[]}');
INSERT INTO images VALUES('dc7a8096f66b62d5717fa67481639141',1795703589122793,1795703588432880,1795703588429289,'ACKNOWLEDGED','pi','redis:7','redis:7','01a21846-48f7-7000-bc8f-20920183cea6','{"host":"pi","name":"docker.io/library/redis:7","newest":{"status":"update","provider":"docker","digest":"sha256:0000000000000000000000000000000000000000000000000000000000000003","created":null,"platform":"linux/amd64","mimeType":"application/vnd.oci.image.index.v1+json","hubLink":"https://hub.docker.com/_/3","diunVersion":"4.31.0","metadata":{"ctn_labels":"a \"quoted\" <b> käse 蟹","ctn_names":"web","ctn_state":"running","ctn_status":"Up 3 hours"}},"noticedAt":"2026-11-26T14:33:08.429289Z","state":"ACKNOWLEDGED","acknowledgement":"01a21846-48f7-7000-bc8f-20920183cea6","tags":[]}');
INSERT INTO images VALUES('380ba004596c3cba2e314892be3de4fd',1795703588769245,1795703588477254,1795703588469817,'OPEN','pi','ghcr.io/immich-app/immich-server:v1','immich-server:v1',NULL,'{"host":"pi","name":"ghcr.io/immich-app/Immich-server:v1","newest":{"status":"update","provider":"docker","digest":"sha256:0000000000000000000000000000000000000000000000000000000000000004","created":"2026-11-20T12:23:56.123456789Z","platform":"linux/amd64","mimeType":"application/vnd.oci.image.index.v1+json","hubLink":"https://hub.docker.com/_/4","diunVersion":"4.31.0","metadata":{"ctn_labels":"a \"quoted\" <b> käse 蟹","ctn_names":"web","ctn_state":"running","ctn_status":"Up 3 hours"}},"noticedAt":"2026-11-26T14:33:08.469817Z","state":"OPEN","acknowledgement":null,"tags":["01a21846-4356-7000-84a4-3ab4f647fe2e"]}');
INSERT INTO images VALUES('106d0bc3438bb359479bdab460a9289b',1795703589145227,1795703588519423,1795703588515677,'ACKNOWLEDGED','nas','crazymax/diun:latest','diun:latest','01a21846-4918-7000-809f-443ae3db46f0','{"host":"nas","name":"docker.io/crazymax/diun:latest","newest":{"status":"update","provider":"docker","digest":"sha256:0000000000000000000000000000000000000000000000000000000000000005","created":null,"platform":"linux/amd64","mimeType":"application/vnd.oci.image.index.v1+json","hubLink":"https://hub.docker.com/_/5","diunVersion":"4.31.0","metadata":{}},"noticedAt":"2026-11-26T14:33:08.515677Z","state":"ACKNOWLEDGED","acknowledgement":"01a21846-4918-7000-809f-443ae3db46f0","tags":[]}');
INSERT INTO images VALUES('297f4de974d422770e065fc797ce4d99',1795703589194552,1795703588683609,1795703589192465,'OPEN','pi','postgres:18','postgres:18',NULL,'{"host":"pi","name":"docker.io/library/postgres:18","newest":{"status":"update","provider":"docker","digest":"sha256:0000000000000000000000000000000000000000000000000000000000000008","created":"2026-11-20T12:23:56.123456789Z","platform":"linux/amd64","mimeType":"application/vnd.oci.image.index.v1+json","hubLink":"https://hub.docker.com/_/8","diunVersion":"4.31.0","metadata":{"ctn_labels":"a \"quoted\" <b> käse 蟹","ctn_names":"web","ctn_state":"running","ctn_status":"Up 3 hours"}},"noticedAt":"2026-11-26T14:33:09.192465Z","state":"OPEN","acknowledgement":null,"tags":[]}');
CREATE TABLE `images$tags` (
    id text not null,
    value text not null,
    primary key (id, value)
) strict, without rowid;
INSERT INTO "images$tags" VALUES('380ba004596c3cba2e314892be3de4fd','01a21846-4356-7000-84a4-3ab4f647fe2e');
INSERT INTO "images$tags" VALUES('9c0dea930a54679c939f451b5b33b2a3','01a21846-43c5-7000-8d8a-dfc80ddba5de');
INSERT INTO "images$tags" VALUES('9c0dea930a54679c939f451b5b33b2a3','01a21846-43e5-7000-866e-797dc41bb5d9');
CREATE TABLE `updates` (
    id text not null primary key,
    version integer not null,
    created_at integer not null,
    `image` text,
    `noticed_at` integer,
    body text not null
) strict;
INSERT INTO updates VALUES('17c9450596f1a76c1cbd0a23378004f7',1795703588043142,1795703588043142,'9c0dea930a54679c939f451b5b33b2a3',1795703588023073,'{"image":"9c0dea930a54679c939f451b5b33b2a3","announcement":{"status":"new","provider":"docker","digest":"sha256:0000000000000000000000000000000000000000000000000000000000000001","created":"2026-11-20T12:23:56.123456789Z","platform":"linux/amd64","mimeType":"application/vnd.oci.image.index.v1+json","hubLink":"https://hub.docker.com/_/1","diunVersion":"4.31.0","metadata":{"ctn_labels":"a \"quoted\" <b> käse 蟹","ctn_names":"web","ctn_state":"running","ctn_status":"Up 3 hours"}},"noticedAt":"2026-11-26T14:33:08.023073Z"}');
INSERT INTO updates VALUES('7827d308b90ef967353099c92bcc9f86',1795703588103455,1795703588103455,'9c0dea930a54679c939f451b5b33b2a3',1795703588101647,'{"image":"9c0dea930a54679c939f451b5b33b2a3","announcement":{"status":"update","provider":"docker","digest":"sha256:0000000000000000000000000000000000000000000000000000000000000002","created":"2026-11-20T12:23:56.123456789Z","platform":"linux/amd64","mimeType":"application/vnd.oci.image.index.v1+json","hubLink":"https://hub.docker.com/_/2","diunVersion":"4.31.0","metadata":{"ctn_names":"web","ctn_state":"exited"}},"noticedAt":"2026-11-26T14:33:08.101647Z"}');
INSERT INTO updates VALUES('742d713fa596c570c86a57c07cef3238',1795703588136834,1795703588136834,'eb8afac57e9555037cfb2ce22128a1cb',1795703588135788,'{"image":"eb8afac57e9555037cfb2ce22128a1cb","announcement":{"status":"update","provider":"docker","digest":"sha256:0000000000000000000000000000000000000000000000000000000000000003","created":"2026-11-20T12:23:56.123456789Z","platform":"linux/amd64","mimeType":"application/vnd.oci.image.index.v1+json","hubLink":"https://hub.docker.com/_/3","diunVersion":"4.31.0","metadata":{}},"noticedAt":"2026-11-26T14:33:08.135788Z"}');
INSERT INTO updates VALUES('ee6369cb55a1ee197fa6ef5de2c28c3f',1795703588431429,1795703588431429,'dc7a8096f66b62d5717fa67481639141',1795703588429289,'{"image":"dc7a8096f66b62d5717fa67481639141","announcement":{"status":"update","provider":"docker","digest":"sha256:0000000000000000000000000000000000000000000000000000000000000003","created":null,"platform":"linux/amd64","mimeType":"application/vnd.oci.image.index.v1+json","hubLink":"https://hub.docker.com/_/3","diunVersion":"4.31.0","metadata":{"ctn_labels":"a \"quoted\" <b> käse 蟹","ctn_names":"web","ctn_state":"running","ctn_status":"Up 3 hours"}},"noticedAt":"2026-11-26T14:33:08.429289Z"}');
INSERT INTO updates VALUES('e629d6bf77744bd84ead953138afea43',1795703588470791,1795703588470791,'380ba004596c3cba2e314892be3de4fd',1795703588469817,'{"image":"380ba004596c3cba2e314892be3de4fd","announcement":{"status":"update","provider":"docker","digest":"sha256:0000000000000000000000000000000000000000000000000000000000000004","created":"2026-11-20T12:23:56.123456789Z","platform":"linux/amd64","mimeType":"application/vnd.oci.image.index.v1+json","hubLink":"https://hub.docker.com/_/4","diunVersion":"4.31.0","metadata":{"ctn_labels":"a \"quoted\" <b> käse 蟹","ctn_names":"web","ctn_state":"running","ctn_status":"Up 3 hours"}},"noticedAt":"2026-11-26T14:33:08.469817Z"}');
INSERT INTO updates VALUES('3065eb5605f819f1cf7cec9e91f11ff8',1795703588518626,1795703588518626,'106d0bc3438bb359479bdab460a9289b',1795703588515677,'{"image":"106d0bc3438bb359479bdab460a9289b","announcement":{"status":"update","provider":"docker","digest":"sha256:0000000000000000000000000000000000000000000000000000000000000005","created":null,"platform":"linux/amd64","mimeType":"application/vnd.oci.image.index.v1+json","hubLink":"https://hub.docker.com/_/5","diunVersion":"4.31.0","metadata":{}},"noticedAt":"2026-11-26T14:33:08.515677Z"}');
INSERT INTO updates VALUES('776a0845f68b0d295efb4a18fa45f162',1795703588682988,1795703588682988,'297f4de974d422770e065fc797ce4d99',1795703588682074,'{"image":"297f4de974d422770e065fc797ce4d99","announcement":{"status":"update","provider":"docker","digest":"sha256:0000000000000000000000000000000000000000000000000000000000000007","created":"2026-11-20T12:23:56.123456789Z","platform":"linux/amd64","mimeType":"application/vnd.oci.image.index.v1+json","hubLink":"https://hub.docker.com/_/7","diunVersion":"4.31.0","metadata":{"ctn_labels":"a \"quoted\" <b> käse 蟹","ctn_names":"web","ctn_state":"running","ctn_status":"Up 3 hours"}},"noticedAt":"2026-11-26T14:33:08.682074Z"}');
INSERT INTO updates VALUES('e201c1f3a19eb338c66b3a983bb34e65',1795703589193442,1795703589193442,'297f4de974d422770e065fc797ce4d99',1795703589192465,'{"image":"297f4de974d422770e065fc797ce4d99","announcement":{"status":"update","provider":"docker","digest":"sha256:0000000000000000000000000000000000000000000000000000000000000008","created":"2026-11-20T12:23:56.123456789Z","platform":"linux/amd64","mimeType":"application/vnd.oci.image.index.v1+json","hubLink":"https://hub.docker.com/_/8","diunVersion":"4.31.0","metadata":{"ctn_labels":"a \"quoted\" <b> käse 蟹","ctn_names":"web","ctn_state":"running","ctn_status":"Up 3 hours"}},"noticedAt":"2026-11-26T14:33:09.192465Z"}');
CREATE TABLE `tags` (
    id text not null primary key,
    version integer not null,
    created_at integer not null,
    `name` text,
    body text not null
) strict;
INSERT INTO tags VALUES('01a21846-4356-7000-84a4-3ab4f647fe2e',1795703587697996,1795703587697996,'media','{"name":"Media","colour":"GREY"}');
INSERT INTO tags VALUES('01a21846-43c5-7000-8d8a-dfc80ddba5de',1795703587781873,1795703587781873,'web front','{"name":"web front","colour":"BLUE"}');
INSERT INTO tags VALUES('01a21846-43e5-7000-866e-797dc41bb5d9',1795703587813958,1795703587813958,'later','{"name":"later","colour":"GREY"}');
CREATE INDEX `images$by$noticed_at` on `images` (`noticed_at`, `id`);
CREATE INDEX `images$by$state_noticed_at` on `images` (`state`, `noticed_at`, `id`);
CREATE INDEX `images$by$host_noticed_at` on `images` (`host`, `noticed_at`, `id`);
CREATE INDEX `images$by$name` on `images` (`name`, `id`);
CREATE INDEX `images$by$last_part` on `images` (`last_part`, `id`);
CREATE INDEX `images$by$acknowledgement` on `images` (`acknowledgement`, `id`);
CREATE INDEX `images$by$tags` on `images$tags` (value, id);
CREATE INDEX `updates$by$image_noticed_at` on `updates` (`image`, `noticed_at`, `id`);
CREATE UNIQUE INDEX `tags$by$name` on `tags` (`name`);
COMMIT;
