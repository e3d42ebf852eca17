"""Run the program ``simulate`` and read its results as data frames with dates and units.

The package holds no part of the model. ``run``, ``compare`` and ``sweep`` call the program and return
the results folder that it leaves; ``read`` opens one that is there::

    import simulate_client as sim

    results = sim.compare("baseline", "deepseek-shock", replications=50, out="results/shock")
    results.table("summary")           # DataFrame, date as datetime64
    results.units("summary")["mean"]   # "" as its unit is that of the metric
    results.sample("2027")             # a row per run, with what was drawn and what varied
    results.plot("hhi_sales")
"""

from .program import (SimulateError, VersionError, check_version, compare, find_program, run, sweep,
                      version)
from .results import Results, read

__all__ = ["Results", "SimulateError", "VersionError", "check_version", "compare", "find_program", "read",
           "run", "sweep", "version"]
__version__ = "0.4.1"
