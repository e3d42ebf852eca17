#!/usr/bin/env bash
# The runs behind the numbers and figures of docs/validation.md and of the referee's questions in
# docs/odd.md, from the program alone: about five minutes on two cores. Needs simulate on the path,
# and Go in a clone for the last two sections. Text goes to OUT/*.txt, figures to OUT/*/figures.
#
#   examples/validation.sh [OUT [SECTION ...]]
#   go run ./examples/validation OUT               # takes the numbers from OUT
#   go test ./cmd/simulate -run Documents -update  # writes them into the pages
#
# Without a SECTION all are run; they are the functions below.
set -euo pipefail
out=${1:-results/validation}
mkdir -p "$out"
say() { printf '\n== %s (%ss)\n' "$*" "$SECONDS"; }
keep() { tee "$out/$1.txt"; }
# Tables alone, into OUT/NAME.
runs() {
  local name=$1 few=(--tables market,segments,labs,labs_summary,summary,segment_summary); shift
  simulate run "$@" "${few[@]}" --quiet --no-figures --out "$out/$name"
}
# A comparison, into OUT/NAME and OUT/NAME.txt.
versus() {
  local name=$1; shift
  simulate compare "$@" --tables market,segments --quiet --no-figures --out "$out/$name" | keep "$name"
}
# The effect of the jump of January 2025, against the same world without it.
jump() {
  local name=$1; shift
  versus "$name" without_events deepseek-shock "$@" --set clock.end=2027-01 -n 200 \
    --at 2025-06,2025-09,2025-12,2026-12 \
    --metrics hhi_sales,hhi_sales_clouds,hhi_sales_labs,lerner,supplier_revenue,hhi_compute_owned,hosted_open_share
}
# Parameters with a 90 % interval and its ends, written as scenarios do.
intervals() {
  simulate params --json | awk -F'"' '
    function written(v) {
      if (unit == "x/yr") return v "x/yr"
      if (unit == "yr" || unit == "nats") return v "_" unit
      if (unit ~ /^USD/) return "$" v substr(unit, 4)
      return v
    }
    /"path"/ {path = $4}
    /"unit"/ {unit = $4}
    at == 1 || at == 2 {gsub(/[ ,]/, ""); end[at++] = written($0)}
    at == 3 {print path, end[1], end[2]; at = 0}
    /"interval_90": \[/ {at = 1}'
}
# All parameters with an interval, each written as SPEC says: "range" or uniform between its ends.
vectors() {
  local name=$1 spec=$2 all=() path low high
  while read -r path low high; do
    case $spec in
      range) all+=(--vary "$path=range") ;;
      uniform) all+=(--vary "$path={dist: uniform, low: ${low//_/ }, high: ${high//_/ }}") ;;
    esac
  done < <(intervals; echo segments.reasoning.eta 0.9 1.6)
  simulate compare without_events deepseek-shock "${all[@]}" --design lhs --samples 400 -n 2 --set clock.end=2026-01 \
    --set reference_replications=16 --at 2025-12 --metrics hhi_sales,hhi_sales_clouds,hhi_sales_labs,supplier_revenue \
    --no-figures --quiet --out "$out/$name" >/dev/null
}

# Patterns that scenarios state.
patterns() {
  for scenario in baseline deepseek-shock baseline-2024 gpt4-start; do
    simulate check $scenario --expect -n 200 --quiet --json >"$out/patterns-$scenario.json" || true
  done
}
# What the reasons of the misfits say.
misfits() {
  local more=(--set training.distillation=0.7) copying
  copying=("${more[@]}" --set research.omega=3 --set research.closed_lag=0.25yr)
  runs misfit-none baseline --set clock.end=2027-01
  runs misfit-distillation baseline --set clock.end=2027-01 "${more[@]}"
  runs misfit-run-share baseline --set clock.end=2027-01 --set training.run_share_memory=20yr
  runs misfit-both baseline --set clock.end=2027-01 "${more[@]}" --set training.run_share_memory=20yr
  runs misfit-copying baseline --set clock.end=2027-01 "${copying[@]}"
  runs misfit-lag baseline --set clock.end=2027-01 --set research.closed_lag=0.25yr
  runs first-half baseline --set mode=deterministic --set clock.end=2025-07
  runs first-half-run-share baseline --set mode=deterministic --set clock.end=2025-07 \
    --set training.run_share_memory=20yr
  local later=(baseline-2024 --set clock.end=2027-01 -n 200)
  runs misfit-2024-none "${later[@]}"
  runs misfit-2024-habits "${later[@]}" --set segments.enterprise.switching=50
  runs misfit-2024-half-habits "${later[@]}" --set segments.enterprise.switching=0.5
  runs misfit-2024-copying "${later[@]}" "${copying[@]}"
  runs misfit-2024-start "${later[@]}" --set training.past_compute_growth=1x/yr
  runs misfit-2024-taper "${later[@]}" --set paths.taper_time=20yr
  local lab money=(--set paths.taper_time=20yr \
    --set funding.sales_following=0) better=(--set chips.price_performance_growth=1.5x/yr)
  for lab in openai anthropic xai; do money+=(--set "labs.$lab.budget.growth=4x/yr"); done
  runs misfit-2024-money "${later[@]}" "${money[@]}"
  runs misfit-2024-chips "${later[@]}" "${better[@]}"
  runs misfit-2024-money-chips "${later[@]}" "${money[@]}" "${better[@]}"
}
# Which patterns of 2025 could fail: without luck, over the intervals of all parameters.
ranges() {
  local all=() path low high
  while read -r path low high; do all+=(--vary "$path=range"); done < <(intervals)
  simulate sweep baseline "${all[@]}" --design lhs --samples 200 --set mode=deterministic \
    --set reference_replications=1 \
    --set clock.end=2026-01 --tables market --format csv --no-figures --quiet --out "$out/ranges"
}
# The baseline in months and quarters, stochastic and deterministic.
steps() {
  for step in month quarter; do
    for mode in stochastic deterministic; do
      runs $mode-$step baseline --set clock.step=$step --set mode=$mode
    done
  done
}
# The back-test at both discrepancies, at fixed parameters, and at 0 without each input that leans
# on what is scored: luck of fit, budgets that follow sales, the chips' part as a server costs (a
# 1.6th), growth that buys accelerators alone.
backtests() {
  simulate backtest --out "$out/backtest" --json >"$out/backtest.json"
  simulate backtest --out "$out/backtest-bare" --discrepancy 0 --no-figures --json >"$out/backtest-bare.json"
  simulate backtest --out "$out/backtest-fixed" --fix-parameters --no-figures --json >"$out/backtest-fixed.json"
  local without
  for without in fit:market.fit_spread=0 sales:funding.sales_following=0 part:chips.chip_share_of_price=0.625 \
    mix:funding.accelerator_share_of_growth=1; do
    simulate backtest --out "$out/backtest-no-${without%%:*}" --set "${without#*:}" --discrepancy 0 --no-figures \
      --json >"$out/backtest-no-${without%%:*}.json"
  done
}
# The end of 2024, from its start.
end_of_2024() {
  runs end-2024 baseline-2024 -n 100 --set clock.end=2025-01
  runs end-2024-all-accelerators baseline-2024 -n 100 --set clock.end=2025-01 \
    --set funding.accelerator_share_of_growth=1
  simulate run baseline-2024 --set mode=deterministic --set clock.end=2025-01 --quiet --no-figures \
    --out "$out/end-2024-deterministic"
}
calibration() {
  simulate calibrate --out "$out/calibrate" --json >"$out/calibrate.json"
}
# The jump under each option.
robustness() {
  simulate check 'robustness-*' --expect -n 200 --set clock.end=2026-01 --json >"$out/robustness.json" || true
}
# What all pay for serving with the jump and without.
serving() {
  simulate compare without_events deepseek-shock --set clock.end=2026-01 -n 200 --tables market,labs --quiet \
    --no-figures \
    --out "$out/serving" >/dev/null
}
# The jump under other views of software, hosts, funding, demand and switching.
jumps() {
  local value name segment fast=()
  jump jump
  for value in research.gamma=1.5x/yr research.gamma=10x/yr market.eta={0.6,0.7,0.8,0.9,1,1.5} \
    market.host_substitution={1.1,1.9,2.3} funding.sales_following={0,1.2} market.brand_of_open_models={-3,0} \
    segments.developer.switching={1,12}; do
    name=$(printf %s "$value" | tr -c 'a-z0-9._\n' -)
    jump "jump-$name" --set "$value"
  done
  for segment in enterprise consumer developer china reasoning; do fast+=(--set "segments.$segment.switching=50"); done
  for value in 1.2x 5.7x; do jump "jump-$value" --set "events.0.shock.efficiency=$value"; done
  jump jump-published-scores --set labs.google.capability=0.93 --set labs.amazon.capability=0.40
  jump jump-no-habits "${fast[@]}"
  jump jump-hosts-with-margins --set market.eta=0.9 --set market.hosting_margin=1
  for value in 0.9 1; do jump "jump-all-eta-$value" --set "market.eta=$value" \
    --set "segments.reasoning.eta=$value"; done
}
# The jump with the plans for 2025 that were known on 31 January: as expected, no more than in 2024,
# and as all platforms grow.
plans() {
  local at=(--set clock.end=2027-01 -n 200 --at 2025-12,2026-12)
  at+=(--metrics hhi_sales,hhi_sales_clouds,hhi_sales_labs,supplier_revenue)
  versus plans-expected without_events robustness-january-plans "${at[@]}"
  versus plans-flat without_events robustness-january-plans "${at[@]}" \
    --set 'labs.google.budget.values.2025=$52.5B/yr' \
    --set 'labs.amazon.budget.values.2025=$46B/yr' --set outside_buyers.orders.growth=1.21x/yr \
    --set 'outside_buyers.orders.values.2025-01=$126B/yr'
  versus plans-trend without_events robustness-january-plans "${at[@]}" \
    --set 'labs.google.budget.values={2024: $52.5B/yr}' --set 'labs.amazon.budget.values={2024: $46B/yr}' \
    --set labs.google.share_for_other_products=0.725 --set outside_buyers.orders.growth=1.5x/yr \
    --set 'outside_buyers.orders.values.2025-01=$110B/yr'
}
# Policies under routines and under optimising labs and sponsors.
policies() {
  local policy way options
  for policy in open-weight-mandate compute-cap-1e26 compute-tax public-compute-10b; do
    for way in routine optimising; do
      options=()
      [ $way = routine ] || options=(--set training.chosen_runs=true --set funding.profit_following=1)
      versus $policy-$way baseline $policy "${options[@]}" --set clock.end=2031-01 -n 200 --at 2030-12 \
        --metrics hhi_sales,hhi_compute_used
    done
  done
}
# The jump over the intervals of all parameters at once, drawn in two ways.
all_parameters() {
  vectors vectors range
  vectors vectors-uniform uniform
}
# Who finds the gain, without luck, at the corners of κ and σ_h.
corners() {
  local kappa sigma
  for kappa in 1 0; do
    for sigma in 1.3 2.3; do
      versus corner-$kappa-$sigma baseline r1-efficiency-only deepseek-closed leader-published leader-shock \
        jump-for-all \
        --set mode=deterministic --set funding.sales_following=$kappa --set market.host_substitution=$sigma \
        --at 2025-12,2034-12 --metrics hhi_sales,hhi_sales_clouds,hhi_sales_labs,supplier_revenue
    done
  done
}
# The parts of R1: efficiency or technique alone, both kept secret, and the upper end of the gain.
parts() {
  local mode
  for mode in stochastic deterministic; do
    simulate compare baseline r1-efficiency-only r1-technique-only r1-secret deepseek-8x --set mode=$mode \
      --set clock.end=2026-01 -n 200 --tables market,segments --quiet --no-figures --out "$out/parts-$mode" >/dev/null
  done
  simulate compare baseline r1-efficiency-only r1-technique-only r1-secret deepseek-8x --set clock.end=2025-07 -n 200 \
    --tables market,lab_segments --quiet --no-figures --out "$out/parts-half" >/dev/null
}
# What to expect: the baseline at other values of what decides it, and without the technique.
expect() {
  local value eta
  runs expect-200 baseline -n 200
  for value in funding.sales_following={0,1,1.2} market.host_substitution=2.3 industry.entry_rate=0; do
    runs "expect-$value" baseline --set "$value" -n 40
  done
  for eta in 0.9 1.2 1.5; do
    for mode in stochastic deterministic; do
      versus "no-technique-$eta-$mode" baseline test-time-off --set segments.reasoning.eta=$eta --set mode=$mode \
        --set clock.end=2028-01 -n 400 --metrics hhi_sales,supplier_revenue,serving_compute --at 2025-06,2025-12,2027-12
    done
    simulate compare baseline test-time-off --set segments.reasoning.eta=$eta --set mode=deterministic \
      --set clock.end=2028-01 --tables market,labs --quiet --no-figures \
      --out "$out/no-technique-$eta-serving" >/dev/null
  done
}
# What is left of a leader's jump after ten years: with many pairs, where budgets do not follow
# sales, and how much of it luck hides.
leader() {
  local found
  for found in leader-shock leader-published; do
    simulate compare without_events $found -n 2000 --at 2034-12 --metrics hhi_sales --tables market --quiet \
      --no-figures \
      --out "$out/many-$found" >/dev/null
  done
  local jumps with options
  for jumps in true false; do
    for with in all no-entry no-luck; do
      options=()
      [ $with = all ] || options=(--set industry.entry_rate=0)
      [ $with != no-luck ] || options+=(--set industry.acquisition_hazard=0 --set market.fit_spread=0)
      versus leader-jumps-$jumps-$with without_events leader-shock --set funding.sales_following=0 \
        --set research.jumps=$jumps \
        "${options[@]}" -n 200 --at 2034-12 --metrics hhi_sales
    done
  done
}
# What drives concentration, with luck as a share of its own.
drivers() {
  simulate sweep deepseek-shock --vary research.gamma=range --vary market.eta=range --vary market.theta=range \
    --vary market.sigma=range --vary research.omega=range --vary training.distillation=range \
    --vary market.host_substitution=range --design saltelli --samples 128 -n 10 --set clock.end=2026-01 \
    --set reference_replications=8 --out "$out/drivers" --quiet
  simulate analyse sensitivity "$out/drivers" --at 2025-12 --json >"$out/drivers.json"
}
# Ten years at 500 vectors, one run each.
random_vectors() {
  SIMULATE_VECTORS=500 SIMULATE_FOUND=$(realpath "$out")/random-vectors.json \
    go test ./sim/experiment/run -run RandomVectors -count=1 -timeout 60m
}
# Levels under 300 references of other luck.
worlds() {
  SIMULATE_WORLDS=300 SIMULATE_FOUND=$(realpath "$out")/worlds.json \
    go test ./sim/experiment/run -run LevelsCover -count=1 -timeout 60m
}

sections=("${@:2}")
[ ${#sections[@]} -gt 0 ] ||
  sections=(patterns misfits ranges steps backtests end_of_2024 calibration robustness serving jumps plans policies \
    all_parameters corners parts
    expect leader drivers random_vectors worlds)
for section in "${sections[@]}"; do
  say "$section"
  "$section"
done
say "done: $out"
