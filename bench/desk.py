#!/usr/bin/env python3
"""How fast the desk's pages are on a large store: start-up, memory, and the time of each page.

    bench/desk.py target/release/forewarn --reports 1000000 --incidents 10000 [--data FOLDER]

Invented ads (make_ads.py) and invented incidents go in through the commands that a user has; with --data a folder that was
made before is used again. Then the desk is served without sign-in and each page asked for one after the other, over a
connection that stays open. Times are wall clock to the last byte; a busy machine makes them longer. Needs wrk (Debian).
"""

import argparse
import csv
import http.client
import os
import pathlib
import random
import re
import statistics
import subprocess
import sys
import tempfile
import time

import sections

HERE = pathlib.Path(__file__).parent
PAGES = [
    "/", "/alarms", "/reports", "/reports?q=cook", "/reports?q=%22visa+flight%22", "/campaigns", "/network", "/incidents",
    "/notices", "/exchange", "/sources", "/members", "/rules", "/users", "/audit", "/check",
]
# The first link of each kind that these pages show is asked for, too.
LISTS = {"/reports": "/reports/", "/campaigns": "/campaigns/", "/alarms": "/alarms/", "/incidents": "/incidents/"}
HUBS, ORIGINS = ["KH", "MM", "LA", "PH", "AE", "GE", "NG", "PE"], ["CN", "KE", "IN", "BR", "VN", "ID", "UG", "TW", "NP", "LK"]
KINDS = ["hub_report", "victims_reported", "victims_rescued", "raid", "ad_campaign"]


def write_incidents(path, count):
    """A timeline of the form of incidents/timeline.csv."""
    rng = random.Random(1)
    with open(path, "w", newline="", encoding="utf-8") as out, open(HERE.parent / "incidents/timeline.csv", encoding="utf-8") as ours:
        columns = next(csv.reader(ours))
        rows = csv.DictWriter(out, columns)
        rows.writeheader()
        for number in range(count):
            day = f"{rng.randrange(2021, 2025)}-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}"
            rows.writerow({
                "event_id": f"bench-{number}", "date": day, "date_precision": "day", "date_basis": "event", "known_from": day,
                "kind": rng.choice(KINDS), "hub_country_iso2": rng.choice(HUBS), "origin_country_iso2": rng.choice(ORIGINS),
                "count": rng.randrange(1, 200), "coercion_stated": rng.choice("yn"), "variant": "scam_centre",
                "person_role": "victim", "source_url": f"https://news{rng.randrange(300)}.example/{number}",
                "publisher": f"news{rng.randrange(300)}.example", "summary": f"Invented fact {number}",
            })


def make(binary, data, reports, incidents):
    with tempfile.TemporaryDirectory() as folder:
        ads, timeline = pathlib.Path(folder, "ads.jsonl"), pathlib.Path(folder, "timeline.csv")
        subprocess.run([sys.executable, HERE / "make_ads.py", "--count", str(reports), "--campaigns", str(reports // 100), "--out", ads], check=True)
        write_incidents(timeline, incidents)
        for command in (["ingest", ads], ["incidents", "import", timeline]):
            start = time.perf_counter()
            subprocess.run([binary, *command, "--data", data, "--quiet"], check=True, stdout=subprocess.DEVNULL)
            print(f"{command[0]}: {time.perf_counter() - start:.0f} s", file=sys.stderr)


def resident_mib(process):
    text = pathlib.Path(f"/proc/{process}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmRSS:\s+(\d+)", text).group(1)) / 1024


def details(connection):
    """Addresses of one report, campaign, alarm and incident, and of the network around an identifier."""
    found = []
    for path, prefix in LISTS.items():
        connection.request("GET", path, headers={"Accept": "text/html"})
        text = connection.getresponse().read().decode()
        links = re.findall(rf'href="({re.escape(prefix)}[a-z]{{3}}-[^"?#]+)"', text)
        found += sorted(set(links), key=links.index)[:1]
    return [*found, "/network?q=%2B447700900123"]


def ask(connection, path):
    start = time.perf_counter()
    connection.request("GET", path, headers={"Accept": "text/html"})
    response = connection.getresponse()
    body = response.read()
    return time.perf_counter() - start, response.status, len(body)


def views_a_second(address, seconds):
    """The pages of the menu in turn, by wrk: a client that is as fast as the server."""
    listed = ", ".join(f'"{path}"' for path in PAGES if "?" not in path)
    script = f"""local pages, at = {{{listed}}}, 0
request = function() at = at + 1; return wrk.format("GET", pages[at % #pages + 1], {{Accept="text/html"}}) end"""
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        command = ["wrk", "-t1", "-c4", f"-d{seconds}", "-s", file.name, f"http://{address}"]
        told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in told:
        sys.exit(f"bench: {told}")
    return float(re.search(r"Requests/sec:\s+([0-9.]+)", told).group(1))


def phone(binary):
    """How soon pages are usable on a throttled phone, on the demonstration's store (tests/web/phone.mjs)."""
    with tempfile.TemporaryDirectory() as folder:
        data = os.path.join(folder, "data")
        command = [binary, "demo", "--no-serve", "--quiet", "--data", data, "--out", os.path.join(folder, "out")]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        command = ["node", str(HERE.parent / "tests/web/phone.mjs"), binary, data]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("binary")
    arguments.add_argument("--reports", type=int, default=1_000_000)
    arguments.add_argument("--incidents", type=int, default=10_000)
    arguments.add_argument("--data", help="a folder that is made if it is not there")
    arguments.add_argument("--times", type=int, default=40)
    arguments.add_argument("--phone", action="store_true", help="measure the pages in a browser, too (tests/web must be set up)")
    told = arguments.parse_args()
    binary = os.path.abspath(told.binary)
    data = told.data or tempfile.mkdtemp(prefix="forewarn-desk-")
    if not pathlib.Path(data, "forewarn.db").exists():
        make(binary, data, told.reports, told.incidents)
    start = time.perf_counter()
    command = [binary, "serve", "--no-sign-in", "--listen", "127.0.0.1:0", "--data", data]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        address = next(re.search(r"http://([0-9.]+:[0-9]+)/", line) for line in server.stdout if "http://" in line).group(1)
        started = time.perf_counter() - start
        time.sleep(2)
        idle = resident_mib(server.pid)
        connection = http.client.HTTPConnection(address)
        rows = []
        for path in PAGES + details(connection):
            first, status, size = ask(connection, path)
            if status != 200:
                sys.exit(f"bench: {path} answers {status}")
            times = sorted(ask(connection, path)[0] for _ in range(told.times))
            p95 = times[min(len(times) - 1, int(len(times) * 0.95))]
            name = re.sub(r"(/[a-z]{3}-)[0-9a-f]+", r"\1…", path)
            rows.append([f"`{name}`", f"{size / 1024:.0f}", f"{first * 1e3:.1f}", f"{statistics.median(times) * 1e3:.1f}", f"{p95 * 1e3:.1f}"])
        views = views_a_second(address, 10)
        rest = resident_mib(server.pid)
    finally:
        server.terminate()
        server.wait()
    text = f"{told.reports:,} reports, {told.incidents:,} incidents. Server time to the last byte, one request after the other; the\n"
    text += f"first view fills what is kept between views. Start to listening {started:.2f} s, {idle:.0f} MiB when idle, {rest:.0f} MiB after all this,\n"
    text += f"{views:,.0f} page views/s (`wrk`, four connections, the pages of the menu, on the cores that it shares with the server).\n\n"
    if told.phone:
        head = "The demonstration's pages in Chromium, 360 pixels wide, cold cache, 1.6 Mbit/s, 150 ms a round trip, the processor\nfour times slower:\n\n"
        sections.put("The desk on a phone", head + phone(binary))
    sections.put("The desk", text + sections.table(["page", "KiB", "first, ms", "median, ms", "p95, ms"], rows))


if __name__ == "__main__":
    main()
