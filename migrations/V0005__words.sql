-- The words of every text, for FTS5: an index beside the texts, which it does not hold a second time. Any SQLite client can ask it, as in
-- SELECT rowid, bm25(words) FROM words WHERE words MATCH 'text editor' ORDER BY rank, where rowid is content.id.
--
-- Triggers keep it in step with the contents, which come and go but never change.

CREATE VIRTUAL TABLE words USING fts5(
  text, content = 'content', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2');

CREATE TRIGGER content_gives_its_words AFTER INSERT ON content
BEGIN INSERT INTO words (rowid, text) VALUES (NEW.id, NEW.text); END;

CREATE TRIGGER content_takes_its_words AFTER DELETE ON content
BEGIN INSERT INTO words (words, rowid, text) VALUES ('delete', OLD.id, OLD.text); END;

INSERT INTO words (words) VALUES ('rebuild');
