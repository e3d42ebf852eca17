"""The program: where it is, which version it has, and how it is called."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import Mapping, Optional, Sequence, Union

from .results import Results, read

#: Versions of the model whose results folders this package knows: the first two numbers.
KNOWN = "0.4"


class SimulateError(RuntimeError):
    """The program ended with an exit code other than 0; ``code`` is it and the text its message.

    Code 2 is bad input, refused before any work; code 1 is everything else.
    """

    def __init__(self, code: int, message: str):
        super().__init__(message)
        self.code = code


class VersionError(SimulateError):
    """The program is not of a version that this package knows."""


def find_program(path: Optional[str] = None) -> str:
    """The program: ``path``, else the environment's SIMULATE, else ``simulate`` on the PATH.

    Raises FileNotFoundError where there is none.
    """
    wanted = path or os.environ.get("SIMULATE") or "simulate"
    found = shutil.which(wanted)
    if found is None:
        raise FileNotFoundError(f"no program {wanted!r}; install simulate, or set the environment's SIMULATE to "
                                "its path")
    return found


def version(program: Optional[str] = None) -> str:
    """The program's version, such as ``0.4.1``."""
    text = _call([find_program(program), "--version"])
    match = re.search(r"\d+\.\d+\.\d+\S*", text)
    if match is None:
        raise VersionError(1, f"{find_program(program)} does not say which version of simulate it is: {text.strip()!r}")
    return match.group(0).rstrip(",;")


def check_version(known: str = KNOWN, program: Optional[str] = None) -> str:
    """The program's version; raises VersionError where it is not ``known`` (the first two numbers).

    A version of the model stands for its results: another one may have other tables and numbers.
    """
    has = version(program)
    if has.split(".")[:2] != known.split(".")[:2]:
        raise VersionError(1, f"simulate has version {has} and this package reads results of {known}; "
                              f"install simulate-client {'.'.join(has.split('.')[:2])}, or simulate {known}")
    return has


def run(scenario: Union[str, Sequence[str]], *, out: str, set: Optional[Mapping[str, object]] = None,
        replications: Optional[int] = None, seed: Optional[int] = None, options: Sequence[str] = (),
        program: Optional[str] = None) -> Results:
    """Runs a scenario (a name or a file; several make several cases) and returns its results folder.

    ``set`` gives values by PATH as scenarios write them: ``{"market.eta": 0.9, "labs.deepseek.budget":
    "$3B/yr"}``. ``options`` are more options of the command line. A folder that holds the same
    experiment is read and nothing is computed.
    """
    names = [scenario] if isinstance(scenario, str) else list(scenario)
    return _experiment("run", names, out, set, replications, seed, options, program)


def compare(base: str, *alternatives: str, out: str, set: Optional[Mapping[str, object]] = None,
            replications: Optional[int] = None, seed: Optional[int] = None, options: Sequence[str] = (),
            program: Optional[str] = None) -> Results:
    """Runs a base and alternatives under the same luck; ``effects()`` of the result says what changes."""
    return _experiment("compare", [base, *alternatives], out, set, replications, seed, options, program)


def sweep(scenario: str, *, out: str, vary: Optional[Mapping[str, str]] = None,
          set: Optional[Mapping[str, object]] = None, replications: Optional[int] = None,
          seed: Optional[int] = None, options: Sequence[str] = (), program: Optional[str] = None) -> Results:
    """Runs a design over PATHs, such as ``vary={"market.eta": "0.6,1.1"}``, with tables in CSV."""
    more = [word for path, values in (vary or {}).items() for word in ("--vary", f"{path}={values}")]
    if not any(o == "--format" or o.startswith("--format=") for o in options):
        more += ["--format", "csv"]
    return _experiment("sweep", [scenario], out, set, replications, seed, [*more, *options], program)


def _experiment(command, scenarios, out, values, replications, seed, options, program) -> Results:
    check_version(program=program)
    words = [find_program(program), command, *scenarios, "--out", os.fspath(out), "--quiet"]
    for path, value in (values or {}).items():
        words += ["--set", f"{path}={_written(value)}"]
    if replications is not None:
        words += ["--replications", str(int(replications))]
    if seed is not None:
        words += ["--seed", str(int(seed))]
    _call([*words, *options])
    return read(out)


def _written(value: object) -> str:
    """A value as scenarios write it: True is true."""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _call(words: Sequence[str]) -> str:
    """Standard output of a command; SimulateError with its message where it fails."""
    done = subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8")
    if done.returncode != 0:
        raise SimulateError(done.returncode, done.stderr.strip() or f"{words[0]} ended with {done.returncode}")
    return done.stdout
