"""Reads a MISP feed as a server would, with PyMISP; and says what a detour through STIX would lose.

    python validate_misp.py FEED_DIR [--detour notice.stix.json]

- Every event is valid against PyMISP's `schema-lax.json` and loads into `MISPEvent`; writing it as a feed event
  again gives the same event.
- Every attribute has a type that MISP knows, in a category that the type may have, and `to_ids` only where the
  type's default is on; every object that MISP has a template for has only relations of it, with their types.
- `manifest.json` is what PyMISP makes of the events, and `hashes.csv` holds the MD5 of every value that is not
  deleted and of no other.

With `--detour`, `misp-stix` also makes an event of the notice's STIX bundle, and a table says what of the notice a
server would get that way, and what it gets from the feed (docs/misp.md holds it).

Exit code 0 if all holds, 1 if not, with one line for each thing that does not.
"""

import argparse
import collections
import copy
import hashlib
import json
import pathlib
import sys

import jsonschema
import pymisp
import stix2

DATA = pathlib.Path(pymisp.__file__).parent / "data"
TYPES = json.loads((DATA / "describeTypes.json").read_text())["result"]
SCHEMA = json.loads((DATA / "schema-lax.json").read_text())


def template(name):
    path = DATA / "misp-objects" / "objects" / name / "definition.json"
    return json.loads(path.read_text()) if path.exists() else None


def all_attributes(event):
    yield from event.get("Attribute", [])
    for one in event.get("Object", []):
        yield from one.get("Attribute", [])


def of_attribute(attribute):
    kind, category = attribute["type"], attribute["category"]
    if kind not in TYPES["types"]:
        yield f"{attribute['uuid']}: there is no type {kind}"
    elif kind not in TYPES["category_type_mappings"].get(category, []):
        yield f"{attribute['uuid']}: {kind} is no type of {category}"
    elif attribute["to_ids"] and not TYPES["sane_defaults"][kind]["to_ids"] and kind != "text":
        yield f"{attribute['uuid']}: {kind} is not looked for"


def of_object(one):
    known = template(one["name"])
    if known is None:
        known = own_template(one["name"])
    if known is None:
        yield f"{one['uuid']}: no template {one['name']}"
        return
    if one["template_uuid"] != known["uuid"] or int(one["template_version"]) > int(known["version"]):
        yield f"{one['uuid']}: not the template {one['name']} that MISP has"
    relations = {attribute["object_relation"] for attribute in one["Attribute"]}
    for attribute in one["Attribute"]:
        relation = known["attributes"].get(attribute["object_relation"])
        if relation is None or relation["misp-attribute"] != attribute["type"]:
            yield f"{one['uuid']}: {one['name']} has no {attribute['object_relation']} of {attribute['type']}"
        elif attribute["value"] not in relation.get("values_list", [attribute["value"]]):
            yield f"{one['uuid']}: {attribute['value']!r} is no value of {attribute['object_relation']}"
    if not set(known.get("required", [])) <= relations:
        yield f"{one['uuid']}: lacks {set(known['required']) - relations}"
    if known.get("requiredOneOf") and not relations & set(known["requiredOneOf"]):
        yield f"{one['uuid']}: lacks all of {known['requiredOneOf']}"


def own_template(name):
    root = pathlib.Path(__file__).resolve().parents[2]
    path = root / "schemas" / "misp" / name / "definition.json"
    return json.loads(path.read_text()) if path.exists() else None


def same(ours, theirs):
    """What PyMISP writes must say what we wrote; it may add defaults."""
    for kind in ("Attribute", "Object", "EventReport"):
        a = {one["uuid"]: one for one in ours.get(kind, [])}
        b = {one["uuid"]: one for one in theirs.get(kind, [])}
        if a.keys() != b.keys():
            yield f"{ours['uuid']}: PyMISP writes other {kind}: {sorted(a.keys() ^ b.keys())[:3]}"
            continue
        for uuid, one in a.items():
            for name in ("type", "category", "value", "to_ids", "disable_correlation", "name", "content"):
                if name in one and one[name] != b[uuid].get(name):
                    yield f"{uuid}: {name} {one[name]!r} becomes {b[uuid].get(name)!r}"


def check(folder):
    listed = manifest(folder)
    hashes = {tuple(line.split(",")) for line in (folder / "hashes.csv").read_text().split()}
    expected, made = set(), {}
    for uuid in listed:
        document = json.loads((folder / f"{uuid}.json").read_text())
        jsonschema.validate(document, SCHEMA)
        raw = document["Event"]
        event = pymisp.MISPEvent()
        event.load(copy.deepcopy(document))
        yield from same(raw, event.to_feed(valid_distributions=list(range(6)) + [str(one) for one in range(6)])["Event"])
        for attribute in all_attributes(raw):
            yield from of_attribute(attribute)
        for one in raw.get("Object", []):
            yield from of_object(one)
        alive = [one for one in event.attributes if not one.deleted]
        alive += [one for group in event.objects for one in group.attributes if not one.deleted]
        # PyMISP prints instants in a form of its own before it hashes them; a server hashes what the event says.
        plain = [one for one in alive if one.type != "datetime"]
        expected |= {(digest, uuid) for one in plain for digest in one.hash_values("md5")}
        moments = [one["value"] for one in all_attributes(raw) if one["type"] == "datetime" and not one["deleted"]]
        expected |= {(hashlib.md5(value.encode()).hexdigest(), uuid) for value in moments}
        made |= event.manifest
    if hashes != expected:
        yield f"hashes.csv: {sorted(hashes ^ expected)[:3]}"
    for uuid, entry in listed.items():
        theirs = {**made[uuid], "timestamp": str(made[uuid]["timestamp"])}
        for name in ("Orgc", "info", "date", "analysis", "threat_level_id", "timestamp"):
            if str(entry[name]) != str(theirs[name]):
                yield f"manifest {uuid}: {name} {entry[name]!r} becomes {theirs[name]!r}"
        tags = lambda one: [tag["name"] for tag in one["Tag"]]
        if tags(entry) != tags(theirs):
            yield f"manifest {uuid}: tags differ"
    print(f"{folder}: {len(listed)} events, {len(hashes)} hashes")


def told(event):
    """What an event tells, each thing as text, by kind."""
    counts = collections.defaultdict(set)
    counts["tags"] = {tag["name"] for tag in event.get("Tag", [])}
    counts["texts of the notice"] = {one["name"] for one in event.get("EventReport", [])}
    objects = event.get("Object", [])
    for one in objects:
        value = lambda relation: next(
            (str(m["value"]) for m in one["Attribute"] if m["object_relation"] == relation), None
        )
        match one["name"]:
            case "interpol-notice":
                counts["colour of the notice"].add(value("notice-color"))
            case "cap-info":
                counts["languages of the alert"].add(value("language"))
            case "scam-centre-incident":
                counts["incidents"].add(value("url"))
    values = {
        (one["value"], one["to_ids"])
        for one in all_attributes(event)
        if one["type"] in ("phone-number", "email", "domain", "url", "btc", "iban", "twitter-id")
        or one.get("object_relation") in ("username", "address-crypto")
    }
    counts["identifiers"] = {value for value, _ in values}
    counts["identifiers that tools look for"] = {value for value, to_ids in values if to_ids}
    counts["references between objects"] = {
        (reference["object_uuid"], reference["referenced_uuid"])
        for one in objects
        for reference in one.get("ObjectReference", [])
    }
    return counts


def detour(folder, bundle):
    """The notice as misp-stix makes it out of our STIX bundle, beside the event of the feed."""
    from misp_stix_converter import ExternalSTIX2toMISPParser

    parser = ExternalSTIX2toMISPParser()
    parser.load_stix_bundle(stix2.parse(json.loads(bundle.read_text()), allow_custom=True))
    parser.parse_stix_bundle(single_event=True)
    after = told(json.loads(parser.misp_event.to_json()))
    events = [json.loads((folder / f"{uuid}.json").read_text())["Event"] for uuid in manifest(folder)]
    before = told(next(one for one in events if "Notice" in one["info"]))
    everything = json.dumps(json.loads(parser.misp_event.to_json()))
    print("| what the notice tells | in the feed | after a detour through STIX |\n|---|---:|---:|")
    for kind in sorted(before):
        kept = len(before[kind] & after.get(kind, set()))
        somewhere = sum(json.dumps(str(one))[1:-1] in everything for one in before[kind])
        note = f" (as text somewhere: {somewhere})" if somewhere > kept else ""
        print(f"| {kind} | {len(before[kind])} | {kept}{note} |")


def manifest(folder):
    return json.loads((folder / "manifest.json").read_text())


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("feed", type=pathlib.Path)
    arguments.add_argument("--detour", type=pathlib.Path)
    given = arguments.parse_args()
    if given.detour:
        detour(given.feed, given.detour)
        return 0
    found = list(check(given.feed))
    for problem in found[:50]:
        print(problem, file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
