#!/usr/bin/env python3
"""Private matching: ours beside OpenMined PSI, on the same values in one run, in CPU seconds and bytes a value.

    cargo build --release -p forewarn-privacy --example matching_speed
    pip install openmined.psi
    bench/matching.py target/release/examples/matching_speed --count 100000

Both sides of an exchange are computed in one process: question, answer with the other list, intersection. Each is run
several times in turn; what is printed are medians. Ours proves that one key was used (RFC 9497, mode VOPRF), the peer
does not; chance makes a hit in ours once in 2^40 exchanges, in the peer's once in 10^9.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys

import sections

PEER = """
import sys
import private_set_intersection.python as psi

count = int(sys.argv[1])
client, server = psi.client.CreateWithNewKey(True), psi.server.CreateWithNewKey(True)
ours = [f"phone:+855{i:09}" for i in range(count)]
first = count - count // 10
theirs = [f"phone:+855{i:09}" for i in range(first, first + count)]
setup = server.CreateSetupMessage(1e-9, count, theirs, psi.DataStructure.GCS)
request = client.CreateRequest(ours)
response = server.ProcessRequest(request)
hits = len(client.GetIntersection(setup, response))
sizes = [len(message.SerializeToString()) for message in (setup, request, response)]
print('{"hits": %d, "bytes_per_value": %.1f}' % (hits, sum(sizes) / count))
"""


def measured(command):
    """What a command prints, with its CPU seconds."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    output = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"bench: {command[0]} ended with {process.returncode}")
    return {**json.loads(output), "cpu": usage.ru_utime + usage.ru_stime}


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("program", help="the example matching_speed")
    arguments.add_argument("--count", type=int, default=100_000)
    arguments.add_argument("--runs", type=int, default=3)
    arguments.add_argument("--peer-python", default=sys.executable, help="a Python with openmined.psi")
    told = arguments.parse_args()
    count = str(told.count)
    systems = {
        "forewarn": [os.path.abspath(told.program), count, count],
        "openmined.psi": [told.peer_python, "-c", PEER, count],
    }
    runs = {name: [] for name in systems}
    for _ in range(told.runs):
        for name, command in systems.items():
            runs[name].append(measured(command))
    rows = []
    for name, results in runs.items():
        cpu = statistics.median(result["cpu"] for result in results)
        rows.append([name, f"{cpu:.1f}", str(results[0]["bytes_per_value"]), str(results[0]["hits"])])
    text = f"{count} values against as many, a tenth of them common; ours with the proof of the key, the peer without.\n\n"
    sections.put("Private matching", text + sections.table(["system", "CPU s", "bytes a value", "hits"], rows))


if __name__ == "__main__":
    main()
