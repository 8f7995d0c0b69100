"""Checks a CAP 1.2 message with `capvalidator`, which carries the OASIS schema.

    python validate_cap.py notice.cap.xml [--signed]

The schema is always checked; the enveloped signature only with `--signed`. Also: every `info` has a
language of its own, and no text stands between elements (capvalidator takes it out before it verifies a
signature, others do not).

Exit code 0 if all holds, 1 if not, with one line for each thing that does not.
"""

import argparse
import pathlib
import sys

import capvalidator
from lxml import etree

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"


def problems(message, signed):
    schema = capvalidator.check_schema(message)
    if not schema.passed:
        yield f"schema: {schema.message}"
        return
    if signed:
        signature = capvalidator.check_signature(message)
        if not signature.passed:
            yield f"signature: {signature.message}"
    alert = etree.fromstring(message, etree.XMLParser(resolve_entities=False, no_network=True))
    languages = [info.findtext(f"{CAP}language", "en-US") for info in alert.iter(f"{CAP}info")]
    if len(set(languages)) != len(languages):
        yield f"languages: {languages} has one twice"
    spaced = [
        element.tag
        for element in alert.iter()
        if element.tail is not None or (len(element) and element.text is not None)
    ]
    if spaced:
        yield f"text between elements, {len(spaced)} times, first at {spaced[0]}"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("message", type=pathlib.Path)
    arguments.add_argument("--signed", action="store_true")
    given = arguments.parse_args()
    found = list(problems(given.message.read_bytes(), given.signed))
    for problem in found:
        print(f"{given.message}: {problem}", file=sys.stderr)
    if not found:
        print(f"{given.message}: valid CAP 1.2")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
