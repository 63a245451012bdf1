#!/usr/bin/env python3
"""How often is `check_claim` of `annalist mcp` right? 150 sentences about three small piles, a third each that the reports support,
contradict, and say nothing of; all of our own writing (evals/claims).

    python3 evals/claims.py [--annalist target/release/annalist] [--full] [--wrong]
"""

import argparse
import collections
import csv
import json
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def verdicts(annalist, folder, pile, reports, sentences, full):
    archive = Path(folder) / f"{pile}.db"
    rows = "".join(json.dumps({name: value for name, value in report.items() if name != "pile"}) + "\n" for report in reports)
    tier = [] if full else ["--fast"]
    subprocess.run([annalist, "add", *tier, "-", "--archive", archive], input=rows, text=True, check=True, stdout=subprocess.DEVNULL)
    asked = "".join(
        json.dumps({"jsonrpc": "2.0", "id": at, "method": "tools/call", "params": {"name": "check_claim", "arguments": {"sentence": one}}}) + "\n"
        for at, one in enumerate(sentences)
    )
    answers = subprocess.run([annalist, "mcp", *(["--full"] if full else []), "--archive", archive], input=asked, text=True, check=True, capture_output=True)
    return [json.loads(line)["result"]["structuredContent"] for line in answers.stdout.splitlines()]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annalist", type=Path, default=ROOT / "target/release/annalist")
    parser.add_argument("--full", action="store_true", help="with the full tier")
    parser.add_argument("--floor", type=float, default=0.85, help="fails below it")
    parser.add_argument("--wrong", action="store_true", help="print what is wrong")
    arguments = parser.parse_args()
    reports = [json.loads(line) for line in (ROOT / "evals/claims/reports.jsonl").read_text().splitlines()]
    with open(ROOT / "evals/claims/sentences.tsv") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    table, unquoted = collections.Counter(), 0
    with tempfile.TemporaryDirectory() as folder:
        for pile in sorted({report["pile"] for report in reports}):
            of_pile = [row for row in rows if row["pile"] == pile]
            given = verdicts(arguments.annalist, folder, pile, [r for r in reports if r["pile"] == pile], [row["sentence"] for row in of_pile], arguments.full)
            for row, answer in zip(of_pile, given, strict=True):
                table[row["expected"], answer["verdict"]] += 1
                unquoted += answer["verdict"] == "supported" and not answer["quotes"]
                if arguments.wrong and row["expected"] != answer["verdict"]:
                    print(f"{row['expected']:12} {answer['verdict']:12} {row['sentence']} — {answer['reason']}")
    kinds = ["supported", "contradicted", "absent"]
    print(f"{'expected':14}" + "".join(f"{kind:>14}" for kind in kinds))
    for kind in kinds:
        print(f"{kind:14}" + "".join(f"{table[kind, other]:14}" for other in kinds))
    right, total = sum(table[kind, kind] for kind in kinds), sum(table.values())
    false = sum(table[kind, "supported"] for kind in kinds[1:])
    print(f"claims: right {right} of {total}: {right / total:.3f}; supported without a quote {unquoted}, supported and not so {false}")
    if right / total < arguments.floor or unquoted:
        raise SystemExit(1)


if __name__ == "__main__":
    main()
