"""Walks the TAXII 2.1 service of a running Forewarn with other people's clients.

    python check_taxii.py --binary target/debug/forewarn --data DIR [--bundle FILE]
    python check_taxii.py --address http://127.0.0.1:8787 [--user NAME --password TOKEN] [--collection main]

The first form serves a data folder itself, without sign-in, and adds the collection that is written to.

- `taxii2-client`: discovery, API root, collections, add, status, objects, filters, pages, by id, versions, manifest,
  delete.
- `stix2`: its TAXIICollectionStore adds and reads, and every object that comes back parses.
- `stix2-validator`: every object that comes back of those that were added is valid.
- With `--bundle`: a bundle of ours goes in and comes out as it was.

Exit code 0 if all holds, 1 if not, with one line for each thing that does not.
"""

import argparse
import datetime
import json
import pathlib
import re
import subprocess
import sys
import uuid

import requests
import stix2
from stix2validator import ValidationOptions, validate_parsed_json
from taxii2client.exceptions import TAXIIServiceException
from taxii2client.v21 import Server, as_pages

MEDIA_TYPE = "application/taxii+json;version=2.1"


def indicator(number, modified):
    return {
        "type": "indicator",
        "spec_version": "2.1",
        "id": f"indicator--{uuid.uuid5(uuid.NAMESPACE_URL, f'https://forewarn.example/{number}')}",
        "created": "2024-01-01T00:00:00.000Z",
        "modified": modified,
        "name": f"number {number}",
        "indicator_types": ["anomalous-activity"],
        "pattern": f"[domain-name:value = 'n{number}.example']",
        "pattern_type": "stix",
        "valid_from": "2024-01-01T00:00:00.000Z",
    }


class Walk:
    def __init__(self, given):
        self.given = given
        self.problems = []
        credentials = {"user": given.user, "password": given.password} if given.password else {}
        self.server = Server(f"{given.address}/taxii2/", **credentials)
        self.auth = (given.user, given.password) if given.password else None

    def hold(self, what, holds):
        if not holds:
            self.problems.append(what)

    def collection(self):
        self.hold("discovery has a title", bool(self.server.title))
        root = self.server.default
        self.hold("the default API root is one of them", any(root.url == one.url for one in self.server.api_roots))
        self.hold("the API root speaks TAXII 2.1", any("2.1" in version for version in root.versions))
        self.hold("it says how much it takes", root.max_content_length > 0)
        found = [one for one in root.collections if one._raw.get("alias") == self.given.collection]
        if not found:
            raise SystemExit(f"there is no collection {self.given.collection}")
        return root, found[0]

    def walk(self):
        root, collection = self.collection()
        before = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=1)
        first = [indicator(number, "2024-01-01T00:00:00.000Z") for number in range(25)]
        later = [indicator(number, "2024-02-01T00:00:00.000Z") for number in range(5)]
        for objects in (first, later):
            status = collection.add_objects({"objects": objects})
            self.hold("every object is taken", status.status == "complete" and status.success_count == len(objects))
            self.hold("the status stays", root.get_status(status.id).success_count == len(objects))
        ids = {one["id"] for one in first}

        mine = lambda envelope: [one for one in envelope.get("objects", []) if one["id"] in ids]
        latest = mine(collection.get_objects())
        self.hold("one version of each object", len(latest) == 25)
        self.hold("the latest one", sum(one["modified"] > "2024-01-15" for one in latest) == 5)
        self.hold("all versions", len(mine(collection.get_objects(version="all"))) == 30)
        self.hold("first versions", all(
            one["modified"] < "2024-01-15" for one in mine(collection.get_objects(version="first"))))
        self.hold("by type", not mine(collection.get_objects(type="tool")))
        self.hold("by types", len(mine(collection.get_objects(type=["indicator", "tool"]))) == 25)
        self.hold("by id", len(mine(collection.get_objects(id=first[7]["id"]))) == 1)
        self.hold("by version of STIX", not mine(collection.get_objects(spec_version="2.0")))
        self.hold("added after", len(mine(collection.get_objects(added_after=before))) == 25)
        soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(minutes=1)
        self.hold("added after now", not mine(collection.get_objects(added_after=soon)))

        pages = list(as_pages(collection.get_objects, per_request=10))
        paged = [one for page in pages for one in mine(page)]
        self.hold("pages hold each object once", len(paged) == 25 and len({one["id"] for one in paged}) == 25)
        self.hold("pages are as small as asked", all(len(page.get("objects", [])) <= 10 for page in pages))

        one = collection.get_object(first[0]["id"])["objects"]
        self.hold("an object by its id", one == [later[0]])
        versions = collection.object_versions(first[0]["id"])["versions"]
        self.hold("its versions", len(versions) == 2)
        manifest = [entry for page in as_pages(collection.get_manifest, per_request=7)
                    for entry in page.get("objects", []) if entry["id"] in ids]
        self.hold("the manifest lists each", len(manifest) == 25)
        self.hold("with its media type", all("stix+json" in entry["media_type"] for entry in manifest))

        store = stix2.TAXIICollectionStore(collection)
        read = store.get(first[1]["id"])
        self.hold("stix2 reads it", read is not None and read.pattern == first[1]["pattern"])
        found = store.query([stix2.Filter("type", "=", "indicator")])
        self.hold("stix2 finds them", len([one for one in found if one.id in ids]) >= 25)
        for one in latest:
            if not validate_parsed_json(one, ValidationOptions(version="2.1")).is_valid:
                self.problems.append(f"{one['id']}: stix2-validator refuses it")

        bad = collection.add_objects({"objects": [{"type": "indicator", "id": "indicator--1"}]})
        self.hold("what is broken is refused with a reason", bad.failure_count == 1 and bad.failures[0]["message"])
        collection.delete_object(first[0]["id"])
        self.hold("a version is gone", len(collection.object_versions(first[0]["id"])["versions"]) == 1)
        for one in first:
            for _ in range(2):
                try:
                    collection.delete_object(one["id"])
                except requests.HTTPError:
                    break
        self.hold("nothing is left", not mine(collection.get_objects(version="all")))

    def errors(self):
        address = f"{self.given.address}/taxii2/"
        root = f"{address}forewarn/"
        objects = f"{root}collections/{self.given.collection}/objects/"
        for method, url, headers, body, status in [
            ("GET", address, {"Accept": "application/taxii+json;version=2.0"}, None, 406),
            ("GET", address, {"Accept": "text/html"}, None, 406),
            ("GET", f"{root}nothing/", {"Accept": MEDIA_TYPE}, None, 404),
            ("GET", f"{root}collections/nothing/objects/", {"Accept": MEDIA_TYPE}, None, 404),
            ("GET", f"{objects}?limit=x", {"Accept": MEDIA_TYPE}, None, 400),
            ("POST", objects, {"Accept": MEDIA_TYPE, "Content-Type": "application/json"}, "{}", 415),
            ("POST", objects, {"Accept": MEDIA_TYPE, "Content-Type": MEDIA_TYPE}, "{", 422),
        ]:
            answer = requests.request(method, url, headers=headers, data=body, auth=self.auth, timeout=30)
            self.hold(f"{method} {url} gives {status}, not {answer.status_code}", answer.status_code == status)
            self.hold(f"{url}: the error is a TAXII error", "title" in answer.json())
        if self.auth:
            for auth in (None, (self.given.user, "wrong"), ("somebody", self.given.password)):
                answer = requests.get(address, headers={"Accept": MEDIA_TYPE}, auth=auth, timeout=30)
                self.hold("who is not known does not come in", answer.status_code == 401)
            bearer = {"Accept": MEDIA_TYPE, "Authorization": f"Bearer {self.given.password}"}
            self.hold("a bearer token does", requests.get(address, headers=bearer, timeout=30).status_code == 200)

    def bundle(self, path):
        _, collection = self.collection()
        sent = json.loads(path.read_text(encoding="utf-8"))["objects"]
        status = collection.add_objects({"objects": sent})
        self.hold(f"{path}: all is taken: {status.failures}", status.failure_count == 0)
        back = {}
        for page in as_pages(collection.get_objects, per_request=100, version="all"):
            for one in page.get("objects", []):
                stix2.parse(one, allow_custom=False, version="2.1")
                back[one["id"], one.get("modified")] = one
        for one in sent:
            if back.get((one["id"], one.get("modified"))) != one:
                self.problems.append(f"{one['id']}: it came back otherwise, or not at all")


def serve(binary, data, collection):
    """The process, and its address as it tells it."""
    add = [binary, "share", "collections", "--add", collection, "--tlp", "AMBER+STRICT", "--data", data]
    subprocess.run(add, check=True, stdout=subprocess.DEVNULL)
    command = [binary, "serve", "--no-sign-in", "--listen", "127.0.0.1:0", "--data", data]
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    for line in process.stderr:
        found = re.search(r"http://[0-9.:]+", line)
        if found:
            return process, found.group()
    raise SystemExit(f"{binary} does not serve {data}")


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--address")
    arguments.add_argument("--binary")
    arguments.add_argument("--data")
    arguments.add_argument("--user")
    arguments.add_argument("--password")
    arguments.add_argument("--collection", default="main")
    arguments.add_argument("--bundle", type=pathlib.Path)
    given = arguments.parse_args()
    process = None
    if given.binary:
        process, given.address = serve(given.binary, given.data, given.collection)
    try:
        walk = Walk(given)
        try:
            walk.walk()
            walk.errors()
            if given.bundle:
                walk.bundle(given.bundle)
        except (TAXIIServiceException, requests.RequestException, stix2.exceptions.STIXError) as error:
            walk.problems.append(f"{type(error).__name__}: {error}")
    finally:
        if process:
            process.terminate()
            process.wait()
    for problem in walk.problems:
        print(f"{given.address}: {problem}", file=sys.stderr)
    if not walk.problems:
        print(f"{given.address}: taxii2-client, stix2 and stix2-validator agree with it")
    return 1 if walk.problems else 0


if __name__ == "__main__":
    sys.exit(main())
