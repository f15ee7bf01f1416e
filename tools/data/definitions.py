#!/usr/bin/env python3
"""definitions.py SOURCE OUT -- makes data/match/definitions.tsv of SOURCE/occupations/csco2022.csv.

Of each occupation's definition and tasks only the pairs of characters that set it apart from the others are kept (20, by BM25, the most
telling first); the texts themselves are not.
"""
import csv
import math
import re
import sys
from collections import Counter
from pathlib import Path

SRC, OUT = Path(sys.argv[1]), Path(sys.argv[2])
KEPT, COMMON = 20, 300


def pairs(text):
    return Counter(run[i:i + 2] for run in re.findall("[\u4e00-\u9fff]+", text) for i in range(len(run) - 1))


def main():
    rows = list(csv.DictReader(open(SRC / "occupations/csco2022.csv", encoding="utf-8-sig")))
    said = {r["code"]: pairs(r["name"] + " " + r["definition"] + " " + r["tasks"]) for r in rows}
    among = Counter(p for d in said.values() for p in d)
    mean = sum(sum(d.values()) for d in said.values()) / len(said)
    with open(OUT / "definitions.tsv", "w", encoding="utf-8", newline="\n") as f:
        f.write("# Pairs of characters that set an occupation's definition apart, the most telling first (tools/data/definitions.py).\n")
        for code, d in sorted(said.items()):
            long = 1.2 * (0.25 + 0.75 * sum(d.values()) / mean)
            best = sorted((-math.log(len(said) / among[p]) * 2.2 * k / (k + long), p) for p, k in d.items() if 1 < among[p] <= COMMON)
            if best:
                f.write(code + "\t" + " ".join(p for _, p in best[:KEPT]) + "\n")


main()
