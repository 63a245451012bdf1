#!/usr/bin/env python3
"""Runs the evaluation and fails where a figure lies under its floor in `floors.json`.

    python3 evals/floors.py --shared DIR [--annalist PATH] [--update]

A floor is what the project reached before, less a margin for the chance of single rows; `--update` raises the floors to
what is reached now and never lowers one. Where the sets are absent this says so and passes.
"""
import argparse, json, os, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
FLOORS = os.path.join(HERE, "floors.json")
MARGIN = 1.5


def key(figure):
    return "%s/%s/%s" % (figure["set"], figure["dataset"], figure["metric"])


def measure(shared, annalist, sets):
    """{set/dataset/metric: value} of one run of the evaluation; its table goes to standard output."""
    with tempfile.TemporaryDirectory() as folder:
        scores = os.path.join(folder, "scores.json")
        command = [sys.executable, os.path.join(shared, "eval", "run.py"), "--annalist", annalist, "--sets", ",".join(sets),
                   "--boot", "0", "--json", scores]
        subprocess.run(command, check=True)
        with open(scores, encoding="utf-8") as f:
            result = json.load(f)
    return {key(figure): figure["value"] for figure in result["figures"] if figure["value"] is not None}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", required=True)
    parser.add_argument("--annalist", default=os.path.join("target", "release", "annalist"))
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    if not os.path.isfile(os.path.join(options.shared, "eval", "run.py")):
        print("evaluation skipped: there is no eval/run.py below %s" % options.shared)
        return 0
    with open(FLOORS, encoding="utf-8") as f:
        floors = json.load(f)
    measured = measure(options.shared, options.annalist, sorted({name.split("/")[0] for name in floors}))
    if options.update:
        raised = {name: max(floor, round(measured.get(name, floor) - MARGIN, 1)) for name, floor in floors.items()}
        with open(FLOORS, "w", encoding="utf-8") as f:
            f.write(json.dumps(raised, indent=1, sort_keys=True) + "\n")
        return 0
    short = [(name, floor, measured.get(name)) for name, floor in sorted(floors.items()) if (measured.get(name) or 0.0) < floor]
    for name, floor, value in short:
        print("UNDER ITS FLOOR: %s is %s, floor %s" % (name, value, floor))
    print("%d figures at or above their floors, %d under" % (len(floors) - len(short), len(short)))
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
