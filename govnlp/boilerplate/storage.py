"""A profile on disk: one compressed numpy archive of plain arrays, without pickle, the same bytes for the same profile."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import IO, Any

import numpy as np
from numpy.typing import NDArray

from govnlp.boilerplate.counts import Counts
from govnlp.boilerplate.fingerprint import PERMUTATIONS, Fingerprint
from govnlp.boilerplate.grams import GRAM
from govnlp.boilerplate.profile import Profile
from govnlp.boilerplate.standing import POINTS, SCORES, Histogram, Standing
from govnlp.errors import ConfigError, writing

SCHEMA = "govnlp.profile/1"
_COLUMNS = {"hashes": np.uint64, "reports": np.uint32, "agencies": np.uint64, "years": np.uint32}


def write_profile(profile: Profile, path: str | Path) -> None:
    """Write a profile. Raises `errors.OutputError`."""
    file = Path(path)
    part = file.with_name(file.name + ".part")
    with writing(file, advice="choose another --out"):
        file.parent.mkdir(parents=True, exist_ok=True)
        with part.open("wb") as stream:
            np.savez_compressed(stream, allow_pickle=False, **_arrays(profile))
        part.replace(file)


def read_profile(path: Path) -> Profile:
    """Read a profile. Raises `errors.ConfigError` where the file is none, or of another version."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError("no profile here", source=str(path), advice="build one with `govnlp profile`") from error
    return read_stream(io.BytesIO(data), str(path))


def read_stream(stream: IO[bytes], name: str) -> Profile:
    """Read a profile from an open file; `name` is for the error."""
    try:
        with np.load(stream, allow_pickle=False) as archive:
            arrays = {key: archive[key] for key in archive.files}
        about = json.loads(bytes(arrays["about"]))
        if about["schema"] != SCHEMA or about["gram"] != GRAM:
            raise ConfigError(
                f"a profile of another version ({about['schema']})", source=name, advice="build it with this version"
            )
        return _profile(arrays, about)
    except (OSError, ValueError, KeyError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise ConfigError(f"not a profile: {error}", source=name, advice="build one with `govnlp profile`") from error


def _arrays(profile: Profile) -> dict[str, NDArray[Any]]:
    groups = list(profile.standing.groups.items())
    about = {
        "schema": SCHEMA,
        "gram": GRAM,
        "n_reports": profile.n_reports,
        "capacity": {"grams": profile.grams.capacity, "sentences": profile.sentences.capacity},
        "n_fingerprints": profile.n_fingerprints,
        "standing": [[kind, year] for (kind, year), _ in groups],
        "fingerprints": [
            [f.source, f.sha256, f.agency, f.kind, f.year, f.published, f.size] for f in profile.fingerprints
        ],
    }
    arrays: dict[str, NDArray[Any]] = {
        "about": np.frombuffer(json.dumps(about, ensure_ascii=False).encode("utf-8"), np.uint8),
        "standing": np.array([h for _, h in groups], np.int64).reshape(len(groups), len(SCORES), POINTS),
        "signatures": np.array([f.signature for f in profile.fingerprints], np.uint32).reshape(-1, PERMUTATIONS),
    }
    for table in ("grams", "sentences"):
        counts: Counts = getattr(profile, table)
        # differences of sorted hashes pack better than the hashes
        arrays[f"{table}.hashes"] = np.diff(counts.hashes, prepend=np.uint64(0))
        for column in ("reports", "agencies", "years"):
            arrays[f"{table}.{column}"] = getattr(counts, column)
    return arrays


def _profile(arrays: dict[str, NDArray[Any]], about: dict[str, Any]) -> Profile:
    tables = {}
    for table in ("grams", "sentences"):
        columns = {name: arrays[f"{table}.{name}"].astype(kind, casting="equiv") for name, kind in _COLUMNS.items()}
        if len({c.shape for c in columns.values()}) != 1 or columns["hashes"].ndim != 1:
            raise ValueError(f"columns of {table} differ in length")
        columns["hashes"] = np.cumsum(columns["hashes"], dtype=np.uint64)
        tables[table] = Counts(**columns, capacity=int(about["capacity"][table]))
    groups: dict[tuple[str, int], Histogram] = {}
    for (kind, year), row in zip(about["standing"], arrays["standing"], strict=True):
        groups[str(kind), int(year)] = row
    fingerprints = tuple(
        Fingerprint(source, sha256, agency, kind, year, published, size, signature)
        for (source, sha256, agency, kind, year, published, size), signature in zip(
            about["fingerprints"], arrays["signatures"], strict=True
        )
    )
    return Profile(
        int(about["n_reports"]),
        tables["grams"],
        tables["sentences"],
        Standing(groups),
        fingerprints,
        int(about["n_fingerprints"]),
    )
