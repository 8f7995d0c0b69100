#!/usr/bin/env python3
"""Campaigns: ours beside datasketch, rensa and exact duplicates, on the same ads in one run.

    cargo build --release -p forewarn-cluster --example measure
    pip install datasketch rensa
    target/release/examples/measure write 20000 1 > ads.tsv
    bench/peer_cluster.py ads.tsv --forewarn target/release/forewarn

Each line of the file is the number of the template (empty if none), a tab, and the text. Every system gets word
3-grams and a Jaccard threshold of .5, as these libraries are commonly used; groups are connected components.
Times are CPU seconds of the process, children included, texts to groups.
"""

import argparse
import csv
import json
import os
import pathlib
import re
import subprocess
import tempfile
import time
from collections import Counter


def cpu():
    t = os.times()
    return t.user + t.system + t.children_user + t.children_system


def rand_index(truth, found):
    """Adjusted Rand index; None is a group of its own."""
    label = lambda labels: [("alone", i) if v is None else v for i, v in enumerate(labels)]
    a, b = label(truth), label(found)
    pairs = lambda counts: sum(n * (n - 1) // 2 for n in counts.values())
    both, left, right = pairs(Counter(zip(a, b))), pairs(Counter(a)), pairs(Counter(b))
    chance = left * right / (len(a) * (len(a) - 1) / 2)
    most = (left + right) / 2
    return (both - chance) / (most - chance)


def components(count, edges):
    parent = list(range(count))

    def root(i):
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for i, j in edges:
        parent[root(i)] = root(j)
    sizes = Counter(root(i) for i in range(count))
    return [root(i) if sizes[root(i)] > 1 else None for i in range(count)]


def shingles(text):
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[i : i + 3]) for i in range(max(1, len(words) - 2))}


def exact(texts):
    seen, edges = {}, []
    for i, text in enumerate(texts):
        edges.append((i, seen.setdefault(text, i)))
    return components(len(texts), edges)


def datasketch_lsh(texts):
    from datasketch import MinHash, MinHashLSH

    lsh, edges = MinHashLSH(threshold=0.5, num_perm=128), []
    for i, text in enumerate(texts):
        minhash = MinHash(num_perm=128)
        minhash.update_batch([s.encode() for s in shingles(text)])
        edges += [(i, j) for j in lsh.query(minhash)]
        lsh.insert(i, minhash)
    return components(len(texts), edges)


def rensa_lsh(texts):
    from rensa import RMinHash, RMinHashLSH

    lsh, kept, edges = RMinHashLSH(threshold=0.5, num_perm=128, num_bands=32), [], []
    for i, text in enumerate(texts):
        minhash = RMinHash(num_perm=128, seed=42)
        minhash.update(list(shingles(text)))
        edges += [(i, j) for j in lsh.query(minhash) if minhash.jaccard(kept[j]) >= 0.5]
        lsh.insert(i, minhash)
        kept.append(minhash)
    return components(len(texts), edges)


def forewarn(texts, binary):
    with tempfile.TemporaryDirectory() as folder:
        ads, out = pathlib.Path(folder, "ads.jsonl"), pathlib.Path(folder, "members.csv")
        with ads.open("w", encoding="utf-8") as file:
            for i, text in enumerate(texts):
                file.write(json.dumps({"id": i, "text": text}, ensure_ascii=False) + "\n")
        before = cpu()
        subprocess.run([binary, "--quiet", "cluster", ads, "--out", out], check=True, stdout=subprocess.DEVNULL)
        seconds = cpu() - before
        with out.open(encoding="utf-8", newline="") as file:
            return [row["campaign"] or None for row in csv.DictReader(file)], seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ads", type=pathlib.Path)
    parser.add_argument("--forewarn", help="the binary; without it only the peers run")
    parser.add_argument("--skip", action="append", default=[], help="a system to leave out")
    args = parser.parse_args()
    rows = [line.rstrip("\n").split("\t", 1) for line in args.ads.open(encoding="utf-8")]
    truth, texts = [row[0] or None for row in rows], [row[1] for row in rows]
    systems = {"exact duplicates": exact, "datasketch MinHashLSH": datasketch_lsh, "rensa RMinHashLSH": rensa_lsh}
    print("| system | ads | ARI | CPU s | ads per CPU s |\n|---|---|---|---|---|")
    results = {}
    if args.forewarn:
        results["forewarn cluster"] = forewarn(texts, args.forewarn)
    for name, system in systems.items():
        if name.split()[0] not in args.skip:
            before = cpu()
            found = system(texts)
            results[name] = (found, cpu() - before)
    for name, (found, seconds) in results.items():
        print(f"| {name} | {len(texts):,} | {rand_index(truth, found):.4f} | {seconds:.2f} | {len(texts) / seconds:,.0f} |")


if __name__ == "__main__":
    main()
