"""Asks a running service what its OpenAPI document says, in ways that fit it and ways that do not (schemathesis).

    python fuzz_api.py --binary target/debug/forewarn --data DATA [--examples 20]
    python fuzz_api.py --service http://127.0.0.1:8787

With a binary it starts the service itself, on a copy of the data. A service that runs already must run without sign-in on invented data, with a large allowance (`--api-minute-count-max 100000`):
everything is tried, changes too. Ids in paths are those of things that are there, so that operations are reached; the rest is
made up. Checked of each answer: no 5xx, a content type that the document names, a body that
fits its schema. Exit code 0 if all holds.
"""

import argparse
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request

CHECKS = "not_a_server_error,content_type_conformance,response_schema_conformance"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("--service")
    arguments.add_argument("--binary")
    arguments.add_argument("--data")
    arguments.add_argument("--examples", type=int, default=20)
    given = arguments.parse_args()
    if given.service:
        return fuzz(given.service, given.examples)
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        listen = f"127.0.0.1:{free.getsockname()[1]}"
        free.close()
        data = shutil.copytree(given.data, os.path.join(folder, "data"))
        words = [given.binary, "serve", "--no-sign-in", "--data", data, "--listen", listen]
        service = subprocess.Popen([*words, "--api-minute-count-max", "100000"], stderr=subprocess.DEVNULL)
        try:
            wait(f"http://{listen}/readyz")
            return fuzz(f"http://{listen}", given.examples)
        finally:
            service.terminate()
            service.wait(30)


def wait(address):
    for _ in range(600):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.1)
    sys.exit(f"{address} does not answer")


# The list whose first thing stands for the name in a path below it, and what that thing is called by.
LISTS = {
    "alarms": ("alarms", "id"),
    "campaigns": ("campaigns", "id"),
    "reports": ("reports", "id"),
    "incidents/claims": ("incidents/claims?all=true", "id"),
    "incidents": ("incidents", "id"),
    "notices": ("notices", "number"),
    "received": ("notices", "number"),
    "members": ("members", "id"),
    "exchange/partners": ("exchange/partners", "id"),
    "users": ("users", "name"),
}


def known(service):
    """A configuration with the names of things that are there."""
    with urllib.request.urlopen(f"{service}/api/v1/openapi.json", timeout=30) as answer:
        paths = json.load(answer)["paths"]
    lines = []
    for path in paths:
        below = path.removeprefix("/api/v1/")
        place = next((place for place in LISTS if below.startswith(f"{place}/{{")), None)
        if place is None:
            continue
        question, member = LISTS[place]
        with urllib.request.urlopen(f"{service}/api/v1/{question}", timeout=60) as answer:
            things = json.load(answer)["items"]
        if things:
            name = below[len(place) + 2 :].split("}")[0]
            lines += ["[[operations]]", f"include-path = {json.dumps(path)}"]
            lines += [f"parameters = {{ {json.dumps('path.' + name)} = {json.dumps(things[0][member])} }}", ""]
    return "\n".join(lines)


def fuzz(service, examples):
    with tempfile.NamedTemporaryFile("w", suffix=".toml") as config:
        config.write(known(service))
        config.flush()
        return run(service, examples, config.name)


def run(service, examples, config):
    program = os.path.join(os.path.dirname(os.path.abspath(sys.executable)), "schemathesis")
    words = [program, "--config-file", config, "run", f"{service}/api/v1/openapi.json", "--checks", CHECKS, "--phases", "fuzzing"]
    words += ["--max-examples", str(examples), "--seed", "1", "--workers", "2", "--continue-on-failure"]
    # Without tokens that do not hold; and it cannot write lines of JSON.
    words += ["--generation-with-security-parameters", "false", "--exclude-operation-id", "addReports"]
    words += ["--generation-database", "none", "--suppress-health-check", "all", "--no-color"]
    # The first PDF of a debug build.
    words += ["--request-timeout", "60"]
    # It keeps notes of its runs in the folder in which it works.
    with tempfile.TemporaryDirectory() as folder:
        return subprocess.run(words, check=False, cwd=folder).returncode


if __name__ == "__main__":
    sys.exit(main())
