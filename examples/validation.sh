#!/usr/bin/env bash
# The numbers and figures of docs/validation.md and of the referee's questions in docs/odd.md, from the program alone: about twenty
# minutes on two cores. What tests and other commands make is named at the top of docs/validation.md. Needs simulate on the path. Text goes to OUT/*.txt, figures to OUT/*/figures.
set -euo pipefail
out=${1:-results/validation}
mkdir -p "$out"
say() { printf '\n== %s (%ss)\n' "$*" "$SECONDS"; }
keep() { tee "$out/$1.txt"; }
# The effect of the jump of January 2025, against the same world without it.
jump() {
  simulate compare without_events "$@" --set clock.end=2027-01 -n 200 --at 2025-12,2026-12 --no-figures --quiet \
    --metrics hhi_sales,hhi_sales_clouds,hhi_sales_labs,lerner,supplier_revenue,hhi_compute_owned
}

say "patterns"
simulate check baseline deepseek-shock gpt4-start --expect --quiet --json >"$out/patterns.json" 2>"$out/patterns.txt" || true
say "what the reasons of the misfits say"
simulate run baseline --set clock.end=2027-01 --quiet --no-figures --out "$out/misfit-none"
simulate run baseline --set clock.end=2027-01 --set training.distillation=0.7 --quiet --no-figures --out "$out/misfit-distillation"
simulate run baseline --set clock.end=2027-01 --set training.run_share_memory=20yr --quiet --no-figures --out "$out/misfit-run-share"
simulate run baseline --set clock.end=2027-01 --set training.distillation=0.7 --set research.omega=3 --set research.closed_lag=0.25yr \
  --quiet --no-figures --out "$out/misfit-copying"
for lag in default 0.25yr; do
  options=(); [ $lag = default ] || options=(--set research.closed_lag=$lag)
  simulate run baseline --set mode=deterministic --set clock.end=2027-01 "${options[@]}" --quiet --no-figures \
    --out "$out/misfit-lag-$lag"
done
say "the baseline, in months and quarters, stochastic and deterministic"
for step in month quarter; do
  for mode in stochastic deterministic; do
    simulate run baseline --set clock.step=$step --set mode=$mode --quiet --no-figures --out "$out/$mode-$step"
  done
done
simulate run baseline --quiet --out "$out/baseline"
say "back-test"
simulate backtest --out "$out/backtest" 2>&1 | keep backtest
simulate backtest --out "$out/backtest-no-discrepancy" --discrepancy 0 --no-figures 2>&1 | tail -5 | keep backtest-no-discrepancy
simulate backtest --out "$out/backtest-fixed" --fix-parameters --no-figures 2>&1 | tail -5 | keep backtest-fixed
say "the end of 2024, from its start"
simulate run baseline-2024 -n 100 --set clock.end=2025-01 --out "$out/end-2024" --quiet --no-figures
say "calibration"
simulate calibrate --out "$out/calibrate" 2>&1 | keep calibrate
say "the roster of 2024 over the set that fits"
simulate run baseline-2024 --parameters "$out/calibrate/posterior.csv" --set reference_replications=16 --out "$out/over-the-set" --quiet --no-figures | keep over-the-set
say "the jump under each option"
simulate check 'robustness-*' --expect -n 200 --set clock.end=2026-01 --json >"$out/robustness.json" || true
say "the jump under other views of software, demand and switching"
jump deepseek-shock --out "$out/jump" | keep jump
for value in research.gamma=1.5x/yr research.gamma=10x/yr market.eta={0.6,0.7,0.8,0.9,1,1.5} \
  market.host_substitution={1.1,1.9,2.3} funding.sales_following={0,1.2}; do
  name=jump-$(printf %s "$value" | tr -c 'a-z0-9._\n' -)
  jump deepseek-shock --set "$value" --out "$out/$name" | keep "$name"
done
fast=(); for s in enterprise consumer developer china reasoning; do fast+=(--set "segments.$s.switching=50"); done
jump deepseek-shock "${fast[@]}" --out "$out/jump-no-habits" | keep jump-no-habits
say "policies under routines and under optimising labs and sponsors"
for policy in open-weight-mandate compute-cap-1e26 compute-tax public-compute-10b; do
  for way in routine optimising; do
    options=()
    [ $way = routine ] || options=(--set training.chosen_runs=true --set funding.profit_following=1)
    simulate compare baseline $policy "${options[@]}" --set clock.end=2031-01 -n 200 --out "$out/$policy-$way" \
      --no-figures --quiet --at 2030-12 --metrics hhi_sales,hhi_compute_used | keep "$policy-$way"
  done
done
say "the jump over the intervals of all parameters at once"
all=()
for path in $(simulate params --json | awk -F'"' '/"path"/ {path = $4} /"interval_90": \[/ {print path}'); do
  all+=(--vary "$path=range")
done
simulate compare without_events deepseek-shock "${all[@]}" --vary segments.reasoning.eta=range --design lhs --samples 400 \
  -n 2 --set clock.end=2026-01 --set reference_replications=16 --at 2025-12 --no-figures --quiet \
  --metrics hhi_sales,hhi_sales_clouds,hhi_sales_labs,supplier_revenue --out "$out/vectors" | keep vectors
say "what to expect: the baseline in both modes, at other values of what decides it, and without the technique"
simulate run baseline --set mode=deterministic --quiet --no-figures --out "$out/expect-deterministic"
for value in funding.sales_following={0,1,1.2} market.host_substitution=2.3 industry.entry_rate=0; do
  simulate run baseline --set "$value" -n 40 --quiet --no-figures --out "$out/expect-$value"
done
for eta in 0.9 1.2 1.5; do
  simulate compare baseline test-time-off --set segments.reasoning.eta=$eta --set clock.end=2028-01 -n 40 --no-figures --quiet \
    --metrics hhi_sales,supplier_revenue,serving_compute --at 2025-06,2025-12,2027-12 --out "$out/no-technique-$eta" | keep "no-technique-$eta"
done
say "what drives concentration, with luck as a share of its own"
simulate sweep deepseek-shock --vary research.gamma=range --vary market.eta=range --vary market.theta=range --vary market.sigma=range \
  --vary research.omega=range --vary training.distillation=range --vary market.host_substitution=range --design saltelli \
  --samples 128 -n 10 --set clock.end=2026-01 --set reference_replications=8 --out "$out/drivers" --quiet
simulate analyse sensitivity "$out/drivers" --at 2025-12 2>&1 | keep drivers
say "done: $out"
