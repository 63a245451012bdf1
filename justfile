# The verbs of the day. CI calls these same recipes and nothing else.

# Where the evaluation sets lie; without them `eval` says so and passes.
shared := env("ANNALIST_SHARED", "../shared")

default:
    @just --list

# Builds the command.
setup:
    cargo build --release -p annalist-cli

# Everything must pass: unit tests, promises, cases, the README's example.
test:
    cargo test --workspace
    python3 -m unittest discover evals/fresh

# Kills `annalist add` at 200 moments and looks whether anything that was reported as added is lost; about a minute.
kills N="200":
    ANNALIST_KILLS={{N}} cargo test -p annalist-cli --test faults

# Format and lints, warnings as errors.
check:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings

# Rewrites the expectations of `cases/` and the README from what is read now; look at the diff before you commit it.
review:
    ANNALIST_REVIEW=1 cargo test --workspace

# Every score beside its floor.
eval: setup
    python3 evals/floors.py --shared {{shared}}

# Opens every format of `annalist export` with a reader that others wrote, and asks `annalist mcp` with the official client.
formats: setup
    python3 evals/formats.py
    python3 evals/chatbot.py

# What the encoder adds to the lexicon; writes the table in docs/coding.md.
parts: setup
    python3 evals/parts.py --shared {{shared}} --write

# Words a second of each stage, in CPU time of one process; name other texts to measure those.
bench *FILES="examples/cauca/herald.txt examples/cauca/lantern.txt":
    cargo run --release -p annalist-evals --bin speed -- {{FILES}}
    cargo run --release -p annalist-evals --bin when_where -- {{FILES}}

# The book of the code.
docs:
    cargo doc --workspace --no-deps

# The page in a real browser (Debian: apt-get install chromium chromium-driver): clicks, decides, looks for requests that leave.
browser *OPTIONS: setup
    python3 evals/page/browser.py target/release/annalist {{OPTIONS}}

# The README's pictures, of the example.
pictures: setup
    python3 evals/page/browser.py target/release/annalist --only-shots --readme docs/pictures
