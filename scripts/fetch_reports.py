#!/usr/bin/env python3
"""Fetch the public reports of a list, politely: one request at a time, slowly, as robots.txt allows, going on where it stopped.

Usage: scripts/fetch_reports.py OUT_DIR [--list corpora/public_reports.csv] [--delay 5] [--timeout 30]

The list is a CSV with the columns agency, kind, year, province, url. Each page is kept as it came (NNN-agency-year.html or .pdf
…); OUT_DIR/fetched.jsonl has a line for each address: its file, or why there is none. A second run asks only for what is
missing. Nothing that is fetched belongs into this repository.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import re
import sys
import time
import urllib.error
import urllib.request
import urllib.robotparser
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

AGENT = "govnlp-fetch/1.0 (research on annual reports; one request at a time)"
MAX_BYTES = 50 * 1024 * 1024
SUFFIXES = {"application/pdf": ".pdf", "text/plain": ".txt", "application/msword": ".doc"}
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Fetcher:
    """Keeps the distance between two requests to one host and remembers each host's robots.txt."""

    def __init__(self, delay: float, timeout: float, sleep: Callable[[float], None] = time.sleep) -> None:
        self.delay, self.timeout, self.sleep = delay, timeout, sleep
        self._last: dict[str, float] = {}
        self._robots: dict[str, urllib.robotparser.RobotFileParser] = {}

    def get(self, url: str) -> tuple[bytes, str]:
        """The body and its media type. Raises OSError, or PermissionError where robots.txt says no."""
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https"):
            raise ValueError(f"not a web address: {url}")
        robots = self._rules(f"{parts.scheme}://{parts.netloc}")
        if not robots.can_fetch(AGENT, url):
            raise PermissionError("robots.txt does not allow it")
        wait = max(self.delay, float(robots.crawl_delay(AGENT) or 0))
        return self._request(url, parts.netloc, wait)

    def _rules(self, site: str) -> urllib.robotparser.RobotFileParser:
        if site not in self._robots:
            rules = urllib.robotparser.RobotFileParser()
            try:
                body, _ = self._request(site + "/robots.txt", urlsplit(site).netloc, self.delay)
                rules.parse(body.decode("utf-8", "replace").splitlines())
            except urllib.error.HTTPError as error:
                # no such file: all is allowed; forbidden or broken: nothing is
                rules.parse([] if error.code in (404, 410) else ["User-agent: *", "Disallow: /"])
            self._robots[site] = rules
        return self._robots[site]

    def _request(self, url: str, host: str, wait: float) -> tuple[bytes, str]:
        since = time.monotonic() - self._last.get(host, float("-inf"))
        if since < wait:
            self.sleep(wait - since)
        self._last[host] = time.monotonic()
        request = urllib.request.Request(url, headers={"User-Agent": AGENT})
        with urllib.request.urlopen(request, timeout=self.timeout) as reply:
            body = reply.read(MAX_BYTES + 1)
            if len(body) > MAX_BYTES:
                raise OSError("larger than 50 MB")
            return body, reply.headers.get_content_type()


def fetch_all(rows: list[dict[str, str]], out: Path, fetcher: Fetcher) -> tuple[int, int]:
    """Fetch what is missing; returns how many files came and how many addresses failed."""
    out.mkdir(parents=True, exist_ok=True)
    log = out / "fetched.jsonl"
    done = set()
    if log.exists():
        for line in log.read_text(encoding="utf-8").splitlines():
            entry = json.loads(line)
            if entry.get("file") and (out / entry["file"]).exists():
                done.add(entry["url"])
    came = failed = 0
    with log.open("a", encoding="utf-8") as entries:
        for number, row in enumerate(rows, 1):
            url = row["url"]
            if url in done:
                continue
            entry: dict[str, object] = {"url": url, "agency": row["agency"], "year": row["year"]}
            try:
                body, media = fetcher.get(url)
            except (OSError, ValueError) as error:
                entry["error"] = f"{type(error).__name__}: {error}"
                failed += 1
            else:
                suffix = ".docx" if media == WORD else SUFFIXES.get(media, ".html")
                name = re.sub(r"[^\w-]+", "_", f"{number:03d}-{row['agency']}-{row['year']}")[:100] + suffix
                part = out / (name + ".part")
                part.write_bytes(body)
                part.replace(out / name)
                entry |= {"file": name, "sha256": hashlib.sha256(body).hexdigest()}
                came += 1
            entries.write(json.dumps(entry, ensure_ascii=False) + "\n")
            entries.flush()
            print(f"{number}/{len(rows)} {row['agency']} {row['year']}: {entry.get('file') or entry['error']}")
    return came, failed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    default = Path(__file__).resolve().parent.parent / "corpora" / "public_reports.csv"
    parser.add_argument("--list", type=Path, default=default)
    parser.add_argument("--delay", type=float, default=5.0, help="seconds between two requests to one host")
    parser.add_argument("--timeout", type=float, default=30.0)
    args = parser.parse_args()
    with args.list.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    came, failed = fetch_all(rows, args.out, Fetcher(args.delay, args.timeout))
    print(f"{came} fetched, {failed} failed; see {args.out / 'fetched.jsonl'}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
