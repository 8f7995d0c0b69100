#!/usr/bin/env python3
"""The baseline of `forewarn ingest --no-assess`: what one would write by hand with Python's standard library.

Reads JSON Lines, hashes title and text, and puts new texts and their sightings into SQLite in WAL mode with
synchronous=FULL, a thousand in a transaction: the same promise as Forewarn's.
"""

import hashlib
import json
import sqlite3
import sys


def main():
    source, target = sys.argv[1:3]
    store = sqlite3.connect(target, isolation_level=None)
    store.execute("PRAGMA journal_mode=WAL")
    store.execute("PRAGMA synchronous=FULL")
    store.execute("CREATE TABLE report (id BLOB PRIMARY KEY, title TEXT, body TEXT) WITHOUT ROWID")
    store.execute("CREATE TABLE sighting (report BLOB, source TEXT, external_id TEXT, UNIQUE (report, source, external_id))")
    batch = []

    def flush():
        store.execute("BEGIN IMMEDIATE")
        store.executemany("INSERT OR IGNORE INTO report VALUES (?, ?, ?)", [row[:3] for row in batch])
        store.executemany("INSERT OR IGNORE INTO sighting VALUES (?, ?, ?)", [(row[0], source, row[3]) for row in batch])
        store.execute("COMMIT")
        batch.clear()

    with open(source, encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            text = record["title"] + "\0" + record["text"]
            batch.append((hashlib.sha256(text.encode()).digest()[:20], record["title"], record["text"], record["id"]))
            if len(batch) == 1000:
                flush()
    flush()
    print(store.execute("SELECT count(*) FROM report").fetchone()[0])


if __name__ == "__main__":
    main()
