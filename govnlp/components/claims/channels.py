"""The channel of what was published or seen: by the words before a quantity, by order in a respective list, or from its total."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from govnlp.components.claims.vocabulary import Lexicon, load

LOOK_BACK = 70
_QUOTE_ENDS = ("”", '"', "」", "》")
"""Between a quoted name and what it is the name of (“某某公众网”微信平台) stands one of these: no second channel."""
_RESPECTIVELY = re.compile("分别|各自|依次|各(?=发|占|推|公开|刊|更)")
_TAIL_STOPS = re.compile("[，。；、！？\n：,;]")


@cache
def _lexicon() -> tuple[Lexicon[str], frozenset[str]]:
    words = load("channels")
    entries = [(word, channel) for channel, found in words["words"].items() for word in found]
    entries += [(word, "") for word in words["not_words"]["words"]]
    return Lexicon(entries), frozenset(words["mixed"]["new_media"])


def channels_in(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """(start, end, channel) of each channel word within [start, end)."""
    return [hit for hit in _lexicon()[0].find(text, start, end) if hit[2]]


def channel_of(text: str, start: int, end: int, floor: int) -> str | None:
    """The channel named for the quantity at [start, end); `floor` is the end of the quantity before it, or the sentence's start.

    The nearest clause that names a channel decides; several kinds in it make `new_media`, or None where they are no one kind.
    """
    begin = max(floor, start - LOOK_BACK)
    hits = channels_in(text, begin, start)
    if not hits:
        found = _TAIL_STOPS.search(text, end, end + 16)
        hits = channels_in(text, end, found.start() if found else min(len(text), end + 16))
        return _one_of([h[2] for h in hits]) if hits else None
    last_clause = max(text.rfind(ch, begin, hits[-1][0]) for ch in "，；：,;")
    near = [h for h in hits if h[0] > last_clause]
    joined = [near[-1]]
    for hit in reversed(near[:-1]):
        between = text[hit[1] : joined[-1][0]]
        if re.search(r"[、和及与]|以及", between) or (len(between) <= 2 and between[:1] not in _QUOTE_ENDS):
            joined.append(hit)
        else:
            break
    # 县政府网站“某某”公众号: a name inside the other's name; only what is joined by 、 or 和 is a mix
    return _one_of([h[2] for h in joined])


def _one_of(channels: Sequence[str]) -> str | None:
    kinds = set(channels)
    if len(kinds) == 1:
        return channels[0]
    return "new_media" if kinds <= _lexicon()[1] or channels[0] == "new_media" else None


def respective_channels(text: str, start: int, first: int, count: int) -> list[str | None] | None:
    """Channels in order for `count` quantities from `first` on, where the text from `start` names as many before 分别; else None."""
    marks = list(_RESPECTIVELY.finditer(text, start, first))
    if not marks:
        return None
    found = marks[-1]
    begin = max(start, max(text.rfind(ch, start, found.start()) for ch in "。；：\n，") + 1)
    names = re.split("、|以及|[和及与]", text[begin : found.start()])[-count:]
    channels = [next((h[2] for h in reversed(channels_in(name, 0, len(name)))), None) for name in names]
    return channels if len(names) == count and any(channels) else None
