"""Reads the public feeds as their readers do, with feedparser, and holds them against RFC 4287.

    python validate_feed.py feed.en.atom feed.ar.atom …
"""

import datetime
import sys
import uuid

import feedparser
from lxml import etree, html

ATOM = "{http://www.w3.org/2005/Atom}"


def findings(path):
    data = open(path, "rb").read()
    parsed = feedparser.parse(data)
    if parsed.bozo:
        yield f"feedparser stumbles: {parsed.bozo_exception}"
    if parsed.version != "atom10":
        yield f"it is {parsed.version}, expected atom10"
    feed = etree.fromstring(data)
    one_each = [(feed, ("id", "title", "updated"))]
    one_each += [(entry, ("id", "title", "updated", "author", "content")) for entry in feed.iter(ATOM + "entry")]
    for element, names in one_each:
        for name in names:
            if len(element.findall(ATOM + name)) != 1:
                yield f"{element.tag} has not exactly one {name} (RFC 4287, 4.1)"
        uuid.UUID(element.findtext(ATOM + "id").removeprefix("urn:uuid:"))
        datetime.datetime.fromisoformat(element.findtext(ATOM + "updated"))
    ids = [entry.id for entry in parsed.entries]
    if len(set(ids)) != len(ids):
        yield "two entries have one id (4.2.6)"
    times = [entry.updated for entry in parsed.entries]
    if times != sorted(times, reverse=True) or times and times[0] != parsed.feed.updated:
        yield "the feed does not tell when it last changed (4.2.15)"
    for entry in parsed.entries:
        article = html.fromstring(entry.content[0].value)
        if not article.text_content().strip() or entry.author == "":
            yield f"{entry.id} says nothing"
        if article.xpath("//script|//@onclick|//img|//iframe"):
            yield f"{entry.id} holds what loads or runs"


def main():
    count = 0
    for path in sys.argv[1:]:
        for what in findings(path):
            print(f"{path}: {what}")
            count += 1
    print(f"{len(sys.argv) - 1} feeds: {count} findings")
    sys.exit(1 if count else 0)


main()
