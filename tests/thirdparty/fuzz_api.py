"""Asks a running service what its OpenAPI document says, in ways that fit it and ways that do not (schemathesis).

    python fuzz_api.py http://127.0.0.1:8787 [--examples 20]

The service must run without sign-in on invented data, with a large allowance (`--api-minute-count-max 100000`):
everything is tried, changes too. Checked of each answer: no 5xx, a content type that the document names, a body that
fits its schema. Exit code 0 if all holds.
"""

import argparse
import os
import subprocess
import sys

CHECKS = "not_a_server_error,content_type_conformance,response_schema_conformance"


def main():
    arguments = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    arguments.add_argument("service")
    arguments.add_argument("--examples", type=int, default=20)
    given = arguments.parse_args()
    program = os.path.join(os.path.dirname(sys.executable), "schemathesis")
    words = [program, "run", f"{given.service}/api/v1/openapi.json", "--checks", CHECKS, "--phases", "fuzzing"]
    words += ["--max-examples", str(given.examples), "--seed", "1", "--workers", "2", "--continue-on-failure"]
    # Without tokens that do not hold; and it cannot write lines of JSON.
    words += ["--generation-with-security-parameters", "false", "--exclude-operation-id", "addReports"]
    words += ["--generation-database", "none", "--suppress-health-check", "all", "--no-color"]
    return subprocess.run(words, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
