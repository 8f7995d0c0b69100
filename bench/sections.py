"""Puts a table into its section of docs/benchmarks.md. Standard library only."""

import datetime
import os
import pathlib
import platform

FILE = pathlib.Path(__file__).parent.parent / "docs/benchmarks.md"
INTRO = """# Benchmarks

`cargo xtask bench` measures, and writes each section when its part is done; the text between the headings is written by
the scripts in `bench/`. Ours and the peer run in turn, in the same run: only ratios carry over to other machines.
"""


def machine():
    """The processor, cores, memory and system."""
    name = platform.processor() or platform.machine()
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            name = next(line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{name}, {os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()}"


def put(heading, text):
    """Replaces the section of that heading, or adds it at the end; says where and when it was measured."""
    old = FILE.read_text(encoding="utf-8") if FILE.exists() else INTRO
    head, *sections = old.split("\n## ")
    # The load at the start tells what else the machine was doing.
    told = f"{machine()}; {datetime.date.today()}, load {os.getloadavg()[1]:.1f}."
    new = f"{heading}\n\n{text.strip()}\n\nMachine: {told}\n"
    names = [section.split("\n", 1)[0] for section in sections]
    if heading in names:
        sections[names.index(heading)] = new
    else:
        sections.append(new)
    whole = "\n## ".join([head.rstrip() + "\n", *(section.rstrip() + "\n" for section in sections)])
    FILE.write_text(whole, encoding="utf-8")
    print(f"## {new}", flush=True)


def table(columns, rows):
    """A table in Markdown."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])
