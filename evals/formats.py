#!/usr/bin/env python3
"""Opens every format of `annalist export` with a reader that others wrote.

    python3 evals/formats.py [--annalist target/release/annalist] [FILES…]

The readers come from the package registry into target/formats-venv, once. Where none is reachable the script says so and passes.
Standard library only up to there; the checks themselves run in that environment.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / "target/formats-venv"
REQUIREMENTS = ROOT / "evals/formats-requirements.txt"
# Readers that go by the name of a file.
ENDS = {"xlsx": "xlsx", "geojson": "geojson"}
# Terms of http://www.w3.org/ns/anno.jsonld that annotations use, so that nothing is fetched.
OA = "http://www.w3.org/ns/oa#"
AS = "http://www.w3.org/ns/activitystreams#"
ANNO = {
    "oa": OA, "as": AS, "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "dc": "http://purl.org/dc/elements/1.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "id": {"@type": "@id", "@id": "@id"}, "type": {"@type": "@id", "@id": "@type"},
    "Annotation": "oa:Annotation", "TextualBody": "oa:TextualBody", "SpecificResource": "oa:SpecificResource",
    "TextQuoteSelector": "oa:TextQuoteSelector", "TextPositionSelector": "oa:TextPositionSelector",
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage",
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"}, "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "classifying": "oa:classifying", "tagging": "oa:tagging", "linking": "oa:linking",
    "body": {"@type": "@id", "@id": "oa:hasBody"}, "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"}, "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix", "value": "rdf:value", "format": "dc:format",
    "start": {"@id": "oa:start"}, "end": {"@id": "oa:end"}, "label": "rdfs:label",
    "first": {"@type": "@id", "@id": "as:first"}, "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "startIndex": "as:startIndex", "total": "as:totalItems",
}


def tables(names, read):
    import pandas

    for name, options in names:
        frame = pandas.read_csv(read(name), **options)
        assert len(frame.columns) > 7, name
        yield f"{name}: pandas reads {len(frame)} rows of {len(frame.columns)} columns"


def check(folder):
    """Opens what lies in a folder; yields a line a format."""
    import frictionless
    import icalendar
    import openpyxl
    import pandas
    import pyogrio
    import rdflib
    import yaml

    path = lambda name: next(folder.glob(f"{name}.*"))
    tabs = {"sep": "\t", "quoting": 3}
    read = [
        ("csv", {"parse_dates": ["date_start", "date_end"]}), ("acled", {"parse_dates": ["event_date"]}), ("ucdp", {}),
        ("polecat", tabs), ("petrarch", {**tabs, "header": None, "dtype": {3: str}}),
        ("gdelt-events", {**tabs, "header": None, "dtype": {26: str, 27: str, 28: str}}),
        ("gdelt-mentions", {**tabs, "header": None}),
    ]
    yield from tables(read, path)
    events = pandas.read_csv(path("csv"))

    report = frictionless.validate(str(path("datapackage") / "datapackage.json"))
    assert report.valid, report.to_summary()
    package = json.loads((path("datapackage") / "datapackage.json").read_text())
    assert package["licenses"] and all(field.get("type") for one in package["resources"] for field in one["schema"]["fields"])
    yield f"datapackage: frictionless finds {len(report.tasks)} tables valid"

    workbook = openpyxl.load_workbook(path("xlsx"))
    assert workbook.sheetnames == ["events", "claims", "figures", "reports", "columns"]
    assert workbook["events"].max_row == len(events) + 1
    formulas = [cell for sheet in workbook for row in sheet for cell in row if cell.data_type == "f"]
    assert not formulas, formulas
    yield f"xlsx: openpyxl reads {workbook['events'].max_row - 1} events and no formula"

    info = pyogrio.read_info(path("geojson"))
    assert info["features"] == len(events) and "killed_low" in info["fields"] and "4326" in str(info["crs"])
    yield f"geojson: GDAL reads {info['features']} features in {info['crs']}"

    document = json.loads(path("annotations").read_text())
    document["@context"][0] = ANNO
    graph = rdflib.Graph().parse(data=json.dumps(document), format="json-ld")
    oa = rdflib.Namespace(OA)
    n_quotes = len(set(graph.subjects(rdflib.RDF.type, oa.TextQuoteSelector)))
    n_annotations = len(set(graph.subjects(rdflib.RDF.type, oa.Annotation)))
    assert n_annotations == document["total"] == n_quotes and len(set(graph.subject_objects(oa.hasBody))) > n_annotations
    prov = rdflib.Namespace("http://www.w3.org/ns/prov#")
    assert len(set(graph.subjects(prov.wasGeneratedBy))) == n_annotations
    yield f"annotations: rdflib reads {n_annotations} annotations, {len(graph)} triples"

    calendar = icalendar.Calendar.from_ical(path("ics").read_bytes())
    entries = calendar.walk("VEVENT")
    assert all(entry["UID"] and entry.decoded("DTSTART") < entry.decoded("DTEND") for entry in entries)
    yield f"ics: icalendar reads {len(entries)} entries"

    timeline = json.loads(path("timelinejs").read_text())
    assert all({"start_date", "text"} <= set(event) for event in timeline["events"])
    records = [json.loads(line) for line in path("plover").read_text().splitlines()]
    assert all({"id", "date", "actor", "event"} <= set(record) for record in records)
    rows = [json.loads(line) for line in path("jsonl").read_text().splitlines()]
    yield f"timelinejs, plover, jsonl: JSON of {len(timeline['events'])} events, {len(records)} records, {len(rows)} rows"

    notes = list((path("notes") / "events").glob("*.md"))
    for note in notes:
        front = yaml.safe_load(note.read_text().split("---\n")[1])
        assert front["id"] and front["type"], note
    yield f"notes: PyYAML reads the front matter of {len(notes)} events"


def environment():
    """The interpreter with the readers, made if it is not there; None where no registry is reachable."""
    python = VENV / "bin/python"
    stamp = VENV / "made"
    if stamp.exists() and stamp.read_text() == REQUIREMENTS.read_text():
        return python
    subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--retries", "1", "-r", REQUIREMENTS]
    if subprocess.run(pip, stderr=subprocess.DEVNULL).returncode != 0:
        return None
    stamp.write_text(REQUIREMENTS.read_text())
    return python


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--annalist", type=Path, default=ROOT / "target/release/annalist")
    parser.add_argument("--check", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("files", nargs="*", type=Path)
    arguments = parser.parse_args()
    if arguments.check:
        for line in check(arguments.check):
            print(line)
        return
    python = environment()
    if python is None:
        print("formats: skipped, no package registry is reachable")
        return
    files = arguments.files or sorted((ROOT / "examples/cauca").glob("*.txt"))
    listed = subprocess.run([arguments.annalist, "export", "--help"], check=True, capture_output=True, text=True).stdout
    names = [line.split()[1].rstrip(":") for line in listed.splitlines() if line.strip().startswith("- ")]
    assert len(names) > 10, listed
    with tempfile.TemporaryDirectory() as folder:
        archive = Path(folder) / "annals.db"
        run = lambda *words: subprocess.run([arguments.annalist, *words], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        run("add", "--fast", *files, "--archive", archive)
        for name in names:
            run("export", "--format", name, "--archive", archive, "--to", Path(folder) / f"{name}.{ENDS.get(name, 'x')}")
        command = [python, __file__, "--check", folder]
        raise SystemExit(subprocess.run(command, env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}).returncode)


if __name__ == "__main__":
    main()
