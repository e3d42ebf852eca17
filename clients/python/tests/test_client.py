"""Against the real program, on a scenario of two labs. SIMULATE names the program."""

import os
import stat
from pathlib import Path

import pandas as pd
import pytest

import simulate_client as sim

TINY = str(Path(__file__).parent / "tiny.yaml")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("results")


@pytest.fixture(scope="module")
def ran(folder):
    return sim.run(TINY, out=folder / "run", replications=3, options=["--no-figures"])


@pytest.fixture(scope="module")
def compared(folder):
    cheaper = folder / "cheaper.yaml"
    cheaper.write_text(Path(TINY).read_text().replace("title: Two labs", "title: Cheaper").replace("$10B/yr", "$5B/yr"))
    return sim.compare(TINY, str(cheaper), out=folder / "compare", replications=4, options=["--no-figures"])


@pytest.fixture(scope="module")
def swept(folder):
    return sim.sweep(TINY, out=folder / "sweep",
                     vary={"market.sigma": "2.5,3.5", "segments.everyone.from": "2024-01,2024-07"}, replications=2,
                     options=["--no-figures"])


def test_the_program_has_a_version_that_is_known(tmp_path):
    assert sim.check_version() == sim.version()
    other = tmp_path / "other"
    other.write_text("#!/bin/sh\necho simulate 9.1.0\n")
    other.chmod(other.stat().st_mode | stat.S_IXUSR)
    with pytest.raises(sim.VersionError, match="simulate has version 9.1.0 and this package reads results of 0.4"):
        sim.check_version(program=str(other))
    with pytest.raises(FileNotFoundError, match="no-such-program"):
        sim.find_program("no-such-program")


def test_columns_have_their_types_and_units(ran):
    market = ran.table("market")
    assert str(market["date"].dtype) == "datetime64[ns]" and market["date"].max() == pd.Timestamp("2025-12-31")
    assert str(market["replication"].dtype) == "int64" and str(market["hhi_sales"].dtype) == "float64"
    assert market["case"].map(type).eq(str).all()
    assert market.attrs["units"]["entry_ticket"] == ran.unit_of("entry_ticket") == "USD/yr"
    assert "Herfindahl" in market.attrs["meanings"]["hhi_sales"]
    rows = {Path(t["file"]).stem: t["rows"] for t in ran.manifest["tables"]}
    for name in ran.tables:
        frame = ran.table(name)
        assert len(frame) == rows[name] and set(frame.columns) == set(ran.units(name))
    inputs = ran.table("inputs")
    assert set(inputs["mark"]) <= {"data", "derived", "assumption", "default"}


def test_what_is_there_is_not_run_again(ran):
    made = os.stat(ran.folder / "manifest.json").st_mtime_ns
    again = sim.run(TINY, out=ran.folder, replications=3, options=["--no-figures"])
    assert os.stat(again.folder / "manifest.json").st_mtime_ns == made


def test_values_are_set(folder):
    changed = sim.run(TINY, out=folder / "set", set={"market.eta": 0.9, "labs.small.commercial": True}, seed=7,
                      replications=1, options=["--no-figures"])
    inputs = changed.table("inputs").drop_duplicates("path").set_index("path")
    assert float(inputs.loc["market.eta", "value"]) == 0.9 and inputs.loc["market.eta", "mark"] == "assumption"
    assert inputs.loc["labs.small.commercial", "value"] == "true" and changed.manifest["seed"] == 7


def test_effects_are_the_mean_of_the_pairs(compared):
    market = compared.table("market").pivot_table(index=["replication", "date"], columns="case", values="hhi_sales")
    last = market.xs(pd.Timestamp("2025-12-31"), level="date")
    effect = compared.effects("hhi_sales").set_index("date").loc["2025-12-31"]
    assert effect["case"] == "cheaper" and effect["n"] == 4
    assert effect["effect"] == pytest.approx((last["cheaper"] - last["tiny"]).mean(), rel=1e-6)
    assert set(compared.effects()["segment"]) == {""} and len(compared.effects(segment="everyone")) > 0


def test_sample_joins_design_and_draws(swept):
    sample = swept.sample()
    assert len(sample) == 8 and sample["case"].tolist() == sorted(sample["case"])
    design, draws = swept.table("design").set_index("case"), swept.table("draws").set_index("replication")
    for _, row in sample.iterrows():
        assert row["market.sigma"] == design.loc[row["case"], "market.sigma"]
        assert row["segments.everyone.from"] == design.loc[row["case"], "segments.everyone.from"]
        assert row["market.eta"] == draws.loc[row["replication"], "market.eta"]
    assert sample["market.eta"].nunique() == 2 and sample["market.sigma"].nunique() == 2
    assert str(sample["segments.everyone.from"].dtype) == "datetime64[ns]"
    assert swept.sample("2024")["date"].eq(pd.Timestamp("2024-12-31")).all()
    with pytest.raises(KeyError, match="nothing is recorded at 2031"):
        swept.sample("2031")


def test_sample_of_runs(ran):
    sample = ran.sample("2025-06")
    assert sample["date"].eq(pd.Timestamp("2025-06-30")).all() and sample["market.eta"].notna().all()
    assert sample.groupby("replication")["market.eta"].nunique().eq(1).all()


def test_bad_input_says_what_the_program_says(folder):
    with pytest.raises(sim.SimulateError, match="market.etta") as caught:
        sim.run(TINY, out=folder / "bad", set={"market.etta": 1})
    assert caught.value.code == 2
    with pytest.raises(FileNotFoundError, match="no manifest.json"):
        sim.read(folder / "bad")
    with pytest.raises(KeyError, match="no table markets"):
        sim.read(folder / "run").table("markets")


def test_plot(ran, tmp_path):
    matplotlib = pytest.importorskip("matplotlib")
    matplotlib.use("Agg")
    ax = ran.plot("entry_ticket")
    assert ax.get_ylabel() == "entry_ticket [USD/yr]" and len(ax.get_lines()) == ran.table("summary")["case"].nunique()
    ax.figure.savefig(tmp_path / "plot.png")
    assert (tmp_path / "plot.png").stat().st_size > 5000
    with pytest.raises(KeyError, match="no metric hhi"):
        ran.plot("hhi")


def test_parquet(folder, ran):
    pytest.importorskip("pyarrow", reason="no pyarrow: Parquet is not read here")
    other = sim.run(TINY, out=folder / "parquet", replications=3, options=["--no-figures", "--format", "parquet"])
    pd.testing.assert_frame_equal(other.table("market"), ran.table("market"), check_exact=False, rtol=1e-8)


def test_parquet_without_pyarrow(folder):
    try:
        import pyarrow  # noqa: F401
        pytest.skip("pyarrow is there")
    except ImportError:
        pass
    other = sim.sweep(TINY, out=folder / "no-pyarrow", vary={"market.sigma": "2.5,3.5"}, replications=1,
                      options=["--no-figures", "--format", "parquet"])
    with pytest.raises(ImportError, match="--format csv"):
        other.table("runs")
