#!/usr/bin/env python3
"""Runs the evaluation's sets that have floors and fails where a figure lies under its floor in `floors.json`.

    python3 evals/floors.py --shared DIR [--annalist PATH] [--update]

A floor is what the project reached before, less a margin for the chance of single rows: 1.5 points, on small sets what one row
and a half are worth; `--update` raises the floors to
what is reached now, never lowers one, and leaves floors of sets that gave nothing as they are. A new figure gets a floor
by being written into the file with 0. Where the sets are absent this says so and passes.
"""
import argparse, json, os, subprocess, sys, tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
FLOORS = os.path.join(HERE, "floors.json")
MARGIN = 1.5
MARGIN_ROWS = 1.5


def load():
    """The floors by `set/dataset/metric`, or a line on what is wrong with their file."""
    try:
        with open(FLOORS, encoding="utf-8") as f:
            floors = json.load(f)
    except FileNotFoundError:
        sys.exit("floors.py: %s is missing: it holds {\"set/dataset/metric\": floor}; restore it from the history" % FLOORS)
    except ValueError as error:
        sys.exit("floors.py: %s is not JSON: %s" % (FLOORS, error))
    wrong = [name for name, floor in floors.items() if name.count("/") != 2 or not isinstance(floor, (int, float))]
    if wrong:
        sys.exit("floors.py: %s: not \"set/dataset/metric\": number: %s" % (FLOORS, ", ".join(sorted(wrong))))
    return floors


def key(figure):
    return "%s/%s/%s" % (figure["set"], figure["dataset"], figure["metric"])


def measure(shared, annalist, set_name, dataset):
    """{set/dataset/metric: (value, rows)} of one data set; a set that fails gives nothing."""
    with tempfile.TemporaryDirectory() as folder:
        scores = os.path.join(folder, "scores.json")
        command = [sys.executable, os.path.join(shared, "eval", "run.py"), "--annalist", annalist, "--sets", set_name,
                   "--only", dataset, "--boot", "0", "--json", scores]
        run = subprocess.run(command, stdout=subprocess.DEVNULL)
        if run.returncode != 0 or not os.path.isfile(scores):
            print("%s/%s: the evaluation itself failed (exit code %d)" % (set_name, dataset, run.returncode))
            return {}
        with open(scores, encoding="utf-8") as f:
            result = json.load(f)
    for name, error in sorted((result.get("failed") or {}).items()):
        print("%s: %s" % (name, error))
    return {key(figure): (figure["value"], figure.get("n")) for figure in result["figures"] if figure["value"] is not None}


def margin(rows):
    """How far below what is reached a new floor lies."""
    return max(MARGIN, 100.0 * MARGIN_ROWS / rows) if rows else MARGIN


def value(measured, name):
    return measured.get(name, (None, None))[0]


def line(name, floor, value):
    """One figure beside its floor."""
    mark = "UNDER" if (value or 0.0) < floor else "ok   "
    return "%s %-48s %7s  floor %5.1f" % (mark, name, "none" if value is None else "%.1f" % value, floor)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", required=True, help="the folder that holds eval/run.py")
    parser.add_argument("--annalist", default=os.path.join("target", "release", "annalist"))
    parser.add_argument("--update", action="store_true", help="raise the floors to what is reached now less a margin")
    options = parser.parse_args()
    floors = load()
    if not os.path.isfile(os.path.join(options.shared, "eval", "run.py")):
        print("evaluation skipped: there is no eval/run.py below %s" % options.shared)
        return 0
    if not os.path.isfile(options.annalist):
        sys.exit("floors.py: there is no %s: build it with `just setup`" % options.annalist)
    measured = {}
    for set_name, dataset in sorted({tuple(name.split("/")[:2]) for name in floors}):
        measured.update(measure(options.shared, options.annalist, set_name, dataset))
        for name in sorted(floors):
            if name.startswith("%s/%s/" % (set_name, dataset)):
                print(line(name, floors[name], value(measured, name)), flush=True)
    if options.update:
        reached = {name: round(v - margin(rows), 1) for name, (v, rows) in measured.items()}
        raised = {name: max(floor, reached.get(name, floor)) for name, floor in floors.items()}
        with open(FLOORS, "w", encoding="utf-8") as f:
            f.write(json.dumps(raised, indent=1, sort_keys=True) + "\n")
        print("%d floors raised" % sum(raised[name] > floors[name] for name in floors))
        return 0
    n_under = sum((value(measured, name) or 0.0) < floor for name, floor in floors.items())
    print("%d figures at or above their floors, %d under" % (len(floors) - n_under, n_under))
    return 1 if n_under else 0


if __name__ == "__main__":
    sys.exit(main())
