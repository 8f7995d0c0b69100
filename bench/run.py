#!/usr/bin/env python3
"""Measures whole processes, ours and a baseline in turn, and writes a section of docs/benchmarks.md. Standard library only.

Machines are noisy: what counts is the ratio of medians within one run.
"""

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import sections

HERE = os.path.dirname(os.path.abspath(__file__))


def measure(command, before=None, runs=3):
    """Median CPU seconds, wall seconds and peak MiB of a command."""
    cpu, wall, peak = [], [], []
    for _ in range(runs):
        if before:
            before()
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"bench: {' '.join(command)} ended with {process.returncode}")
        wall.append(time.perf_counter() - start)
        cpu.append(usage.ru_utime + usage.ru_stime)
        peak.append(usage.ru_maxrss / 1024)
    return statistics.median(cpu), statistics.median(wall), max(peak)


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--binary", required=True)
    arguments.add_argument("--count", type=int, default=100_000)
    arguments.add_argument("--peer-python", default=sys.executable, help="a Python with scikit-learn, for the peer")
    arguments.add_argument("--peer-examples", help="what `forewarn train --examples` wrote, for the peer to learn from")
    told = arguments.parse_args()
    binary = os.path.abspath(told.binary)
    work = tempfile.mkdtemp(prefix="forewarn-bench-")
    try:
        rows, commands = run(binary, work, told.count, (told.peer_python, told.peer_examples))
    finally:
        shutil.rmtree(work)
    text = f"Medians of whole processes. Ads: {told.count:,}, invented, about 1.3 kB each (`bench/make_ads.py`).\n\n"
    text += sections.table(["what", "CPU s", "wall s", "peak MiB", "per CPU s", "against the baseline"], rows)
    text += "\n\nThe commands:\n\n" + "\n".join(f"- {command}" for command in commands)
    sections.put("Reading", text)


def stream_rows(binary, work, ads, count, row):
    """Rows of `check --jsonl`, JSON Lines to JSON Lines, and the commands behind them."""
    results = os.path.join(work, "results.jsonl")

    def command(source, threads):
        return [binary, "check", "--quiet", "--jsonl", source, "--out", results, "--threads", str(threads)]

    for threads in (1, 2):
        what = f"check a stream, whole results, {threads} thread{'s' if threads > 1 else ''}"
        row(what, measure(command(ads, threads)), count)
    # Memory must not grow with the input.
    with open(ads, encoding="utf-8") as lines:
        some = [line for line, _ in zip(lines, range(10_000))]
    for times, name in ((1, "10,000"), (50, "500,000")):
        source = os.path.join(work, f"ads-{times}.jsonl")
        with open(source, "w", encoding="utf-8") as out:
            for _ in range(times):
                out.writelines(some)
        row(f"check a stream of {name} ads, 2 threads", measure(command(source, 2), runs=1), len(some) * times)
        os.remove(source)
    return [command(ads, 1)]


def peer_rows(binary, work, python, examples):
    """The same offers, joined to about 1 kB, scored by scikit-learn and checked by us; one thread each."""
    ads, results = os.path.join(work, "joined.jsonl"), os.path.join(work, "joined-results.jsonl")
    count = 20_000
    with open(examples, encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    at = 0
    with open(ads, "w", encoding="utf-8") as out:
        for number in range(count):
            text = ""
            while len(text.encode()) < 1000:
                text += texts[at % len(texts)] + "\n"
                at += 1
            out.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")
    command = [python, os.path.join(HERE, "peer_sklearn.py"), examples, "--bytes", "1000", "--count", str(count)]
    peer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    peer_cpu = count / peer["ads_per_cpu_s"]
    ours = [binary, "check", "--quiet", "--jsonl", ads, "--out", results, "--threads", "1"]
    cpu, wall, peak = measure(ours)
    return [
        ("baseline: scikit-learn, TF-IDF and logistic regression; prediction alone, without reading", f"{peer_cpu:.2f}", "", "", f"{count / peer_cpu:,.0f} ads", ""),
        ("check a stream of the same offers, from JSON to JSON", f"{cpu:.2f}", f"{wall:.2f}", f"{peak:.0f}", f"{count / cpu:,.0f} ads", f"{peer_cpu / cpu:.1f} times less CPU"),
    ]


def run(binary, work, count, learner):
    python, examples = learner
    ads, data, peer = (os.path.join(work, name) for name in ("ads.jsonl", "data", "peer.db"))
    subprocess.run([sys.executable, os.path.join(HERE, "make_ads.py"), "--count", str(count), "--out", ads], check=True)
    offer = os.path.join(work, "offer.txt")
    with open(offer, "w", encoding="utf-8") as out:
        out.write("Typist wanted in Sihanoukville, 2,000 USD a month, ticket and room paid. Telegram @test_sample_hr")

    def fresh():
        shutil.rmtree(data, ignore_errors=True)
        for end in ("", "-wal", "-shm"):
            if os.path.exists(peer + end):
                os.remove(peer + end)

    rows = []

    def row(what, figures, per=None, against=None):
        cpu, wall, peak = figures
        rate = f"{per / cpu:,.0f} ads" if per else ""
        ratio = f"{against / cpu:.1f} times less CPU" if against else ""
        rows.append((what, f"{cpu:.2f}", f"{wall:.2f}", f"{peak:.0f}", rate, ratio))

    base = [sys.executable, os.path.join(HERE, "baseline_ingest.py"), ads, peer]
    peer_figures = measure(base, fresh)
    row("baseline: Python's json, hashlib and sqlite3", peer_figures, count)
    ours = [binary, "ingest", "--quiet", "--no-assess", "--data", data, ads]
    row("take in", measure(ours, fresh), count, peer_figures[0])
    whole = [binary, "ingest", "--quiet", "--data", data, ads]
    row("take in, read and assess, on all cores", measure(whole, fresh, runs=1), count)
    again = [binary, "ingest", "--quiet", "--no-assess", "--data", data, ads]
    row("take in once more (all duplicates)", measure(again), count)
    streams = stream_rows(binary, work, ads, count, row)
    if examples:
        rows.extend(peer_rows(binary, work, python, examples))
    row("start to first verdict", measure([binary, "check", offer], runs=9))
    out = os.path.join(work, "out")
    demo = [binary, "demo", "--no-serve", "--quiet", "--data", os.path.join(work, "demo"), "--out", out]
    row("the demonstration, first time", measure(demo, runs=1))
    row("the demonstration, again", measure(demo, runs=3))
    told = ["`forewarn " + " ".join(c[1:]).replace(work, "…") + "`" for c in (ours, whole, *streams, [binary, "check", offer], demo)]
    return rows, ["`bench/baseline_ingest.py`", *told]


if __name__ == "__main__":
    main()
