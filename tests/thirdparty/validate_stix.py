"""Checks a STIX 2.1 bundle with other people's tools.

    python validate_stix.py notice.stix.json [--schemas schemas/stix]

- `stix2-validator`: the OASIS schemas, the rules that only prose states, and our extension schemas; its
  recommendations count as errors, save those listed in NOT_FOLLOWED.
- `stix2`: every object parses with custom content refused, and every observable has the id that its
  properties give it (STIX 2.1, section 2.9).
- Every reference points into the bundle, and a changed extension value is refused (so the schemas of the
  extensions are really in force).

Exit code 0 if all holds, 1 if not, with one line for each thing that does not.
"""

import argparse
import copy
import json
import pathlib
import sys

import stix2
from stix2validator import ValidationOptions, validate_parsed_json

# Recommendations that we do not follow, and why.
NOT_FOLLOWED = {
    "uuid-check": "ids of domain objects are UUIDv5 in our own namespace, so that the same notice has the same ids",
    "extref-hashes": "we refer to pages of publishers, which change; we have no hash of them",
    "account-type": "an open vocabulary, which lacks messengers, telephone numbers, wallets and bank accounts",
}

HERE = pathlib.Path(__file__).resolve().parent
SCHEMAS = HERE.parent.parent / "schemas" / "stix"


def validate(bundle, schemas):
    options = ValidationOptions(
        version="2.1", schema_dir=str(schemas), strict=True, disabled=",".join(NOT_FOLLOWED)
    )
    result = validate_parsed_json(bundle, options)
    found = [str(error) for error in result.errors]
    return result.is_valid, found


def observable_ids(bundle):
    for one in bundle["objects"]:
        parsed = stix2.parse(one, allow_custom=False, version="2.1")
        if isinstance(parsed, stix2.v21._Observable):
            properties = {name: value for name, value in one.items() if name != "id"}
            expected = stix2.parse(properties, allow_custom=False, version="2.1").id
            if expected != one["id"]:
                yield f"{one['id']}: the properties give {expected}"


def references(value):
    if isinstance(value, dict):
        for name, member in value.items():
            if name.endswith("_ref") and isinstance(member, str):
                yield name, member
            elif name.endswith("_refs"):
                yield from ((name, ref) for ref in member)
            else:
                yield from references(member)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def dangling(bundle):
    known = {one["id"] for one in bundle["objects"]}
    for one in bundle["objects"]:
        for name, ref in references(one):
            # The notice that this one replaces was sent before, in a bundle of its own.
            if ref not in known and name != "supersedes_ref":
                yield f"{one['id']}: {name} {ref} is not in the bundle"


def unenforced(bundle, schemas):
    """Spoils one value of each extension of ours and expects a refusal."""
    known = {path.stem for path in schemas.glob("extension-definition--*.json")}
    for extension in sorted(known):
        carrier = next((one for one in bundle["objects"] if extension in one.get("extensions", {})), None)
        if carrier is None:
            continue
        spoiled = copy.deepcopy(carrier)
        spoiled["extensions"][extension]["unheard_of"] = 1
        before, after = (validate(one, schemas)[0] for one in (carrier, spoiled))
        if not before or after:
            yield f"{extension}: its schema is not in force"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("bundle", type=pathlib.Path)
    arguments.add_argument("--schemas", type=pathlib.Path, default=SCHEMAS)
    given = arguments.parse_args()
    bundle = json.loads(given.bundle.read_text(encoding="utf-8"))

    valid, problems = validate(bundle, given.schemas)
    if not valid and not problems:
        problems = ["stix2-validator refuses the bundle"]
    try:
        stix2.parse(bundle, allow_custom=False, version="2.1")
        problems += observable_ids(bundle)
    except (stix2.exceptions.STIXError, ValueError) as error:
        problems.append(f"stix2: {error}")
    problems += dangling(bundle)
    problems += unenforced(bundle, given.schemas)
    for problem in problems:
        print(f"{given.bundle}: {problem}", file=sys.stderr)
    if not problems:
        print(f"{given.bundle}: {len(bundle['objects'])} objects, valid STIX 2.1")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
