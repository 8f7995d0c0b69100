"""Sends offers to the page for job seekers at a constant rate and tells the latencies.

    python3 bench/check_load.py target/release/forewarn [requests per second] [seconds]

Open loop: a request's latency counts from the moment at which it was due, so that a stall of the server is
not hidden by a client that waits (coordinated omission). Texts are the bundled invented offers.
"""
import http.client
import json
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import threading
import time
import urllib.parse

CONNECTIONS = 8


def offers():
    folder = pathlib.Path(__file__).parent.parent / "fixtures/offers"
    lines = (folder / "campaigns.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines if line.strip()]


def client(address, due, texts, out):
    connection = http.client.HTTPConnection(address)
    connection.connect()
    connection.sock.setsockopt(6, 1, 1)  # TCP_NODELAY: head and body leave as one
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    for at, text in zip(due, texts):
        wait = at - time.perf_counter()
        if wait > 0:
            time.sleep(wait)
        sent = time.perf_counter()
        connection.request("POST", "/check", urllib.parse.urlencode({"text": text}), headers)
        response = connection.getresponse()
        response.read()
        done = time.perf_counter()
        out.append((response.status, done - at, done - sent))


def main():
    binary = sys.argv[1]
    rate = float(sys.argv[2]) if len(sys.argv) > 2 else 200.0
    seconds = float(sys.argv[3]) if len(sys.argv) > 3 else 20.0
    command = [binary, "serve", "--check-only", "--listen", "127.0.0.1:0"]
    server = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    try:
        address = next(re.search(r"http://([0-9.:]+)", line) for line in server.stderr if "http" in line).group(1)
        texts, count = offers(), int(rate * seconds)
        start = time.perf_counter() + 0.5
        results, threads = [], []
        for slot in range(CONNECTIONS):
            numbers = range(slot, count, CONNECTIONS)
            arguments = (address, [start + n / rate for n in numbers], [texts[n % len(texts)] for n in numbers], results)
            threads.append(threading.Thread(target=client, args=arguments))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        server.terminate()
        server.wait()
    answered = sum(status == 200 for status, _, _ in results)
    for name, at in [("from the moment due", 1), ("from the moment sent", 2)]:
        times = sorted(1000 * row[at] for row in results)
        p99 = times[int(0.99 * len(times))]
        print(f"{name}: median {statistics.median(times):.2f} ms, p99 {p99:.2f} ms, worst {times[-1]:.2f} ms")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"the server used {1000 * (used.ru_utime + used.ru_stime) / len(results):.2f} ms of processor time a request")
    print(f"{answered} of {len(results)} answered with 200, at {rate:.0f} requests a second")


if __name__ == "__main__":
    main()
