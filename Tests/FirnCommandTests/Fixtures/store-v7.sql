/* A store of schema version 7, as sqlite3 dumps it: what store-v6.sql holds, and a transform. */
PRAGMA page_size = 65536; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE migration (
  version  INTEGER PRIMARY KEY,
  name     TEXT NOT NULL,
  checksum BLOB NOT NULL CHECK (length(checksum) = 32),  -- SHA-256 of the migration's SQL
  applied  TEXT NOT NULL
) STRICT;
INSERT INTO migration VALUES(1,'initial',X'31c78a87c4c9f82999bb3a1e821df629c57cab11e84a56a7f690bc0d47891af4','2026-11-25T17:34:08Z');
INSERT INTO migration VALUES(2,'versions',X'6a077657b110682985101ad6685fe19380801df378597e561a8ed57b96b5f362','2026-11-26T02:38:25Z');
INSERT INTO migration VALUES(3,'trials',X'bbab7621e3fc9ee56bfc420792240af1b6eb36a9d24023ae4d57ae13fae39cf1','2026-11-26T03:59:18Z');
INSERT INTO migration VALUES(4,'statistics',X'88ef343969ddd629c846f1c230049568ce9bee721786edc28336ace2f1f8f704','2026-11-26T04:31:47Z');
INSERT INTO migration VALUES(5,'words',X'bac0b41a518b2849029069c58f228e1a19fc938c4f3b4a811edad5173cf65900','2026-11-26T15:18:01Z');
INSERT INTO migration VALUES(6,'search_index',X'2567235063a3a8965296329d6adcb24023eb04b1af016d10bb0008d2a797767a','2026-11-26T16:02:20Z');
INSERT INTO migration VALUES(7,'transforms',X'cdd621a6d47e061d8f2fc13763ce359f95712d93915dce755bba89758401b333','2026-11-26T19:39:32Z');
CREATE TABLE backbone (
  id          INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 8388607),  -- 23 bits: see embedding.id
  name        TEXT    NOT NULL UNIQUE,
  fingerprint BLOB    NOT NULL UNIQUE CHECK (length(fingerprint) = 32),  -- SHA-256 of all that decides its output
  dimension   INTEGER NOT NULL CHECK (dimension > 0),
  location    TEXT    NOT NULL,  -- the model directory
  manifest    TEXT    NOT NULL CHECK (json_valid(manifest)),  -- architecture, pooling, lengths, files with digests
  created     TEXT    NOT NULL   -- every `created` is ISO 8601, UTC
) STRICT;
INSERT INTO backbone VALUES(1,'tiny',X'993f021d4df0e3a94abe0aa56520a0f61a3fdb9387ad8e33a932174e13a5b460',48,'model','{"architecture":"bert 3×48, 4 heads, 96 gelu, 64 positions, epsilon 1e-12","dimension":48,"files":[{"bytes":287168,"digest":"57f7fee63742ca084fdee44b0249fbab6d1ac9bdc78c99a5b4cb03bd57027442","modified":1795659510204675968,"name":"model.safetensors"},{"bytes":5452,"digest":"0bd3e9863f2644ed577958fa553e66a98107882fac6ae2b6c689bfed85f4262e","modified":1795659510204675968,"name":"tokenizer.json"}],"kernels":"fma16-3","layer":3,"lowercases":false,"maximumLength":32,"numericMode":"float32","options":{"longTexts":"truncate","numeric":"float32","pooling":[]},"pooling":["mean"],"poolsPrompt":true,"prompt":"","steps":["normalize"]}','2026-11-25T17:34:08Z');
INSERT INTO backbone VALUES(2,'clip',X'f27746327c09122320faee1bc676db4d4581ce8486fb897b93ab47627dabf9b3',4,'','{"dimension":4,"source":"clip vit-b/32"}','2026-11-25T17:34:08Z');
CREATE TABLE content (
  id     INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 1099511627775),  -- 40 bits: see embedding.id
  digest BLOB    NOT NULL UNIQUE CHECK (length(digest) = 32),  -- SHA-256 of the UTF-8 bytes of `text`
  text   TEXT    NOT NULL
) STRICT;
INSERT INTO content VALUES(1,X'8895ee7b75a18b55c173663e53b211df8fe9341b78799c53cfbcda25418a47b3','kept 0');
INSERT INTO content VALUES(2,X'dfe286ef7e00c8bb8f9ef7f2a8c18cc73a5131a22f9d6b9ac54f266628b369ab','kept 1');
INSERT INTO content VALUES(3,X'4fc03e28a707c52d3f95bff6c75b799de2f0fade651e5a618517abb844d7fb67','kept 2');
INSERT INTO content VALUES(4,X'ddce5ed8c7a3707a9deac0a8ec37a2142de7feff19d1abadef83f0cc94de778c','kept 3');
INSERT INTO content VALUES(5,X'fffd3a556e3116825922941ff69472127749cd960aaecdd168bc056beeb678cd','sun moraine serac snow moraine');
INSERT INTO content VALUES(6,X'985c4fd4923f16e67fcb35b2cd281853cace9dd2977c4a5e42d3ff3bdfa52d49','glacier snow névé snow sun');
INSERT INTO content VALUES(7,X'fead0e9416c1287bdd853ec8162fca05bc84f609c70a5cd460c73d21f3ea9599','crevasse serac wind crevasse glacier');
INSERT INTO content VALUES(8,X'45c6380bd815a06ba0507880c0a0f1ec7cfc8652eddac3b823117a350a8b859a','wind moraine wind wind ice');
INSERT INTO content VALUES(9,X'36ad741fd2a49c598624dba6b4986525b4bff158427b0346b8557d6446f6a044','serac serac wind moraine sun');
INSERT INTO content VALUES(10,X'34d03c4b38b1171d670c06149049528c9e94090345e454f598ccd77f0c5949b8','sun sun crevasse crevasse snow');
INSERT INTO content VALUES(11,X'ac618568feccd2fbe287d29921accfb1dcc5975d08455cc98e218e163ef3e85a','névé glacier sun serac serac');
INSERT INTO content VALUES(12,X'd918295995e3ce455e7c6ca4f8572d596cca9f27924ca2794cd7203527c34196','serac crevasse glacier moraine snow');
INSERT INTO content VALUES(13,X'42b52b1dc4ba922aaf467f14429263f9420026cc73eebda65ccbe9a94ce101ab','glacier snow névé snow sun again');
INSERT INTO content VALUES(14,X'fc4d2a6518a69fb957f64967a524be1a411a2bb06356c672e79a2058bfffb09d','crevasse serac wind crevasse glacier again');
INSERT INTO content VALUES(15,X'53e5ce0709616627dcef1ff59c41056baa33e9bed48b0da57becc7b4b25bffd1','wind moraine wind wind ice again');
INSERT INTO content VALUES(16,X'e4223ed20d7ea5740a326e2b268ca6db91d041cf5194f577e393a8ba3b85d8e9','m0');
INSERT INTO content VALUES(17,X'ca0df2c95aa144c1d0ff2ff3c8f967fdc1de9ef0c4120b3726416701b519d619','m1');
INSERT INTO content VALUES(18,X'29c1b289e7522195b362e44f54e05470b69ad20540ab60a18a05e5bf6951f13d','m2');
CREATE TABLE embedding (
  id        INTEGER PRIMARY KEY,  -- backbone.id * 2^40 + content.id
  vector    BLOB    NOT NULL,     -- float32, little-endian
  tokens    INTEGER NOT NULL CHECK (tokens >= 0),        -- what the backbone read, special tokens included
  truncated INTEGER NOT NULL CHECK (truncated IN (0, 1)),  -- 1: the text was longer than the backbone reads
  checksum  INTEGER NOT NULL      -- CRC-32C of id, tokens, truncated (8 bytes each, little-endian) and vector
) STRICT;
INSERT INTO embedding VALUES(1099511627777,X'c2acdbbc23330cbe475f02be85f64cbdc8e9ad3c71fdc43c78db55bec6e51fbec8197d3db14e75bdce8390bdfe74fdbbf6dd3d3e4d932dbd9af78c3c05d9ac3e9ac8163d3f937a3d79f3243e6697a53de11dbabd9324abbcf7fe8b3ecd753f3dee1f0abd2ce28ebc0bfa6abd9c831d3ded1e993e4c9141bd9619a53d1f3afabd6a53e3bdef5f06bebb43703de018ba3d2fc5aabde8f0fe3d4510713d83d40a3c30148ebeaa5627bea80cfebe2919dd3cb1812d3e132db93cb0afbd3d6d5536be',7,0,1935501792);
INSERT INTO embedding VALUES(1099511627778,X'a59ab1bc108824be240ac9bd7bc4a8bc99e724bd41796e3bbe4728be8d7dd1bd260a8c37b19fabbde71e80bc1456cf3c2d4f433e539118bd49b690b9c488c43e68aeeabbf4f68f3caab3753e256ab73d839ad2bd6b3a9bbc2cb1493e9af0433d8eeda3bcdb4f813cb39043bdb026a63d94b9a93e943d53bc1e665f3d886fd1bd51f55dbd1bb2c7bd6dcdb13bc27d013e3df638bdf89cf83d00640e3d93f524bd693c6cbe13b211be432b0bbfaf13e3bca27b003e779637bc8118ac3d61454cbe',7,0,2990561670);
INSERT INTO embedding VALUES(1099511627779,X'7dbf62bd9c200fbef89cccbde4041abdef6cf8bc823cb1bca9b731be14e31cbe30b8833d85795bbdea3af0bde5c204bdc55e573e98af7e3c37a58c3d92af923ee427c63d6eb2263ec299453ed1f9ec3bc3a3bfbdcb7902bd2bf75c3ecaf8fc3ce3ff77bdbcfddbbcd3ff5bbd98a5913dbe328d3e8e36223de065533d0193eabd9e5c65bddeeae0bd4ad336bc7607b53d1a6e96bd6878ec3da5b2863dc6366ebd1c89a2be429cd3bdf19c06bf93827c3d0444133e69e9803c3a5de83dc2205dbe',7,0,1261292850);
INSERT INTO embedding VALUES(1099511627780,X'03c90dbeb2b0bcbdf1f94dbda948babd31f5303b045d843d56df86be2f302cbe486a1cbdb645c0bcd5c179bd2a9f24bc765d373e07cc1cbd530fc13cac6ae73e862c433d356dcf3db40dbc3d46c3ef3dacf8f8bdf235573c45bb8d3e06d5843d0cb5d5bd5f83f23c2a92aabd8c0c9a3c29d6823e3f2baebcbe31e33df442e2bddf9df9bc2af842bda92712bd81d7f03c5c85efbd52f8e43de6cf0b3d09fdbc3bb0337bbe664b65be4f88c7be5a8b7e3df3fb2a3ea9acc1baaae0a23d35af53be',7,0,404494640);
INSERT INTO embedding VALUES(1099511627781,X'1d42a4bd599a1ebe4eb2de3ca7ba9a3d2a1cfd3de8410d3cd18c82bc03b67fbee7840c3d5fe9303db572903d9873fc3db03ccf3d8eea06be35b7983d1aa47b3d2736a2bc802c7e3d22ca313dd80787bdfbdc0ebecfba14bd77f8af3e13c4103d721dd4bdb1910a3e9e01073d1014143d0161a53e71da38bed721923d5be537be3db04bbc500813be59b220bef1af213eb1fb45bdd13f353c4c7fa73c3c6c4cbe01c6b0be6ca1963c4801adbeffae2d3d81bf863e141391bd710e113e036424be',22,0,2763543375);
INSERT INTO embedding VALUES(1099511627782,X'cd2878bd5cd704be24e8723dc8b9763db172f93d2c2d91bdb61a9ebbb693e6bd713f1cbd11e9ba3d8d9ded3c63c5eb3d8359693e81feedbccd8a133e5b787f3d63b9d23c12bf0a3ea34de33dbd5c99bd0f4828be9fc2c63a2950ad3e68c1963d96fbe7bd1483cd3df98617bd278bbe3dc67e8c3ebfd90cbebbabaf3c9aa6febdb122fc3cf3942cbed98fb8be73da103eae07823cc48403b98b132fbdc82daabee499a2be84f51c3df9b076bec54b953c786e063ed63ec3bdf7e60e3dfc6235be',17,0,209350303);
INSERT INTO embedding VALUES(1099511627783,X'a2e4babbe7e48cbd760bb33c2ab8163ce175193ef11935bd4b27e5bdc93f20beab7568bd9c555e3c869acd3ccefa023ee3898c3eca8cb4bcb183a63d0561793e4157ac3ce7790c3efb46d13dfca080bb2743dabd169c43bc57009a3ef4da863d6ec31fbe9ca3143eb8d120be328f953d326e6d3eba92f5bd9e1e4a3d2399d3bd3a36d23c341ccfbd7d30a4be8ded0f3e64bdf0bb730d2d3d1ff0e53c045f5cbe4a96a9be3ed6d5bd461b99bebb028d3b1a43e93d133edebdeff1723d70ed75be',32,0,291170188);
INSERT INTO embedding VALUES(1099511627784,X'785512bd46ee30bd2df8443d3c83d2bc77c8dd3c36602f3d0003a6bd20413abe3ba41cbd14596b3c177121bbffda0c3e7c19773edae12f3d8cec713d195f533e8221783d88bb6c3da686143ef36899bd3a09c3bcb77112beb4d8743e0956b93d4c7416bebe6632bd825eb1bda399933d6eb4a03e01485f3d4ecd683d88809bbd38e31ebde361c4bc6530b0beaba8243e11e69a3bffe9bb3cbeec5a3d54290fbe9d26b4be7dcb18bed8ddc1bea0b369bb70eedb3d84e7f4bd94cc983d398c85be',21,0,3002620120);
INSERT INTO embedding VALUES(1099511627785,X'cad962be99c836bda40ddc3d62ecc33d50ea29bd31cf6bbcff0b113efb33aabeab9d38be2149b13d5217063dd259133ec052d53d00a39f3dc16eb33dc10182bd19a3a83db53b693ef3444c3d598d7c3b45f010bda338a4bd4e61493ea9189c3d650150bd8a90a9bddaef89bc9c97a63ead70973def15cb3d18e1733d4a51cdbdc0c8c63da599c43ccb9feabe1aec8fbc033dd2bd105970bdefd9103b001586be89f035bed6b994bd1cd5f0bd3c921a3eafc2a53cf2e372bbfc4e6fbc780088be',23,0,430720517);
INSERT INTO embedding VALUES(1099511627786,X'a3a3f63b1a3815bef6313fbdd226b23b9fed853c92f105bda851d0bd444055beb2f2af3ce2f5f6bcb36a963c3aeeae3d7292693ef2b30cbdeabb583d4f7d643e06bef73ccbc4f7bb41725c3e558b96bdcaa487bd4d8693bd4db1853e1b996b3dcd5d80bdeeff813de26114bd3658973dd090b63ec72918bd4a8c093d234c0ebe5e7534bd136808beb23408befa325f3e2125503bec748a3d76b0803d6be6b4bda919abbede9442bdaaeff7be0f1360bd2904e13d710a92bdafdaa43d34b239be',25,0,1706053078);
INSERT INTO embedding VALUES(1099511627787,X'fe06d6bd52ced6bda7cea13dbea85c3dad1bc83d3c224ebd30613abcad503cbefc98cabd405f9e3d30b3893d3505223e2b177c3e77d1d8bc240eeb3d07df923db8a4983cb2fcf53df956603d10d272bdf0d81fbee9ab3a3cdbedb23e6066d73dc1ebccbde045c33d233099bd5719233e766b693e75210ebe02275f3de7fbfbbd5dd95d3d9045cabd1fcfd4beba9ec53d3910753c15c428bb70aefbbc0086a6be1acd9abe92f9bfbd781316be17780e3d1c32f53d6f4956bd100d223ccf1e47be',23,0,328181455);
INSERT INTO embedding VALUES(1099511627788,X'112a46be4c92f3bdb91b603dc5245a3dcefd77bddc772abb4985213dd86580be638d04bec898c13d60510e3dcbb20c3e76a43c3eab368f3d71ffff3de3c259bda9cc183d6ec81c3eaeed1e3eccfd68bd637cbdbd882c7bbd7a1a603e6a95c23db67284bdb93f2a3cc86f3c3b8513803e3fa1843e36d40a3df814e63c0faaf8bdcb55be3d6bc13fbd4fb2d1be093ce83d1be8e3bd33251fbd459e593c377f81bed97e8ebebc73d13b55f390be63a3b13d9867c33ddddf10bd34da8e3c080e6ebe',27,0,4262650888);
INSERT INTO embedding VALUES(1099511627789,X'dd4567bebed8c3bdc1d0c83d60a7023dac75eebc2ead413dcc7e973d6f9f56be39c051bd10afcd3ddca36d3c0de1283eea58fa3d7672f5bc248c013e321183bdf36c1fbae821d93da83fd33dffc2343d959abfbda10ef5bdb093913eb030243df84a65be6fc910bd88d2473da331483e314aa23efc12df3c30bcd93c874dd3bd8024b03dff8376bdb7529dbeac47bd3da296f2bd901e0abcb0de563c37247bbe668da5bed71e863d97ae8cbe807d843d440e063eab9ce93c8eab303dce7d87be',22,0,3755648340);
INSERT INTO embedding VALUES(1099511627790,X'a2e4babbe7e48cbd760bb33c2ab8163ce175193ef11935bd4b27e5bdc93f20beab7568bd9c555e3c869acd3ccefa023ee3898c3eca8cb4bcb183a63d0561793e4157ac3ce7790c3efb46d13dfca080bb2743dabd169c43bc57009a3ef4da863d6ec31fbe9ca3143eb8d120be328f953d326e6d3eba92f5bd9e1e4a3d2399d3bd3a36d23c341ccfbd7d30a4be8ded0f3e64bdf0bb730d2d3d1ff0e53c045f5cbe4a96a9be3ed6d5bd461b99bebb028d3b1a43e93d133edebdeff1723d70ed75be',32,1,3172542063);
INSERT INTO embedding VALUES(1099511627791,X'9c72c2bcfadd4dbd643a013cb1f390bd0c63013d302bab3d9bb40fbefa3642bea0ade0bbe732373c2020edbc4f509b3dd82f803ef453c93c5dff533dc9ea9e3e9993843cbb87693db67c1e3ebe8097bc4c7327bd11a10fbee44b883eaf9cc63dd4c8ffbd9e9fb8bc54f8bebda00c713c6878943eb2fd633dad67443d02273cbd2d7bc2bd6d9a35bc00e483be93001c3e51c157bd4d49823d379d473d6a5399bdaf03abbe9b4c3bbe193bd8bea9e2c0bc1dacf03db162d0bd7a37a93d436258be',26,0,2531836407);
INSERT INTO embedding VALUES(2199023255568,X'0000803f000000400000404000008040',0,0,656875638);
INSERT INTO embedding VALUES(2199023255569,X'0000a0400000c0400000e04000000041',0,0,2446626763);
INSERT INTO embedding VALUES(2199023255570,X'00001041000020410000304100004041',0,0,384005387);
CREATE TABLE dataset (
  id      INTEGER PRIMARY KEY,
  name    TEXT NOT NULL UNIQUE,
  created TEXT NOT NULL
) STRICT;
INSERT INTO dataset VALUES(1,'d','2026-11-25T17:34:08Z');
INSERT INTO dataset VALUES(2,'made','2026-11-25T17:34:09Z');
CREATE TABLE revision (
  dataset INTEGER NOT NULL REFERENCES dataset (id),
  number  INTEGER NOT NULL CHECK (number > 0),  -- 1, 2, … in each dataset
  command TEXT    NOT NULL,  -- what made it
  created TEXT    NOT NULL,
  state   TEXT    NOT NULL CHECK (state IN ('open', 'closed', 'interrupted')),  -- interrupted: its writer died; what it had written stands
  added   INTEGER NOT NULL DEFAULT 0,  -- items that it added, changed (content, metadata or labels) and removed
  changed INTEGER NOT NULL DEFAULT 0,
  removed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (dataset, number)
) STRICT, WITHOUT ROWID;
INSERT INTO revision VALUES(1,1,'firn --quiet extract 1.jsonl --dataset d --backbone tiny','2026-11-25T17:34:08Z','closed',12,0,0);
INSERT INTO revision VALUES(1,2,'firn --quiet extract 2.jsonl --dataset d --backbone tiny --prune','2026-11-25T17:34:08Z','closed',0,3,2);
INSERT INTO revision VALUES(1,3,'firn label e.jsonl --dataset d','2026-11-25T17:34:08Z','closed',0,1,0);
INSERT INTO revision VALUES(2,1,'firn import m.npy --items m.jsonl --dataset made --backbone clip','2026-11-25T17:34:09Z','closed',3,0,0);
CREATE TABLE item (
  id          INTEGER PRIMARY KEY,
  dataset     INTEGER NOT NULL REFERENCES dataset (id),
  external_id TEXT    NOT NULL,
  UNIQUE (dataset, external_id)
) STRICT;
INSERT INTO item VALUES(1,1,'item 0');
INSERT INTO item VALUES(2,1,'item 1');
INSERT INTO item VALUES(3,1,'item 2');
INSERT INTO item VALUES(4,1,'item 3');
INSERT INTO item VALUES(5,1,'item 4');
INSERT INTO item VALUES(6,1,'item 5');
INSERT INTO item VALUES(7,1,'item 6');
INSERT INTO item VALUES(8,1,'item 7');
INSERT INTO item VALUES(9,1,'item 8');
INSERT INTO item VALUES(10,1,'item 9');
INSERT INTO item VALUES(11,1,'item 10');
INSERT INTO item VALUES(12,1,'item 11');
INSERT INTO item VALUES(13,2,'m0');
INSERT INTO item VALUES(14,2,'m1');
INSERT INTO item VALUES(15,2,'m2');
CREATE TABLE item_state (
  item     INTEGER NOT NULL REFERENCES item (id),
  since    INTEGER NOT NULL,
  until    INTEGER CHECK (until > since),
  content  INTEGER NOT NULL REFERENCES content (id),
  metadata TEXT    NOT NULL CHECK (json_valid(metadata)),  -- an object with sorted keys
  PRIMARY KEY (item, since)
) STRICT, WITHOUT ROWID;
INSERT INTO item_state VALUES(1,1,NULL,1,'{"year":1900}');
INSERT INTO item_state VALUES(2,1,NULL,2,'{"year":1901}');
INSERT INTO item_state VALUES(3,1,NULL,3,'{"year":1902}');
INSERT INTO item_state VALUES(4,1,NULL,4,'{"year":1903}');
INSERT INTO item_state VALUES(5,1,NULL,5,'{"year":1904}');
INSERT INTO item_state VALUES(6,1,2,6,'{"year":1905}');
INSERT INTO item_state VALUES(6,2,NULL,13,'{"year":1905}');
INSERT INTO item_state VALUES(7,1,2,7,'{"year":1906}');
INSERT INTO item_state VALUES(7,2,NULL,14,'{"year":1906}');
INSERT INTO item_state VALUES(8,1,2,8,'{"year":1907}');
INSERT INTO item_state VALUES(8,2,NULL,15,'{"year":1907}');
INSERT INTO item_state VALUES(9,1,NULL,9,'{"year":1908}');
INSERT INTO item_state VALUES(10,1,NULL,10,'{"year":1909}');
INSERT INTO item_state VALUES(11,1,2,11,'{"year":1910}');
INSERT INTO item_state VALUES(12,1,2,12,'{"year":1911}');
INSERT INTO item_state VALUES(13,1,NULL,16,'{}');
INSERT INTO item_state VALUES(14,1,NULL,17,'{}');
INSERT INTO item_state VALUES(15,1,NULL,18,'{}');
CREATE TABLE task (
  id   INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL CHECK (kind IN ('single-label', 'multi-label', 'regression'))
) STRICT;
INSERT INTO task VALUES(1,'depth','regression');
INSERT INTO task VALUES(2,'label','single-label');
INSERT INTO task VALUES(3,'tags','multi-label');
CREATE TABLE label (
  item  INTEGER NOT NULL REFERENCES item (id),
  task  INTEGER NOT NULL REFERENCES task (id),
  since INTEGER NOT NULL,
  until INTEGER CHECK (until > since),
  value ANY NOT NULL,  -- single-label: text; multi-label: JSON array of text, sorted, each once; regression: a real
  PRIMARY KEY (item, task, since)
) STRICT, WITHOUT ROWID;
INSERT INTO label VALUES(1,1,1,NULL,0.0);
INSERT INTO label VALUES(1,2,1,NULL,'a');
INSERT INTO label VALUES(1,3,1,NULL,'["y","z"]');
INSERT INTO label VALUES(2,1,1,NULL,0.25);
INSERT INTO label VALUES(2,2,1,NULL,'a');
INSERT INTO label VALUES(2,3,1,NULL,'["x","y"]');
INSERT INTO label VALUES(3,1,1,NULL,0.5);
INSERT INTO label VALUES(3,2,1,NULL,'b');
INSERT INTO label VALUES(3,3,1,NULL,'["y"]');
INSERT INTO label VALUES(4,1,1,NULL,0.75);
INSERT INTO label VALUES(4,2,1,3,'a');
INSERT INTO label VALUES(4,3,1,NULL,'["x"]');
INSERT INTO label VALUES(5,1,1,NULL,1.0);
INSERT INTO label VALUES(5,2,1,NULL,'a');
INSERT INTO label VALUES(5,3,1,NULL,'["x","y"]');
INSERT INTO label VALUES(6,1,1,NULL,1.25);
INSERT INTO label VALUES(6,2,1,NULL,'a');
INSERT INTO label VALUES(6,3,1,NULL,'["z"]');
INSERT INTO label VALUES(7,1,1,NULL,1.5);
INSERT INTO label VALUES(7,2,1,NULL,'a');
INSERT INTO label VALUES(7,3,1,NULL,'["z"]');
INSERT INTO label VALUES(8,1,1,NULL,1.75);
INSERT INTO label VALUES(8,2,1,NULL,'b');
INSERT INTO label VALUES(8,3,1,NULL,'["x"]');
INSERT INTO label VALUES(9,1,1,NULL,2.0);
INSERT INTO label VALUES(9,2,1,NULL,'a');
INSERT INTO label VALUES(9,3,1,NULL,'["x","y"]');
INSERT INTO label VALUES(10,1,1,NULL,2.25);
INSERT INTO label VALUES(10,2,1,NULL,'a');
INSERT INTO label VALUES(10,3,1,NULL,'["y","z"]');
INSERT INTO label VALUES(11,1,1,2,2.5);
INSERT INTO label VALUES(11,2,1,2,'a');
INSERT INTO label VALUES(11,3,1,2,'["y"]');
INSERT INTO label VALUES(12,1,1,2,2.75);
INSERT INTO label VALUES(12,2,1,2,'a');
INSERT INTO label VALUES(12,3,1,2,'["x","z"]');
CREATE TABLE head (
  id      INTEGER PRIMARY KEY,
  name    TEXT    NOT NULL UNIQUE,
  task    INTEGER NOT NULL REFERENCES task (id),
  created TEXT    NOT NULL
) STRICT;
INSERT INTO head VALUES(1,'kind',2,'2026-11-25T17:34:08Z');
CREATE TABLE IF NOT EXISTS "head_version" (
  id            INTEGER PRIMARY KEY,
  head          INTEGER NOT NULL REFERENCES head (id) ON DELETE CASCADE,
  version       INTEGER NOT NULL CHECK (version > 0),  -- 1, 2, … in each head; none is given twice
  parent        INTEGER CHECK (parent < version),  -- the version of this head that it was made from
  digest        BLOB    NOT NULL CHECK (length(digest) = 32),  -- SHA-256 of specification, fingerprint, rows and weights
  specification TEXT    NOT NULL CHECK (json_valid(specification)),  -- method, hyperparameters, seed, split
  backbone      TEXT    NOT NULL,  -- the backbone's name and fingerprint stand here themselves:
  fingerprint   BLOB    NOT NULL CHECK (length(fingerprint) = 32),  -- a head outlives the backbone's row
  dataset       INTEGER NOT NULL,
  revision      INTEGER NOT NULL,
  rows_digest   BLOB    NOT NULL CHECK (length(rows_digest) = 32),  -- SHA-256 of the ids, contents and labels used
  metrics       TEXT    NOT NULL CHECK (json_valid(metrics)),
  environment   TEXT    NOT NULL CHECK (json_valid(environment)),
  created       TEXT    NOT NULL,
  weights       BLOB    NOT NULL,  -- a safetensors file; last, so that the rest is read without it
  UNIQUE (head, version),
  FOREIGN KEY (head, parent) REFERENCES head_version (head, version),
  FOREIGN KEY (dataset, revision) REFERENCES revision (dataset, number)
) STRICT;
INSERT INTO head_version VALUES(1,1,1,NULL,X'39541c8db6fca6235439e637e3b9250d84219c3899f95d7cc060bd2718e33cd7','{"holdout":0,"method":"ridge","seed":0}','tiny',X'993f021d4df0e3a94abe0aa56520a0f61a3fdb9387ad8e33a932174e13a5b460',1,1,X'4a89b206dacc2e4e92901a776a06f88ed1fbe1ef77a533f9b057f4092a905954','{"holdout_rows":0,"train_rows":12,"training":{"converged":true,"gradientNorm":0,"iterations":0,"objective":6.6655114652188745,"penalty":1000,"penaltyCurve":[{"accuracy":0.8333333333333334,"loss":1.634164817539576,"penalty":0.001},{"accuracy":0.8333333333333334,"loss":1.4338628146589214,"penalty":0.003162277660168379},{"accuracy":0.8333333333333334,"loss":1.1360843135560652,"penalty":0.01},{"accuracy":0.8333333333333334,"loss":0.8948045843369047,"penalty":0.03162277660168379},{"accuracy":0.8333333333333334,"loss":0.777050387465042,"penalty":0.1},{"accuracy":0.8333333333333334,"loss":0.7199817667607884,"penalty":0.31622776601683794},{"accuracy":0.8333333333333334,"loss":0.6881197955057452,"penalty":1},{"accuracy":0.8333333333333334,"loss":0.671094637405118,"penalty":3.1622776601683795},{"accuracy":0.8333333333333334,"loss":0.6642523913809839,"penalty":10},{"accuracy":0.8333333333333334,"loss":0.6620993641897762,"penalty":31.622776601683793},{"accuracy":0.8333333333333334,"loss":0.6614494550137869,"penalty":100},{"accuracy":0.8333333333333334,"loss":0.6612488669677575,"penalty":316.22776601683796},{"accuracy":0.8333333333333334,"loss":0.6611860020089227,"penalty":1000}],"validation":"leave-one-out squared error"}}','{"blas":"OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY Zen MAX_THREADS=64 on Zen","firn":"0.1.0","kernels":"avx2","seconds":0.00548698}','2026-11-25T17:34:08Z',X'20010000000000007b225f5f6d657461646174615f5f223a7b22636c6173736573223a225b5c22615c222c5c22625c225d222c22666f726d6174223a226669726e2d68656164222c22666f726d61745f76657273696f6e223a2231222c226d6574686f64223a227269646765227d2c2262696173223a7b22646174615f6f666673657473223a5b302c385d2c226474797065223a22463332222c227368617065223a5b325d7d2c2273686172706e657373223a7b22646174615f6f666673657473223a5b382c31325d2c226474797065223a22463332222c227368617065223a5b315d7d2c22776569676874223a7b22646174615f6f666673657473223a5b31322c3339365d2c226474797065223a22463332222c227368617065223a5b322c34385d7d7d2020209eb42a3f9eb42abf2ca9813f473408b93f8ea9b8d990c738056c3139ac390e39feb499b8d9844739093aabb88ca341b9cf6e0d3970c27e39233102396b50ebb8b1ea30b9e17ae437e30c82b9499733b92fec04b8598b22b910b6ce38efe02ab9c6425139c55128395a01ab3728a39f387f04943949ab9e38434817399734dcb8e172b4b9b58df3363925bfb890653639de8bc0b80ea91cb9bf4650b8135b40b854dcdab8eaef10b93b6578b90b0331398ada2639189bce3957889537c59ca637e88c0038b506f8b8d935f338473408393f8ea938d990c7b8056c31b9ac390eb9feb49938d98447b9093aab388ca34139cf6e0db970c27eb9233102b96b50eb38b1ea3039e17ae4b7e30c8239499733392fec0438598b223910b6ceb8efe02a39c64251b9c55128b95a01abb728a39fb87f0494b949ab9eb8434817b99734dc38e172b439b58df3b63925bf38906536b9de8bc0380ea91c39bf465038135b403854dcda38eaef10393b6578390b0331b98ada26b9189bceb9578895b7c59ca6b7e88c00b8b506f838d935f3b8');
INSERT INTO head_version VALUES(3,1,3,NULL,X'a161b1b876a83087337429ac6a075ab24cc4e001f87aeb3f1e48d70549807061','{"holdout":0,"method":"ridge","penalty":2,"seed":0}','tiny',X'993f021d4df0e3a94abe0aa56520a0f61a3fdb9387ad8e33a932174e13a5b460',1,3,X'b7eb117340460f2808253ee76cadba3719725c6321bbeee9861d84dd52c4719c','{"holdout_rows":0,"train_rows":9,"training":{"converged":true,"gradientNorm":6.206335383118183e-17,"iterations":0,"objective":5.755475761790819,"penalty":2,"penaltyCurve":[{"accuracy":0.7777777777777778,"loss":0.8784830825816647,"penalty":2}],"validation":"leave-one-out squared error"}}','{"blas":"OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY Cooperlake MAX_THREADS=64 on Cooperlake","firn":"0.1.0","kernels":"avx512","seconds":0.005479099}','2026-11-26T02:38:25Z',X'20010000000000007b225f5f6d657461646174615f5f223a7b22636c6173736573223a225b5c22615c222c5c22625c225d222c22666f726d6174223a226669726e2d68656164222c22666f726d61745f76657273696f6e223a2231222c226d6574686f64223a227269646765227d2c2262696173223a7b22646174615f6f666673657473223a5b302c385d2c226474797065223a22463332222c227368617065223a5b325d7d2c2273686172706e657373223a7b22646174615f6f666673657473223a5b382c31325d2c226474797065223a22463332222c227368617065223a5b315d7d2c22776569676874223a7b22646174615f6f666673657473223a5b31322c3339365d2c226474797065223a22463332222c227368617065223a5b322c34385d7d7d2020205421213f542121bf00583e3f66c714bde3801abd51520a3d0f15be3de94e183d6e3641bd65f5dc3d0de8cabc4f3b75bd94dcb83c3808df3d45e1ae3d87f68fbd795e9dbd15650dbc7fe311be445257bdb3cd4dbdb58f26bd4a6d093d890a0ebdeaef6c3d86dff83c06a988bc3aeb603c9a77a93d8c37413db8cdb13dacd1a23b99a202be8311e93bcbd06dbd3bf8ac3deed762bdf87fccbcb053ae3a64c75f3cd1553cbdcd6cfdbc2abbaebd58ba5f3dce17bf3d0192e83df3d40338c78aba3b1000a03cfd4e11bd8687083c66c7143de3801a3d51520abd0f15bebde94e18bd6e36413d65f5dcbd0de8ca3c4f3b753d94dcb8bc3808dfbd45e1aebd87f68f3d795e9d3d15650d3c7fe3113e4452573db3cd4d3db58f263d4a6d09bd890a0e3deaef6cbd86dff8bc06a9883c3aeb60bc9a77a9bd8c3741bdb8cdb1bdacd1a2bb99a2023e8311e9bbcbd06d3d3bf8acbdeed7623df87fcc3cb053aeba64c75fbcd1553c3dcd6cfd3c2abbae3d58ba5fbdce17bfbd0192e8bdf3d403b8c78ababb1000a0bcfd4e113d868708bc');
CREATE TABLE pruned_version (
  head    INTEGER NOT NULL REFERENCES head (id) ON DELETE CASCADE,
  version INTEGER NOT NULL CHECK (version > 0),
  digest  BLOB    NOT NULL CHECK (length(digest) = 32),
  created TEXT    NOT NULL,  -- when the version was
  pruned  TEXT    NOT NULL,  -- when it was pruned
  PRIMARY KEY (head, version)
) STRICT, WITHOUT ROWID;
INSERT INTO pruned_version VALUES(1,2,X'7201b618c08e335a26cb86b8c318b9f8661a2beb40327a73348ddc5d337dce4e','2026-11-25T17:34:08Z','2026-11-26T02:38:26Z');
CREATE TABLE IF NOT EXISTS "alias_log" (
  id         INTEGER PRIMARY KEY,
  head       INTEGER NOT NULL REFERENCES head (id) ON DELETE CASCADE,
  alias      TEXT    NOT NULL,
  version    INTEGER,  -- NULL: the alias was removed
  reason     TEXT    NOT NULL CHECK (reason IN ('promote', 'rollback', 'remove', 'protect', 'unprotect')),
  note       TEXT    CHECK (note <> ''),  -- what was said of it
  allowed_by TEXT,  -- what let a protected alias move: 'override'; NULL: it was not protected
  created    TEXT    NOT NULL,
  FOREIGN KEY (head, version) REFERENCES head_version (head, version)
) STRICT;
INSERT INTO alias_log VALUES(1,1,'champion',1,'promote',NULL,NULL,'2026-11-25T17:34:08Z');
INSERT INTO alias_log VALUES(2,1,'champion',1,'protect',NULL,NULL,'2026-11-26T02:38:26Z');
CREATE TABLE head_annotation (
  id      INTEGER PRIMARY KEY,
  head    INTEGER NOT NULL REFERENCES head (id) ON DELETE CASCADE,
  version INTEGER NOT NULL,
  kind    TEXT    NOT NULL CHECK (kind IN ('note', 'tag', 'untag')),
  text    TEXT    NOT NULL CHECK (text <> ''),  -- the note, or the tag
  created TEXT    NOT NULL
) STRICT;
INSERT INTO head_annotation VALUES(1,1,1,'note','the first of all','2026-11-26T02:38:25Z');
INSERT INTO head_annotation VALUES(2,1,1,'tag','first','2026-11-26T02:38:26Z');
INSERT INTO head_annotation VALUES(3,1,1,'tag','good','2026-11-26T02:38:26Z');
INSERT INTO head_annotation VALUES(4,1,1,'tag','old','2026-11-26T02:38:26Z');
INSERT INTO head_annotation VALUES(5,1,1,'untag','old','2026-11-26T02:38:26Z');
INSERT INTO head_annotation VALUES(6,1,2,'note','superseded','2026-11-26T02:38:26Z');
CREATE TABLE trial (
  id            INTEGER PRIMARY KEY,
  head          TEXT    NOT NULL,  -- the name of the head that it was made for
  task          TEXT    NOT NULL,
  specification TEXT    NOT NULL CHECK (json_valid(specification)),  -- that of the heads, how many folds, how often dealt out
  backbone      TEXT    NOT NULL,
  fingerprint   BLOB    NOT NULL CHECK (length(fingerprint) = 32),
  dataset       TEXT    NOT NULL,
  revision      INTEGER NOT NULL,
  rows_digest   BLOB    NOT NULL CHECK (length(rows_digest) = 32),  -- SHA-256 of the ids, contents, labels and groups used
  measures      TEXT    NOT NULL CHECK (json_valid(measures)),  -- the value of each measure on each fold
  seconds       REAL    NOT NULL,  -- how long the heads of all folds took
  created       TEXT    NOT NULL,
  UNIQUE (rows_digest, fingerprint, specification, head)
) STRICT;
INSERT INTO trial VALUES(1,'kind','label','{"folds":2,"head":{"holdout":0,"method":"centroid","seed":0},"repeats":1}','tiny',X'993f021d4df0e3a94abe0aa56520a0f61a3fdb9387ad8e33a932174e13a5b460','d',3,X'b7eb117340460f2808253ee76cadba3719725c6321bbeee9861d84dd52c4719c','{"converged":true,"folds":2,"values":{"accuracy":[0.6,0.75],"balanced_accuracy":[0.75,0.5],"brier":[0.4999847130425861,0.4798851007321159],"calibration_error":[0.09997284412384033,0.23805192112922668],"log_loss":[0.6931318876406528,0.673021674331264],"macro_f1":[0.5833333333333333,0.42857142857142855]}}',0.00047594899999999997928,'2026-11-26T03:59:18Z');
INSERT INTO trial VALUES(2,'kind','label','{"folds":2,"head":{"holdout":0,"method":"ridge","penalty":1,"seed":0},"repeats":1}','tiny',X'993f021d4df0e3a94abe0aa56520a0f61a3fdb9387ad8e33a932174e13a5b460','d',3,X'b7eb117340460f2808253ee76cadba3719725c6321bbeee9861d84dd52c4719c','{"converged":true,"folds":2,"values":{"accuracy":[0.8,0.75],"balanced_accuracy":[0.5,0.5],"brier":[0.4996973001119335,0.38665776204896285],"calibration_error":[0.2997734785079956,0.10891757905483246],"log_loss":[0.6928444865955106,0.5765067739938842],"macro_f1":[0.4444444444444444,0.42857142857142855]}}',0.002686460999999999797,'2026-11-26T03:59:18Z');
CREATE TABLE head_statistics (
  head       INTEGER PRIMARY KEY REFERENCES head (id) ON DELETE CASCADE,
  version    INTEGER NOT NULL,
  statistics BLOB    NOT NULL,
  checksum   INTEGER NOT NULL  -- CRC-32C of version (8 bytes, little-endian) and statistics
) STRICT;
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','words','words',0,'CREATE VIRTUAL TABLE words USING fts5(
  text, content = ''content'', content_rowid = ''id'', tokenize = ''unicode61 remove_diacritics 2'')');
CREATE TABLE IF NOT EXISTS 'words_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO words_data VALUES(1,X'1245');
INSERT INTO words_data VALUES(10,X'000000000101010001010101');
INSERT INTO words_data VALUES(137438953473,X'000001180230300102030101310202030101320302030101330402030105616761696e0d0207010207010207010863726576617373650704020503040403020203020402050107676c6163696572060202010206040203010204010202010206010369636508020607020601046b65707401020201020201020201020201026d3010020202013111020202013212020202066f7261696e650504030503020301020503020503020301046e65766506020405020202020401057365726163050204020203020402030204050301020202020302036e6f7705020501040304040206020206010403040202756e05020201020603020601040203010204020206010477696e6407020401060204030102040502040106020403040606060610191b0b12070606180f1b1617');
CREATE TABLE IF NOT EXISTS 'words_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO words_idx VALUES(1,X'',2);
CREATE TABLE IF NOT EXISTS 'words_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO words_docsize VALUES(1,X'02');
INSERT INTO words_docsize VALUES(2,X'02');
INSERT INTO words_docsize VALUES(3,X'02');
INSERT INTO words_docsize VALUES(4,X'02');
INSERT INTO words_docsize VALUES(5,X'05');
INSERT INTO words_docsize VALUES(6,X'05');
INSERT INTO words_docsize VALUES(7,X'05');
INSERT INTO words_docsize VALUES(8,X'05');
INSERT INTO words_docsize VALUES(9,X'05');
INSERT INTO words_docsize VALUES(10,X'05');
INSERT INTO words_docsize VALUES(11,X'05');
INSERT INTO words_docsize VALUES(12,X'05');
INSERT INTO words_docsize VALUES(13,X'06');
INSERT INTO words_docsize VALUES(14,X'06');
INSERT INTO words_docsize VALUES(15,X'06');
INSERT INTO words_docsize VALUES(16,X'01');
INSERT INTO words_docsize VALUES(17,X'01');
INSERT INTO words_docsize VALUES(18,X'01');
CREATE TABLE IF NOT EXISTS 'words_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO words_config VALUES('version',4);
CREATE TABLE search_index (
  id        INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 2147483647),  -- 31 bits: see search_block.id
  dataset   INTEGER NOT NULL REFERENCES dataset (id) ON DELETE CASCADE,
  backbone  INTEGER NOT NULL REFERENCES backbone (id) ON DELETE CASCADE,
  revision  INTEGER NOT NULL,  -- of the dataset: once complete, the index is of what it held then
  state     TEXT    NOT NULL CHECK (state IN ('building', 'complete')),
  contents  INTEGER NOT NULL,  -- how many are in its blocks
  trained   INTEGER NOT NULL,  -- how many there were when the quantiser was trained
  changes   INTEGER NOT NULL,  -- one more with every change
  depth     TEXT    NOT NULL CHECK (json_valid(depth)),  -- how many candidates are scored, and which share of the nearest is among them
  quantizer BLOB    NOT NULL,  -- dimension, parts, axes of each (4 bytes each, little-endian), axes and centroids (float32)
  checksum  INTEGER NOT NULL,  -- CRC-32C of id, dataset, backbone, revision, complete, contents, trained, changes (8 bytes each, little-endian), depth and quantizer
  UNIQUE (dataset, backbone)
) STRICT;
INSERT INTO search_index VALUES(1,2,2,1,'complete',3,3,2,'{"candidates":30,"inside":1,"outside":1}',X'0400000002000000030000000100000050d547bf4e22b3be2298a53d2bf7023fd52a9abec4c3d7be0fae0abfd27a29bf664599bef5926a3d4796483f519c0abfbbd7eabeb8ae553f163496bed047a9bd802a173ef8317dbfe5cc6736802a173ef8317dbfe5cc6736802a173ef8317dbfe5cc6736802a173ef8317dbfe5cc6736802a173ef8317dbfe5cc6736802a173ef8317dbfe5cc67360a99d0bd2cab7ebf005569360a99d0bd2cab7ebf005569360a99d0bd2cab7ebf005569360a99d0bd2cab7ebf005569360a99d0bd2cab7ebf005569364f7f29bef9777cbffb6a69364f7f29bef9777cbffb6a69364f7f29bef9777cbffb6a69364f7f29bef9777cbffb6a69364f7f29bef9777cbffb6a69366d10aeb56d10aeb56d10aeb56d10aeb56d10aeb56d10aeb5f88badb5f88badb5f88badb5f88badb5f88badb55289acb55289acb55289acb55289acb55289acb5',2822269208);
CREATE TABLE search_block (
  id       INTEGER PRIMARY KEY,  -- search_index.id * 2^32 + the block's number, from 0
  contents BLOB    NOT NULL,     -- their numbers, 8 bytes each, little-endian
  codes    BLOB    NOT NULL,     -- groups of 64: for every two parts 64 bytes, of which byte 2j belongs to content j and byte 2j + 1 to content 32 + j
  checksum INTEGER NOT NULL      -- CRC-32C of id (8 bytes, little-endian), contents and codes
) STRICT;
INSERT INTO search_block VALUES(4294967296,X'100000000000000011000000000000001200000000000000',X'00006600bb0000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000',440424353);
CREATE TABLE transform (
  id               INTEGER PRIMARY KEY,
  name             TEXT    NOT NULL,
  version          INTEGER NOT NULL CHECK (version > 0),  -- 1, 2, … in each name
  digest           BLOB    NOT NULL CHECK (length(digest) = 32),  -- SHA-256 of specification, both fingerprints and weights
  specification    TEXT    NOT NULL CHECK (json_valid(specification)),  -- method, settings, source and target
  from_backbone    TEXT    NOT NULL,  -- whose features it takes: the name it had, and its fingerprint
  from_fingerprint BLOB    NOT NULL CHECK (length(from_fingerprint) = 32),
  to_backbone      TEXT    NOT NULL,  -- whose features it gives
  to_fingerprint   BLOB    NOT NULL CHECK (length(to_fingerprint) = 32),
  metrics          TEXT    NOT NULL CHECK (json_valid(metrics)),
  created          TEXT    NOT NULL,
  weights          BLOB    NOT NULL,  -- a safetensors file; last, so that the rest is read without it
  UNIQUE (name, version),
  UNIQUE (name, digest)
) STRICT;
INSERT INTO transform VALUES(1,'moments',1,X'3f932135f9cd253f0f7f52dd8b8863f08694a712721a47537f153ac27a395cd7','{"method":"moments","source":{"dataset":"made","revision":1},"target":{"dataset":"made","revision":1}}','clip',X'f27746327c09122320faee1bc676db4d4581ce8486fb897b93ab47627dabf9b3','clip',X'f27746327c09122320faee1bc676db4d4581ce8486fb897b93ab47627dabf9b3','{"coral":{"after":0,"before":0},"frechet":{"after":0,"before":0},"source_rows":3,"target_rows":3}','2026-11-26T19:39:32Z',X'08010000000000007b225f5f6d657461646174615f5f223a7b22656666656374223a226d6170222c22666f726d6174223a226669726e2d7472616e73666f726d222c22666f726d61745f76657273696f6e223a2231227d2c2263656e747265223a7b22646174615f6f666673657473223a5b302c31365d2c226474797065223a22463332222c227368617065223a5b345d7d2c226d6174726978223a7b22646174615f6f666673657473223a5b31362c38305d2c226474797065223a22463332222c227368617065223a5b342c345d7d2c227368696674223a7b22646174615f6f666673657473223a5b38302c39365d2c226474797065223a22463332222c227368617065223a5b345d7d7d202020200000a0400000c0400000e040000000410000803f000000000000000000000000000000000000803f000000000000000000000000000000000000803f000000000000000000000000000000000000803f0000a0400000c0400000e04000000041');
CREATE TRIGGER backbone_takes_its_embeddings BEFORE DELETE ON backbone
BEGIN DELETE FROM embedding WHERE id BETWEEN OLD.id << 40 AND (OLD.id << 40) | 1099511627775; END;
CREATE TRIGGER content_takes_its_embeddings BEFORE DELETE ON content
BEGIN DELETE FROM embedding WHERE id IN (SELECT (backbone.id << 40) | OLD.id FROM backbone); END;
CREATE INDEX item_state_content ON item_state (content);
CREATE VIEW embeddings (backbone, digest, vector) AS
SELECT backbone.name, content.digest, embedding.vector
FROM embedding
JOIN backbone ON backbone.id = embedding.id >> 40
JOIN content ON content.id = embedding.id & 1099511627775;
CREATE VIEW current_revision (dataset, number) AS
SELECT dataset, max(number) FROM revision WHERE state <> 'open' GROUP BY dataset;
CREATE VIEW items (dataset, item, text, metadata) AS
SELECT dataset.name, item.external_id, content.text, item_state.metadata
FROM item
JOIN dataset ON dataset.id = item.dataset
JOIN current_revision ON current_revision.dataset = item.dataset
JOIN item_state ON item_state.item = item.id
  AND item_state.since <= current_revision.number
  AND (item_state.until IS NULL OR item_state.until > current_revision.number)
JOIN content ON content.id = item_state.content;
CREATE VIEW item_embeddings (backbone, dataset, item, vector) AS
SELECT backbone.name, dataset.name, item.external_id, embedding.vector
FROM backbone
JOIN item
JOIN dataset ON dataset.id = item.dataset
JOIN current_revision ON current_revision.dataset = item.dataset
JOIN item_state ON item_state.item = item.id
  AND item_state.since <= current_revision.number
  AND (item_state.until IS NULL OR item_state.until > current_revision.number)
JOIN embedding ON embedding.id = (backbone.id << 40) | item_state.content;
CREATE VIEW labels (dataset, item, task, value) AS
SELECT dataset.name, item.external_id, task.name, label.value
FROM item
JOIN dataset ON dataset.id = item.dataset
JOIN current_revision ON current_revision.dataset = item.dataset
JOIN label ON label.item = item.id
  AND label.since <= current_revision.number
  AND (label.until IS NULL OR label.until > current_revision.number)
JOIN task ON task.id = label.task;
CREATE INDEX head_version_revision ON head_version (dataset, revision);
CREATE INDEX head_version_parent ON head_version (head, parent);
CREATE TRIGGER pruned_version_is_append_only BEFORE UPDATE ON pruned_version
BEGIN SELECT RAISE(ABORT, 'what was pruned stays pruned'); END;
CREATE TRIGGER pruned_version_keeps_its_entries BEFORE DELETE ON pruned_version
WHEN EXISTS (SELECT 1 FROM head WHERE id = OLD.head)
BEGIN SELECT RAISE(ABORT, 'what was pruned stays pruned'); END;
CREATE TRIGGER head_version_is_new BEFORE INSERT ON head_version
WHEN EXISTS (SELECT 1 FROM pruned_version WHERE head = NEW.head AND version = NEW.version)
BEGIN SELECT RAISE(ABORT, 'a version''s number is never given twice'); END;
CREATE TRIGGER head_version_is_immutable BEFORE UPDATE ON head_version
BEGIN SELECT RAISE(ABORT, 'a head version never changes'); END;
CREATE TRIGGER head_version_stays BEFORE DELETE ON head_version
WHEN EXISTS (SELECT 1 FROM head WHERE id = OLD.head)
  AND NOT EXISTS (SELECT 1 FROM pruned_version WHERE head = OLD.head AND version = OLD.version)
BEGIN SELECT RAISE(ABORT, 'a head version goes only with its head'); END;
CREATE INDEX alias_log_newest ON alias_log (head, alias, id);
CREATE TRIGGER alias_log_is_append_only BEFORE UPDATE ON alias_log
BEGIN SELECT RAISE(ABORT, 'the alias log is append-only'); END;
CREATE TRIGGER alias_log_keeps_its_entries BEFORE DELETE ON alias_log
WHEN EXISTS (SELECT 1 FROM head WHERE id = OLD.head)  -- the log goes with its head, and only so
BEGIN SELECT RAISE(ABORT, 'the alias log is append-only'); END
;
CREATE INDEX head_annotation_of_version ON head_annotation (head, version);
CREATE TRIGGER head_annotation_is_append_only BEFORE UPDATE ON head_annotation
BEGIN SELECT RAISE(ABORT, 'notes and tags are append-only'); END;
CREATE TRIGGER head_annotation_keeps_its_entries BEFORE DELETE ON head_annotation
WHEN EXISTS (SELECT 1 FROM head WHERE id = OLD.head)
BEGIN SELECT RAISE(ABORT, 'notes and tags are append-only'); END;
CREATE VIEW aliases (head, alias, version, created) AS
SELECT head.name, newest.alias, newest.version, newest.created
FROM alias_log AS newest
JOIN head ON head.id = newest.head
WHERE newest.version IS NOT NULL
  AND newest.id = (SELECT max(id) FROM alias_log WHERE head = newest.head AND alias = newest.alias);
CREATE VIEW tags (head, version, tag, created) AS
SELECT head.name, newest.version, newest.text, newest.created
FROM head_annotation AS newest
JOIN head ON head.id = newest.head
WHERE newest.kind = 'tag' AND newest.id = (
  SELECT id FROM head_annotation
  WHERE head = newest.head AND version = newest.version AND kind <> 'note' AND text = newest.text
  ORDER BY created DESC, id DESC LIMIT 1);
CREATE INDEX trial_of_head ON trial (head);
CREATE TRIGGER trial_is_immutable BEFORE UPDATE ON trial
BEGIN SELECT RAISE(ABORT, 'a trial never changes'); END;
CREATE TRIGGER head_takes_its_trials AFTER DELETE ON head
BEGIN DELETE FROM trial WHERE head = OLD.name; END;
CREATE TRIGGER content_gives_its_words AFTER INSERT ON content
BEGIN INSERT INTO words (rowid, text) VALUES (NEW.id, NEW.text); END;
CREATE TRIGGER content_takes_its_words AFTER DELETE ON content
BEGIN INSERT INTO words (words, rowid, text) VALUES ('delete', OLD.id, OLD.text); END;
CREATE TRIGGER search_index_takes_its_blocks BEFORE DELETE ON search_index
BEGIN DELETE FROM search_block WHERE id BETWEEN OLD.id << 32 AND (OLD.id << 32) | 4294967295; END;
CREATE INDEX transform_digest ON transform (digest);
CREATE TRIGGER transform_is_immutable BEFORE UPDATE ON transform
BEGIN SELECT RAISE(ABORT, 'a transform never changes'); END;
PRAGMA writable_schema=OFF;
COMMIT;
PRAGMA application_id = 1181315694; PRAGMA user_version = 7;
