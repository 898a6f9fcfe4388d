"""The fetcher against a server on loopback: robots.txt, distance between requests, resuming, failures."""

from __future__ import annotations

import importlib.util
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "scripts" / "fetch_reports.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fetch_reports", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Site(BaseHTTPRequestHandler):
    """A site whose /private is closed by robots.txt and whose /gone is not there."""

    asked: list[str] = []  # noqa: RUF012
    robots = "User-agent: *\nDisallow: /private\n"

    def do_GET(self) -> None:
        Site.asked.append(self.path)
        if self.path == "/robots.txt":
            self._answer(200, "text/plain", Site.robots.encode())
        elif self.path == "/gone":
            self._answer(404, "text/html", b"")
        else:
            media = "application/pdf" if self.path.endswith(".pdf") else "text/html"
            self._answer(200, media, f"<p>{self.path}</p>".encode())

    def _answer(self, status: int, media: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def site() -> Iterator[str]:
    Site.asked = []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def rows(site: str, *paths: str) -> list[dict[str, str]]:
    return [
        {"agency": "柳庄镇/../x", "kind": "township", "year": "2023", "province": "", "url": site + p} for p in paths
    ]


def log(out: Path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (out / "fetched.jsonl").read_text(encoding="utf-8").splitlines()]


def test_pages_are_kept_and_failures_recorded(script: ModuleType, site: str, tmp_path: Path) -> None:
    fetcher = script.Fetcher(0, 5)
    assert script.fetch_all(rows(site, "/a", "/gone", "/private/b", "/c.pdf"), tmp_path, fetcher) == (2, 2)
    entries = log(tmp_path)
    assert [bool(e.get("file")) for e in entries] == [True, False, False, True]
    assert "404" in entries[1]["error"]
    assert "robots.txt" in entries[2]["error"]
    assert entries[3]["file"].endswith(".pdf")
    assert (tmp_path / entries[0]["file"]).read_bytes() == b"<p>/a</p>"
    assert {p.name for p in tmp_path.iterdir()} == {"fetched.jsonl", entries[0]["file"], entries[3]["file"]}
    assert "/private/b" not in Site.asked


def test_a_second_run_asks_only_for_what_is_missing(script: ModuleType, site: str, tmp_path: Path) -> None:
    script.fetch_all(rows(site, "/a", "/gone"), tmp_path, script.Fetcher(0, 5))
    Site.asked.clear()
    assert script.fetch_all(rows(site, "/a", "/gone", "/d"), tmp_path, script.Fetcher(0, 5)) == (1, 1)
    assert Site.asked == ["/robots.txt", "/gone", "/d"]


def test_requests_keep_their_distance(script: ModuleType, site: str, tmp_path: Path) -> None:
    waits: list[float] = []
    script.fetch_all(rows(site, "/a", "/b"), tmp_path, script.Fetcher(30, 5, waits.append))
    assert len(waits) == 2  # robots.txt, then each page
    assert all(29 < w <= 30 for w in waits)


def test_a_crawl_delay_of_the_site_counts(
    script: ModuleType, site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Site, "robots", "User-agent: *\nCrawl-delay: 60\n")
    waits: list[float] = []
    script.fetch_all(rows(site, "/a"), tmp_path, script.Fetcher(1, 5, waits.append))
    assert 59 < max(waits) <= 60


def test_only_web_addresses(script: ModuleType, tmp_path: Path) -> None:
    listed = [{"agency": "a", "kind": "", "year": "1", "province": "", "url": "file:///etc/passwd"}]
    assert script.fetch_all(listed, tmp_path, script.Fetcher(0, 5)) == (0, 1)
    assert "not a web address" in log(tmp_path)[0]["error"]


def test_the_shipped_list_is_well_formed() -> None:
    import csv

    from govnlp.schema import AGENCY_KINDS

    with (SCRIPT.parents[1] / "corpora" / "public_reports.csv").open(encoding="utf-8", newline="") as file:
        listed = list(csv.DictReader(file))
    assert len(listed) >= 30
    assert len({row["url"] for row in listed}) == len(listed)
    assert all(row["kind"] in AGENCY_KINDS and 2008 <= int(row["year"]) <= 2026 for row in listed)
    assert all(row["url"].split("/")[2].endswith("gov.cn") for row in listed)
