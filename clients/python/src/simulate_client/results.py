"""A results folder as data frames."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Dict, List, Optional

import pandas as pd


class Results:
    """A complete results folder of run, compare, sweep, backtest or calibrate.

    ``manifest`` is what the folder says of itself: name, seed, command, cases, tables.
    """

    def __init__(self, folder):
        self.folder = Path(os.fspath(folder))
        try:
            self.manifest = json.loads((self.folder / "manifest.json").read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise FileNotFoundError(f"{self.folder} is no complete results folder: it has no manifest.json") from None
        self._files = {Path(t["file"]).stem: t["file"] for t in self.manifest["tables"]}
        self._words: Optional[pd.DataFrame] = None

    def __repr__(self) -> str:
        return f"Results({str(self.folder)!r}: {self.manifest['title']}; tables {', '.join(self.tables)})"

    @property
    def tables(self) -> List[str]:
        """Names of the tables, in the order of the folder."""
        return list(self._files)

    @property
    def dictionary(self) -> pd.DataFrame:
        """Unit, meaning and type of every column of every table."""
        if self._words is None:
            self._words = self._load("dictionary", None)
            if "type" not in self._words:
                raise ValueError(f"{self.folder} was made by an earlier version, whose dictionary has no types; give "
                                 f"its command again: {' '.join(self.manifest['command'])}")
        return self._words

    def table(self, name: str) -> pd.DataFrame:
        """A table: dates as datetime64, whole numbers as int64, names as text, what is undefined as NaN.

        ``frame.attrs["units"]`` and ``frame.attrs["meanings"]`` say them by column.
        """
        words = self.dictionary
        words = words[words["table"] == name].set_index("column")
        frame = self._load(name, words["type"].to_dict())
        frame.attrs["units"] = words["unit"].to_dict()
        frame.attrs["meanings"] = words["meaning"].to_dict()
        return frame

    def units(self, name: str) -> Dict[str, str]:
        """Units of the columns of a table; "" for text and pure numbers."""
        words = self.dictionary
        return words[words["table"] == name].set_index("column")["unit"].to_dict()

    def unit_of(self, metric: str) -> str:
        """Unit of a metric of the market, "" where it is a pure number."""
        for name in ("market", "runs"):
            if metric in self.units(name):
                return self.units(name)[metric]
        return ""

    def effects(self, metric: Optional[str] = None, segment: str = "") -> pd.DataFrame:
        """What each case changes against the one it is compared with: mean, interval, spread over runs.

        ``metric`` None is all; ``segment`` "" is the whole market. Raises KeyError where nothing is compared.
        """
        found = self.table("effects")
        found = found[found["segment"] == segment]
        return (found if metric is None else found[found["metric"] == metric]).reset_index(drop=True)

    def sample(self, date: Optional[str] = None) -> pd.DataFrame:
        """A row for each run with its metrics at a date, joined with what the design varies and what was drawn.

        ``date`` is a year, month or day, which stands for the last recorded date in it; None is the last one.
        Columns of the design and of the draws are called by their PATH.
        """
        if "market" in self._files:
            frame = self.table("market")
            days = frame["date"].dt.strftime("%Y-%m-%d")
            asked = (d for d in days.unique() if d == date or d.startswith(f"{date}-"))
            at = days.max() if date is None else max(asked, default=None)
            if at is None:
                raise KeyError(f"nothing is recorded at {date}; records go from {days.min()} to {days.max()}")
            frame = frame[days == at]
        else:
            frame = self.table("runs")
            frame = frame[frame["status"] == "ok"]
            if date is not None:
                frame = frame[frame["date"].dt.strftime("%Y-%m-%d").str.startswith(date)]
        for name in ("design", "draws"):
            if name in self._files:
                frame = self._joined(frame, self.table(name))
        return frame.reset_index(drop=True)

    @staticmethod
    def _joined(frame: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
        """The frame with the other's columns that it lacks, by the keys that both have."""
        if "point" in other and (other["point"] == 0).all():  # the same at every point of the design
            other = other.drop(columns="point")
        keys = [c for c in ("case", "point", "replication") if c in other and c in frame]
        fresh = [c for c in other if c not in frame]
        return frame.merge(other[keys + fresh], on=keys, how="left", validate="many_to_one")

    def plot(self, metric: str, ax=None):
        """Mean of a metric by case over time, with the interval that holds 90 % of the runs; a matplotlib axis."""
        import matplotlib.pyplot as plt

        ax = ax or plt.subplots(figsize=(6.3, 3.6), layout="constrained")[1]
        summary = self.table("summary")
        found = summary[summary["metric"] == metric]
        if found.empty:
            raise KeyError(f"no metric {metric}; there are {', '.join(summary['metric'].unique())}")
        for case, rows in found.groupby("case", sort=False):
            (line,) = ax.plot(rows["date"], rows["mean"], label=case)
            ax.fill_between(rows["date"], rows["q05"], rows["q95"], alpha=0.2, color=line.get_color(), linewidth=0)
        unit = self.unit_of(metric)
        ax.set_ylabel(f"{metric} [{unit}]" if unit else metric)
        ax.legend(frameon=False, loc="upper left", bbox_to_anchor=(0, -0.09), ncol=4, borderaxespad=0)
        ax.spines[["top", "right"]].set_visible(False)
        return ax

    def _load(self, name: str, types: Optional[Dict[str, str]]) -> pd.DataFrame:
        if name not in self._files:
            raise KeyError(f"{self.folder} has no table {name}; it has {', '.join(self.tables)}")
        file = self.folder / self._files[name]
        if file.suffix == ".parquet":
            try:
                frame = pd.read_parquet(file)
            except ImportError:
                raise ImportError(f"{file} is Parquet, which pandas reads with pyarrow; install it, or let simulate "
                                  "write --format csv") from None
        else:
            # Text stays text: "01" is a case and NA may be a name.
            frame = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8")
        for column in frame:
            frame[column] = _typed(frame[column], (types or {}).get(column, "text"))
        return frame


def _typed(cells: pd.Series, kind: str) -> pd.Series:
    if kind == "date":
        return pd.to_datetime(cells.replace("", None), format="%Y-%m-%d")
    if kind == "integer":
        return cells.astype("int64")
    if kind == "number":
        return pd.to_numeric(cells.replace("", None)).astype("float64")
    return cells


def read(folder) -> Results:
    """Opens a complete results folder."""
    return Results(folder)
