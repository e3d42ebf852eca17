#!/usr/bin/env bash
# Every number and figure of docs/validation.md and of the referee's questions in docs/odd.md, from the program alone: about a quarter of
# an hour on two cores. Needs simulate on the path. Text goes to OUT/*.txt, figures to OUT/*/figures.
set -euo pipefail
out=${1:-results/validation}
mkdir -p "$out"
say() { printf '\n== %s (%ss)\n' "$*" "$SECONDS"; }
keep() { tee "$out/$1.txt"; }
# The effect of the jump of January 2025, against the same world without it.
jump() { simulate compare without_events "$@" --metrics hhi_sales,lerner,price_relative,consumer_surplus,supplier_revenue --at 2025-12,2026-12 --no-figures --quiet; }

say "patterns"
simulate check baseline deepseek-shock gpt4-start --expect --quiet --json >"$out/patterns.json" 2>"$out/patterns.txt" || true
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
simulate check 'robustness-*' 'supplier-*' --expect --json 2>/dev/null >"$out/robustness.json"
say "the jump under other views of software, demand and switching"
for value in research.gamma=1.5x/yr research.gamma=10x/yr market.eta=0.6 market.eta=0.7 market.eta=0.8 market.eta=0.9 market.eta=1.5; do
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
    simulate compare baseline $policy "${options[@]}" --out "$out/$policy-$way" --no-figures --quiet --at 2030-12 --metrics hhi_sales,hhi_compute_used,largest_run,lag_4th_lab_oom | keep "$policy-$way"
  done
done
say "the jump after a start in 2023"
printf '%s\n' 'extends: gpt4-start' 'events: [{at: 2025-01-20, shock: {lab: deepseek, efficiency: 4.5x, technique: test_time, disclosure: published}}]' >"$out/jump-after-2023.yaml"
jump "$out/jump-after-2023.yaml" --out "$out/jump-after-2023" | keep jump-after-2023
say "what drives concentration, with luck as a share of its own"
simulate sweep deepseek-shock --vary research.gamma=range --vary market.eta=range --vary market.theta=range --vary market.sigma=range --vary research.omega=range --vary training.distillation=range \
  --design saltelli --samples 256 -n 4 --set clock.end=2028-01 --set reference_replications=8 --out "$out/drivers" --quiet
simulate analyse sensitivity "$out/drivers" --at 2025-12 2>&1 | keep drivers
say "done: $out"
