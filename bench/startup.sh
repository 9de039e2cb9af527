#!/bin/sh
# From the start of `./reconciler sync` to its first request to Airtable, five times; the first run also makes the schema.
set -eu
cd "$(dirname "$0")/.."
./reconciler --version
bench/run --leads 10 --runs 5 -- ./reconciler sync
