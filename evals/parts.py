#!/usr/bin/env python3
"""Measures what the encoder adds to the lexicon, and writes the table into `docs/coding.md`.

    python3 evals/parts.py --shared DIR [--annalist PATH] [--write]

The same evaluation runs twice: as the program reads by default, and with `--fast`, where a perceptron tagger and a greedy
parser stand in for the encoder and the lexicon is the same. Without `--write` the table is only printed.
"""
import argparse, os, stat, sys, tempfile

from floors import measure

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "docs", "coding.md")
START, END = "<!-- parts -->\n", "<!-- end of parts -->\n"
FIGURES = [
    ("Type F1, strict", "events/plover_gsr/type_f1_strict"),
    ("Type and both countries F1, strict", "events/plover_gsr/dyad_f1_strict"),
    ("Full CAMEO code", "events/plover_gsr/cameo_full_code"),
    ("Four classes of events, accuracy", "events/quad/accuracy"),
    ("Parties given, macro-F1", "relation/plv/all_macro_f1"),
    ("Whole reports, detection and type F1", "reports/news/detection_and_type_f1"),
    ("Whole reports, status", "reports/news/status"),
    ("Whole reports, attribution", "reports/news/attribution_name"),
]
# What each line of the table reads with.
READINGS = [("encoder and lexicon", []), ("lexicon alone (`--fast`)", ["--fast"])]


def with_options(annalist, options, folder):
    """A command that reads with further options."""
    path = os.path.join(folder, "annalist")
    with open(path, "w", encoding="utf-8") as f:
        f.write("#!/bin/sh\ncommand=$1\nshift\n")
        f.write("case $command in read|relate) exec '%s' $command %s \"$@\";; " % (annalist, " ".join(options)))
        f.write("*) exec '%s' $command \"$@\";; esac\n" % annalist)
    os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
    return path


def figures(shared, annalist):
    """{name: value} of the figures of the table."""
    measured = {}
    for set_name, dataset in sorted({tuple(name.split("/")[:2]) for _, name in FIGURES}):
        measured.update(measure(shared, annalist, set_name, dataset))
    return {name: value for name, (value, _) in measured.items()}


def table(columns):
    """The table in Markdown, one line for each figure."""
    lines = ["| Figure | %s |" % " | ".join(name for name, _ in columns), "|---" * (len(columns) + 1) + "|"]
    for title, name in FIGURES:
        shown = ["none" if values.get(name) is None else "%.1f" % values[name] for _, values in columns]
        lines.append("| %s | %s |" % (title, " | ".join(shown)))
    return "\n".join(lines) + "\n"


def write(text):
    """Replaces the table of the page."""
    with open(PAGE, encoding="utf-8") as f:
        page = f.read()
    if page.count(START) != 1 or page.count(END) != 1:
        sys.exit("parts.py: %s must hold %r and %r once each" % (PAGE, START, END))
    before, rest = page.split(START)
    with open(PAGE, "w", encoding="utf-8") as f:
        f.write(before + START + text + END + rest.split(END)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--shared", required=True, help="the folder that holds eval/run.py")
    parser.add_argument("--annalist", default=os.path.join("target", "release", "annalist"))
    parser.add_argument("--write", action="store_true", help="write the table into docs/coding.md")
    options = parser.parse_args()
    annalist = os.path.abspath(options.annalist)
    if not os.path.isfile(os.path.join(options.shared, "eval", "run.py")):
        print("evaluation skipped: there is no eval/run.py below %s" % options.shared)
        return 0
    if not os.path.isfile(annalist):
        sys.exit("parts.py: there is no %s: build it with `just setup`" % annalist)
    columns = []
    for name, more in READINGS:
        with tempfile.TemporaryDirectory() as folder:
            columns.append((name, figures(options.shared, with_options(annalist, more, folder))))
    text = table(columns)
    print(text, end="")
    if options.write:
        write(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
