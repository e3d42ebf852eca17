#!/usr/bin/env bash
# A study from the sweep to a table: what public compute does to the number of labs near the frontier.
# Usage: examples/study.sh [FOLDER]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:-results/example-study}

simulate sweep "$here/study.yaml" --format csv --out "$out"

# The same on a cluster: three shards, done one by one here, merged to the same bytes.
simulate sweep plan "$here/study.yaml" --shards 3 --out "$out-shards" --quiet
for shard in 2 0 1; do
  simulate sweep run --plan "$out-shards/plan.json" --shard "$shard" --quiet
done
simulate sweep status "$out-shards"
simulate sweep merge "$out-shards" --format csv --quiet
cmp "$out/runs.csv" "$out-shards/runs.csv" && echo "three shards, the same bytes"

# Mean number of labs near the frontier by grant, from runs.csv.
for reader in "Rscript $here/read.R" "python3 $here/read.py"; do
  if command -v "${reader%% *}" >/dev/null; then
    $reader "$out"
  fi
done
if command -v duckdb >/dev/null; then
  duckdb -csv -c "SELECT \"policies.public_compute.grant.amount\" AS grant_usd,
    round(avg(labs_near_frontier), 6) AS labs FROM '$out/runs.csv' GROUP BY 1 ORDER BY 1"
fi
