"""What an efficiency jump changes: a figure of concentration and a table of effects.

Usage: python concentration.py [REPLICATIONS] [FOLDER]
"""

import sys

import matplotlib

matplotlib.use("Agg")

import simulate_client as sim

replications = int(sys.argv[1]) if len(sys.argv) > 1 else 50
folder = sys.argv[2] if len(sys.argv) > 2 else "results/jump"

sim.check_version()
results = sim.compare("baseline", "deepseek-shock", out=folder, replications=replications,
                      options=["--no-figures", "--record", "year"])

ax = results.plot("hhi_sales")
ax.set_title("Concentration of sales: mean and 90 % of the runs", loc="left", fontsize=10)
ax.figure.savefig(f"{folder}/concentration.png", dpi=200)

effects = results.effects("hhi_sales")
print(effects[["case", "date", "effect", "low", "high", "clear"]].to_string(index=False))
