"""Mean of a metric by a value that varies, from the CSV tables of a sweep. Usage: read.py FOLDER"""
import csv
import statistics
import sys
from collections import defaultdict

folder = sys.argv[1]
by = "policies.public_compute.grant.amount"
labs = defaultdict(list)
with open(folder + "/runs.csv", newline="") as file:
    for row in csv.DictReader(file):
        if row["status"] == "ok":
            labs[float(row[by])].append(float(row["labs_near_frontier"]))
print("python")
for grant in sorted(labs):
    print(f"{grant:.0f} {statistics.fmean(labs[grant]):.6f}")
