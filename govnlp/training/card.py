"""The model card: README.md beside a model, made from its `scores.json`."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

RUNS_ON: Mapping[str | None, str] = {
    None: " Runs on numpy alone.",
    "govnlp.CharEncoder.v2": " Runs on numpy alone.",
    "govnlp.TransformerEncoder.v1": " Scores with torch (`govnlp[transformer]`), or once exported (`govnlp onnx`) with ONNX Runtime.",
    "govnlp.GraphEncoder.v1": " Scores with ONNX Runtime, without torch; `trainable/` holds it as it was trained, for `govnlp train --from`.",
}
"""What scoring needs, by the architecture of the encoder."""


def write_card(folder: Path, scores: Mapping[str, Any]) -> None:
    """Write README.md into the model folder; `notes` among the scores is Markdown that is taken in as it is."""
    (folder / "README.md").write_text(card(scores), "utf-8")


def card(scores: Mapping[str, Any]) -> str:
    """The card's text (Markdown); it says nothing that the run does not know, but for the `notes`."""
    parts = [_head(scores), _stages(scores), _results(scores), _labels(scores), _comparison(scores)]
    parts += [_calibration(scores), scores["notes"].strip(), _again(scores)]
    return "\n\n".join(p for p in parts if p) + "\n"


def _head(s: Mapping[str, Any]) -> str:
    licence = f" Licence: {s['licence']}." if s["licence"] else ""
    n, variants = s["reports"], s["recipe"]["variants"] if s["recipe"]["passes"] else 0
    same = (
        ""
        if s["recipe"]["passes"]
        else f" The stages are those of {s['old']['name']} {s['old']['version']} as they were; only the ratings were fitted on these reports."
    )
    more = (
        f"; each training report once more in {variants} seeded variant(s) (sentences run together, headings set otherwise or left out, "
        "the agency's name for 我镇, digits full-width)"
        if variants
        else ""
    )
    return (
        f"# {s['name']} {s['version']}\n\n"
        "Finds sections, claims, sentence labels, elements and ratings in Chinese government disclosure annual reports "
        f"(政府信息公开工作年度报告).{licence}{RUNS_ON.get(s['encoder'].get('@architectures'), '')}\n\n"
        "## Data\n\n"
        f"Corpora: {', '.join(s['corpora'])}. {n['train']} reports to train, {n['dev']} to tune and stop early, {n['test']} held out, split "
        f"by family (an agency's years and copies stay together){more}.{same}"
    )


def _stages(s: Mapping[str, Any]) -> str:
    if not s["stages"]:
        return ""
    sets = list(s["stages"][0]["rules"])
    head = "| stage | " + " | ".join(f"{name}: rules | trained" for name in sets) + " | shipped |"
    lines = ["## Which stage is trained", "", head, "|---" * (2 + 2 * len(sets)) + "|"]
    for row in s["stages"]:
        cells = " | ".join(f"{row['rules'][name]:.4f} | {row['trained'][name]:.4f}" for name in sets)
        lines.append(f"| {row['stage']} | {cells} | {'trained' if row['kept'] else 'rules'} |")
    lines += ["", "Values, units, qualifiers, explicit nones, rates and arithmetic are always by rules."]
    return "\n".join(lines)


def _results(s: Mapping[str, Any]) -> str:
    names = list(s["figures"])
    lines = ["## Figures", "", "| | " + " | ".join(names) + " |", "|---" * (1 + len(names)) + "|"]
    rows = {
        "sections accuracy": ("sections", "accuracy"),
        "claims F1": ("claims", "f1"),
        "claims value-F1": ("claims", "value_f1"),
        "claims channel": ("claims", "channel"),
        "claims part_of": ("claims", "part_of"),
        "sentences macro-F1": ("sentences", "macro_f1"),
        "elements F1": ("elements", "f1"),
        "findings F1": ("findings", "f1"),
        "completeness QWK": ("ratings", "completeness", "qwk"),
        "boilerplate QWK": ("ratings", "boilerplate", "qwk"),
        "boilerplate Spearman": ("boilerplate_spearman",),
    }
    for title, path in rows.items():
        cells = []
        for name in names:
            value: Any = s["figures"][name]
            for key in path:
                value = value[key]
            cells.append("n/a" if value is None else f"{value:.4f}")
        lines.append(f"| {title} | " + " | ".join(cells) + " |")
    if "GOLD" in s["command"]:
        chose = " Half 0 of them helped to choose the stages." if s["stages"] and "gold, half 0" in names else ""
        lines += ["", f"The gold reports did not train.{chose}"]
    return "\n".join(lines)


def _labels(s: Mapping[str, Any]) -> str:
    figures = s["figures"]["corpus test"]
    lines = ["## Per label, held-out corpus", "", "| label | P | R | F1 | n |", "|---|---|---|---|---|"]
    groups = {"sentence ": figures["sentences"]["by_label"], "claim ": figures["claims"]["by_type"]}
    for prefix, group in groups.items():
        for label, f in group.items():
            lines.append(f"| {prefix}{label} | {f['p']:.3f} | {f['r']:.3f} | {f['f1']:.3f} | {f['n']} |")
    return "\n".join(lines)


def _comparison(s: Mapping[str, Any]) -> str:
    lines = [f"## Against {s['old']['name']} {s['old']['version']}, held-out corpus", ""]
    lines += ["| layer | old | new | 95 % of the change, reports resampled |", "|---|---|---|---|"]
    for c in s["comparison"]:
        lines.append(f"| {c['layer']} | {c['old']:.4f} | {c['new']:.4f} | {c['low']:+.4f} … {c['high']:+.4f} |")
    return "\n".join(lines)


def _calibration(s: Mapping[str, Any]) -> str:
    if not s["reliability"]:
        return ""
    lines = ["## Calibration, held-out corpus", "", "| stage | ECE | confidence → right (n) |", "|---|---|---|"]
    for name, r in s["reliability"].items():
        bins = ", ".join(f"{mean:.2f} → {share:.2f} ({n})" for _, _, mean, share, n in r["bins"])
        lines.append(f"| {name} | {r['ece']:.4f} | {bins} |")
    return "\n".join(lines)


def _again(s: Mapping[str, Any]) -> str:
    return f"## To reproduce\n\n    {shlex.join(s['command'])}"
