"""Asks SQLite FTS5: database, texts (id, author, body), questions (query, author). Prints milliseconds, one line a question."""

import sqlite3
import sys
import time

database, texts, questions = sys.argv[1:4]
connection = sqlite3.connect(database)
connection.execute("PRAGMA journal_mode = WAL")
connection.execute("CREATE TABLE texts (id INTEGER PRIMARY KEY, author INTEGER)")
connection.execute("CREATE VIRTUAL TABLE words USING fts5 (body, content = '', prefix = '5')")
with open(texts, encoding="utf-8") as lines:
    for line in lines:
        number, author, body = line.rstrip("\n").split("\t")
        connection.execute("INSERT INTO texts VALUES (?, ?)", (int(number), int(author)))
        connection.execute("INSERT INTO words (rowid, body) VALUES (?, ?)", (int(number), body))
connection.commit()
connection.execute("INSERT INTO words (words) VALUES ('optimize')")
connection.commit()

PLAIN = "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid DESC LIMIT 61"
FILTERED = """SELECT w.rowid FROM words w JOIN texts t ON t.id = w.rowid
              WHERE words MATCH ? AND t.author = ? ORDER BY w.rowid DESC LIMIT 61"""
with open(questions, encoding="utf-8") as lines:
    for line in lines:
        query, author = line.rstrip("\n").split("\t")
        begin = time.perf_counter()
        if author:
            connection.execute(FILTERED, (query, int(author))).fetchall()
        else:
            connection.execute(PLAIN, (query,)).fetchall()
        print((time.perf_counter() - begin) * 1000)
