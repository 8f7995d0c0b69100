"""Reads exports of the network with networkx.

    python validate_graph.py all.graphml all.gexf all.csv

All files must be exports of the same network: they must have the same edges, and every edge its evidence.
Exit code 0 if all holds, 1 if not, with one line for each thing that does not.
"""

import csv
import pathlib
import sys

import networkx


def edges_of_graph(graph, value):
    found = set()
    for source, target, data in graph.edges(data=True):
        if not data["evidence"].startswith("rpt-"):
            raise SystemExit(f"{source} to {target}: no evidence")
        found.add((value(source), data["link"], value(target), int(data["reports"])))
    return found


def read(path):
    if path.suffix == ".graphml":
        graph = networkx.read_graphml(path, force_multigraph=True)
        return edges_of_graph(graph, lambda node: graph.nodes[node]["value"])
    if path.suffix == ".gexf":
        # networkx knows the versions up to 1.2; what is written here means the same in both.
        older = path.read_text().replace("http://gexf.net/1.3", "http://www.gexf.net/1.2draft")
        copy = path.with_suffix(".1.2.gexf")
        copy.write_text(older.replace('version="1.3"', 'version="1.2"'))
        graph = networkx.read_gexf(copy)
        copy.unlink()
        return edges_of_graph(graph, lambda node: graph.nodes[node]["label"])
    with path.open(newline="") as rows:
        plain = lambda text: text.removeprefix("'")
        return {
            (plain(row["from"]), row["link"], plain(row["to"]), int(row["reports"]))
            for row in csv.DictReader(rows)
        }


def main(names):
    all_edges = [(name, read(pathlib.Path(name))) for name in names]
    first_name, first = all_edges[0]
    failed = not first
    for name, edges in all_edges:
        print(f"{name}: {len(edges)} edges")
        if edges != first:
            print(f"{name} and {first_name} differ: {sorted(edges ^ first)[:3]}")
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
