"""What each report of a batch has to do with the others: its copies, its agency's last report, and who its text names."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterator, Sequence

from govnlp.boilerplate.agencies import own_parts
from govnlp.boilerplate.align import Alignment, align
from govnlp.boilerplate.fingerprint import Fingerprint, similar
from govnlp.boilerplate.mask import Masked, masked_narrative
from govnlp.boilerplate.matching import match
from govnlp.document import Copy, Report

LEAST_SHARE = 0.2
"""A smaller shared part is left out: unrelated reports share up to an eighth in set phrases."""
_EARLIER = 2
"""Years back that a report is compared with, whatever it looks like."""
_IN_MEMORY = 256


class Comparison:
    """Compares the reports of a batch, given their fingerprints.

    `prints`: the batch first, then the reports of earlier years; `read(n)` gives the n-th report. `known`: fingerprints of a
    profile, whose texts are not there; a copy of such a report has an estimated share and no passages.
    """

    def __init__(
        self, prints: Sequence[Fingerprint], read: Callable[[int], Report], known: Sequence[Fingerprint] = ()
    ) -> None:
        read_already = {p.sha256 for p in prints}
        self._n = len(prints)
        self._prints = [*prints, *(p for p in known if p.sha256 not in read_already)]
        self._read = read
        self._matches = match(self._prints, self._n)
        self._states = {
            (a, p.year) for a, p in zip(self._matches.agencies, prints, strict=False) if a >= 0 and p.year is not None
        }
        self._names = _Names(prints)
        self._narratives: OrderedDict[int, Masked] = OrderedDict()
        self._aligned: OrderedDict[tuple[int, int], Alignment] = OrderedDict()

    @property
    def compared(self) -> int:
        """How many other reports each report is compared with."""
        return max(0, len(self._prints) - 1)

    def previous(self, number: int) -> Report | None:
        """Last year's report of the same agency, or None."""
        before = self._matches.previous[number]
        return self._read(before) if before >= 0 else None

    def copies(self, number: int) -> tuple[Copy, ...]:
        """What a report shares with others, the largest share first.

        Of two reports of one agency, or of different years, the later one is the copy; reports of one year are each other's.
        """
        own = self._prints[number]
        if own.signature is None:
            return ()
        found = []
        for other in self._partners(number):
            copy = self._copy(number, other)
            if copy is not None:
                found.append(copy)
        return tuple(sorted(found, key=lambda c: (-c.share, c.other_source, c.other)))

    def neighbours(self, report: Report) -> tuple[str, ...]:
        """Names of the batch's other agencies that the report's text may name."""
        return self._names.named_in(report)

    def _partners(self, number: int) -> Iterator[int]:
        own = self._prints[number]
        years_back = self._matches.earlier[number][:_EARLIER]
        for other in dict.fromkeys((*years_back, *self._matches.alike[number])):
            theirs = self._prints[other]
            if own.year is not None and theirs.year is not None and own.year < theirs.year:
                continue
            same = self._matches.same_agency(number, other)
            if same and (own.year is None or theirs.year is None):
                continue  # nothing tells which of the two came first
            if other >= self._n and (self._matches.agencies[other], theirs.year) in self._states:
                continue  # its text is here as well, in another state
            yield other

    def _copy(self, number: int, other: int) -> Copy | None:
        theirs = self._prints[other]
        if other >= self._n:
            share, other_share = similar(self._prints[number], theirs)
            alignment = Alignment(share, other_share)
        else:
            alignment = self._align(number, other)
        if alignment.share < LEAST_SHARE:
            return None
        same = self._matches.same_agency(number, other)
        name = theirs.agency or theirs.source
        if same and theirs.year is not None:
            name = f"{name}{theirs.year}年"
        return Copy(
            "previous" if same else "peer",
            name,
            round(alignment.share, 4),
            alignment.passages,
            theirs.published,
            theirs.source if other < self._n else "",
            round(alignment.other_share, 4),
        )

    def _align(self, number: int, other: int) -> Alignment:
        if (other, number) in self._aligned:
            return self._aligned.pop((other, number)).turned()
        alignment = align(self._narrative(number), self._narrative(other))
        if other > number:  # the other will ask for it too
            self._aligned[number, other] = alignment
            if len(self._aligned) > 16 * _IN_MEMORY:
                self._aligned.popitem(last=False)
        return alignment

    def _narrative(self, number: int) -> Masked:
        if number not in self._narratives:
            self._narratives[number] = masked_narrative(self._read(number))
            if len(self._narratives) > _IN_MEMORY:
                self._narratives.popitem(last=False)
        self._narratives.move_to_end(number)
        return self._narratives[number]


class _Names:
    """The agencies of a batch by the word that a text would name them with."""

    def __init__(self, prints: Sequence[Fingerprint]) -> None:
        self._by_word: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for name in sorted({p.agency for p in prints if p.agency}):
            self._by_word[own_parts(name)[0]][name] = None
        self._ends = frozenset(word[-1] for word in self._by_word)
        self._longest = max(map(len, self._by_word), default=0)

    def named_in(self, report: Report) -> tuple[str, ...]:
        text = report.text
        words = {
            text[start:end]
            for end, character in enumerate(text, 1)
            if character in self._ends
            for start in range(max(0, end - self._longest), end - 1)
        }
        own = own_parts(report.agency) if report.agency else ()
        names = {name for word in words & self._by_word.keys() for name in self._by_word[word]}
        return tuple(sorted(n for n in names if own_parts(n) != own))
