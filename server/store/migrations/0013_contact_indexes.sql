-- Every index is paid for with each row of an import, so there are as few and as narrow ones as the lists need.

-- Words come folded and parted by blanks already, none stands behind another in a question, and short beginnings that many words have
-- are looked for in the contacts themselves.
DROP TABLE contact_words;
CREATE VIRTUAL TABLE contact_words USING fts5 (
    words,
    content = '',
    contentless_delete = 1,
    detail = 'none',
    tokenize = 'ascii'
);
INSERT INTO contact_words (rowid, words) SELECT id, words FROM contacts;

-- Each of these has few values and is asked for by few filters: one index finds the few that meet any of them, together or alone.
DROP INDEX contacts_by_kind;
DROP INDEX contacts_by_way;
DROP INDEX contacts_no_bulk;
DROP INDEX contacts_by_reach;
CREATE INDEX contacts_by_traits ON contacts (kind, nature, coalesce(obtained_way, ''), no_bulk, (email = ''), (phone = ''));
