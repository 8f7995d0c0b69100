#!/usr/bin/env python3
"""Measures the exchange: import of a long bundle, and the TAXII 2.1 service against `medallion` in the same run.

    python bench/taxii.py --binary target/release/forewarn --medallion VENV/bin/medallion

Figures of ours are wall seconds and CPU seconds of the server; the peer gets as many objects as it can bear.
Standard library only, save for the peer. Only ratios carry over to other machines.
"""

import argparse
import base64
import http.client
import json
import os
import pathlib
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid

import sections

MEDIA_TYPE = "application/taxii+json;version=2.1"
PEER_OBJECTS = 1_000
PEER_ROOT, PEER_COLLECTION = "trustgroup1", "91a7b528-80eb-42ed-a74d-c6fbd5a26116"


def an_object(number):
    identifier = uuid.uuid5(uuid.NAMESPACE_URL, f"https://forewarn.example/{number}")
    kind = ("indicator", "attack-pattern", "campaign", "tool")[number % 4]
    made = {
        "type": kind,
        "spec_version": "2.1",
        "id": f"{kind}--{identifier}",
        "created": "2024-01-01T00:00:00.000Z",
        "modified": "2024-01-01T00:00:00.000Z",
        "name": f"number {number}",
        "description": "Invented. " * 30,
        "object_marking_refs": ["marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb"],
    }
    if kind == "indicator":
        made |= {
            "pattern": f"[domain-name:value = 'n{number}.example']",
            "pattern_type": "stix",
            "valid_from": "2024-01-01T00:00:00.000Z",
        }
    return made


class Client:
    def __init__(self, port, root, collection, credentials=None):
        self.port, self.base = port, f"/{root}/collections/{collection}/objects/"
        self.headers = {"Accept": MEDIA_TYPE, "Content-Type": MEDIA_TYPE, "Host": f"localhost:{port}"}
        if credentials:
            self.headers["Authorization"] = "Basic " + base64.b64encode(credentials.encode()).decode()
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=900)

    def ask(self, method, query="", body=None):
        self.connection.request(method, self.base + query, body, self.headers)
        answer = self.connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()

    def post(self, objects):
        body = json.dumps({"objects": objects}).encode()
        start = time.perf_counter()
        status, _, answer = self.ask("POST", body=body)
        spent = time.perf_counter() - start
        told = json.loads(answer)
        if status != 202 or told.get("failure_count"):
            sys.exit(f"bench: POST answered {status}: {answer[:300]}")
        return spent

    def drain(self, query, limit):
        """Reads everything, page by page; objects and seconds."""
        start, count, next_page = time.perf_counter(), 0, ""
        while True:
            status, _, answer = self.ask("GET", f"?limit={limit}{query}{next_page}")
            if status != 200:
                sys.exit(f"bench: GET answered {status}: {answer[:300]}")
            # Counted without building the objects, which would measure Python.
            count += answer.count(b'"spec_version"')
            tail = answer[:200] + answer[-200:]
            if b'"more":true' not in tail and b'"more": true' not in tail:
                return count, time.perf_counter() - start
            told = answer[:200] if b'"next"' in answer[:200] else answer[-200:]
            mark = told.split(b'"next"', 1)[1].split(b'"')[1].decode()
            next_page = f"&next={mark}"

    def page(self, query, runs=20):
        spent = []
        for _ in range(runs):
            start = time.perf_counter()
            status, _, _ = self.ask("GET", query)
            spent.append(time.perf_counter() - start)
            if status != 200:
                sys.exit(f"bench: GET {query} answered {status}")
        return statistics.median(spent)


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(port):
    for _ in range(600):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("bench: the server does not listen")


def cpu_of(process):
    with open(f"/proc/{process.pid}/stat", encoding="ascii") as stat:
        fields = stat.read().rsplit(") ", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def imports(binary, work, count):
    bundle = work / "bundle.json"
    with bundle.open("w", encoding="utf-8") as out:
        out.write('{"type":"bundle","id":"bundle--00000000-0000-4000-8000-000000000001","objects":[')
        for number in range(count):
            out.write(("," if number else "") + json.dumps(an_object(number)))
        out.write("]}")
    command = [binary, "share", "import", str(bundle), "--data", str(work / "import"), "--quiet"]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"bench: import ended with {process.returncode}")
    spent, cpu = time.perf_counter() - start, usage.ru_utime + usage.ru_stime
    size = bundle.stat().st_size / 1e6
    yield (f"import of {count:,} objects, {size:.0f} MB", f"{spent:.2f} s", f"{cpu:.2f} s",
           f"{count / cpu:,.0f} objects per CPU s", f"{usage.ru_maxrss / 1024:.0f} MiB at most", "")


def ours(binary, work, large):
    data = work / "serve"
    add = [binary, "share", "collections", "--add", "main", "--tlp", "AMBER", "--data", str(data)]
    subprocess.run(add, check=True, stdout=subprocess.DEVNULL)
    port = free_port()
    command = [binary, "serve", "--no-sign-in", "--listen", f"127.0.0.1:{port}", "--data", str(data)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        client = Client(port, "taxii2/forewarn", "main")
        before = cpu_of(process)
        spent = client.post([an_object(number) for number in range(10_000)])
        cpu = cpu_of(process) - before
        yield "post", 10_000, spent, cpu
        before = cpu_of(process)
        rounds = [client.drain("", 5_000) for _ in range(5)]
        cpu = (cpu_of(process) - before) / len(rounds)
        yield "drain", rounds[0][0], statistics.median(spent for _, spent in rounds), cpu
        before = cpu_of(process)
        rounds = [client.drain("&match[type]=indicator", 5_000) for _ in range(5)]
        cpu = (cpu_of(process) - before) / len(rounds)
        yield "drain by type", rounds[0][0], statistics.median(spent for _, spent in rounds), cpu
        yield "page of 100 of 10,000", 100, client.page("?limit=100"), 0
        known = 10_000
        while known < large:
            client.post([an_object(number) for number in range(known, min(known + 20_000, large))])
            known = min(known + 20_000, large)
        yield f"page of 100 of {large:,}", 100, client.page("?limit=100"), 0
        yield f"page of 100 by type of {large:,}", 100, client.page("?limit=100&match[type]=tool"), 0
        _, headers, _ = client.ask("GET", "?limit=1")
        one = an_object(large // 2)["id"]
        yield f"one by id of {large:,}", 1, client.page(f"{one}/"), 0
    finally:
        process.terminate()
        process.wait()


def peer(medallion, work):
    config = {
        "backend": {"module": "medallion.backends.memory_backend", "module_class": "MemoryBackend", "filename": str(work / "peer.json")},
        "users": {"u": "p"},
        "taxii": {"max_page_size": 100_000},
        "multiprocess": False,
    }
    data = {
        "/discovery": {"title": "peer", "default": f"http://localhost/{PEER_ROOT}/", "api_roots": []},
        PEER_ROOT: {
            "information": {"title": "peer", "versions": [MEDIA_TYPE], "max_content_length": 104857600},
            "status": [],
            "collections": [{
                "id": PEER_COLLECTION, "title": "main", "can_read": True, "can_write": True,
                "media_types": ["application/stix+json;version=2.1"], "manifest": [], "objects": [],
            }],
        },
    }
    (work / "peer.json").write_text(json.dumps(data))
    (work / "config.json").write_text(json.dumps(config))
    port = free_port()
    command = [medallion, "--port", str(port), "--log-level", "ERROR", str(work / "config.json")]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_for(port)
        client = Client(port, PEER_ROOT, PEER_COLLECTION, "u:p")
        spent = client.post([an_object(number) for number in range(PEER_OBJECTS)])
        yield "post", PEER_OBJECTS, spent
        yield "drain", *client.drain("", PEER_OBJECTS)
        yield "page of 100", 100, client.page("?limit=100", runs=1)
    finally:
        process.terminate()
        process.wait()


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--binary", required=True)
    arguments.add_argument("--medallion", help="the peer's program; without it, ours alone")
    arguments.add_argument("--import-objects", type=int, default=150_000)
    arguments.add_argument("--large", type=int, default=200_000, help="objects of the large collection")
    told = arguments.parse_args()
    work = pathlib.Path(tempfile.mkdtemp(prefix="forewarn-taxii-"))
    try:
        rows = list(imports(told.binary, work, told.import_objects))
        for what, count, spent, cpu in ours(told.binary, work, told.large):
            rate = f"{count / spent:,.0f} objects/s"
            rows.append((f"TAXII: {what}", f"{spent * 1000:.1f} ms", f"{cpu:.2f} s" if cpu else "", rate, "", ""))
        if told.medallion:
            for what, count, spent in peer(told.medallion, work):
                rate = f"{count / spent:,.0f} objects/s"
                rows.append((f"medallion: {what} of {PEER_OBJECTS:,}", f"{spent * 1000:.1f} ms", "", rate, "", ""))
    finally:
        shutil.rmtree(work)
    text = "Objects are invented, about 700 bytes each. The peer is OASIS's example server (memory backend).\n\n"
    sections.put("Exchange over TAXII", text + sections.table(["what", "wall", "CPU", "rate", "memory"], [row[:5] for row in rows]))


if __name__ == "__main__":
    main()
