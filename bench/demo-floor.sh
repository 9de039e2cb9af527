#!/bin/sh
# The time of `./reconciler demo --once` beside the least that Airtable's 5 requests a second allow for its requests.
set -eu
cd "$(dirname "$0")/.."
./reconciler --version
mkdir -p target
out=target/bench-demo.txt
bench/run -- ./reconciler demo --once >"$out"
requests=$(sed -n 's/.* \([0-9,]*\) requests to Airtable.*/\1/p' "$out" | tr -d , | { sum=0; while read -r n; do sum=$((sum + n)); done; echo "$sum"; })
grep 'done in' "$out"
grep '^bench:' "$out"
echo "floor: $requests requests at 5 a second take $((requests * 1000 / 5)) ms"
