"""What the soak uploads: articles in several versions, some of them deleted or unreadable, by chance from a seed.

A version says in its headline and in its text which one it is ("version 3 of article 17"), so that whoever reads it,
or what is made of it, can tell.
"""

import hashlib
import json
import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

UPLOADS_PER_ARTICLE = 20 / 7
"""2,000 uploads are of 700 articles."""

_UNCHANGED, _REMOVED, _UNREADABLE = 0.06, 0.03, 0.02
"""The shares of uploads that are no new readable version."""

_SOON, _LATER = 5, 0.25
"""How far off an article's next version is, on average: so many uploads, or such a share of all of them."""

_SOON_SHARE = 0.25
"""How often it is the former: soon enough that both are on their way at once, and one is mostly overtaken."""

_MARK = re.compile(r"version (\d+) of article (\d+)")


class Kind(StrEnum):
    """What an upload brings."""

    READABLE = "readable"
    UNREADABLE = "unreadable"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Upload:
    """One upload; ``content`` is ``None`` when it is a delete. An unchanged one has the version of the one before."""

    key: str
    mark: str
    kind: Kind
    content: bytes | None

    @property
    def etag(self) -> str | None:
        """What S3 calls the content (without its quotation marks)."""
        return None if self.content is None else hashlib.md5(self.content, usedforsecurity=False).hexdigest()


def uploads_of(seed: int, number: int) -> list[Upload]:
    """So many uploads in the order in which they are made; those of one article are in the order of their versions."""
    chance = random.Random(seed)  # noqa: S311 - a draw, no secret
    articles = max(1, round(number / UPLOADS_PER_ARTICLE))
    counts = [1] * articles
    for article in chance.choices(range(articles), k=number - articles):
        counts[article] += 1
    placed = [
        (position, upload)
        for article, count in enumerate(counts)
        for position, upload in zip(_positions(chance, count, number), _versions(chance, article, count), strict=True)
    ]
    return [upload for _, upload in sorted(placed, key=lambda each: each[0])]


def mark_in(text: str) -> str | None:
    """Which version ``text`` is of, if it says so: ``17/3``."""
    found = _MARK.search(text)
    return f"{found[2]}/{found[1]}" if found else None


def newest(uploads: Sequence[Upload]) -> Mapping[str, Upload]:
    """The last upload of each article, by key."""
    return {upload.key: upload for upload in uploads}


def _positions(chance: random.Random, count: int, uploads: int) -> Iterator[float]:
    position = chance.random()
    for _ in range(count):
        yield position
        position += chance.expovariate(uploads / _SOON if chance.random() < _SOON_SHARE else 1 / _LATER)


def _versions(chance: random.Random, article: int, count: int) -> Iterator[Upload]:
    upload = _readable(chance, article, 1)
    yield upload
    for version in range(2, count + 1):
        upload = _next(chance, article, version, upload)
        yield upload


def _next(chance: random.Random, article: int, version: int, before: Upload) -> Upload:
    draw = chance.random()
    mark = f"{article}/{version}"
    if draw < _REMOVED and before.kind is not Kind.REMOVED:
        return Upload(before.key, mark, Kind.REMOVED, None)
    if _REMOVED <= draw < _REMOVED + _UNREADABLE:
        return Upload(before.key, mark, Kind.UNREADABLE, chance.choice(_UNREADABLE_CONTENTS))
    if draw >= 1 - _UNCHANGED and before.kind is not Kind.REMOVED:
        return before
    return _readable(chance, article, version)


_UNREADABLE_CONTENTS = (b"", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x02\x00\x00\x00\x01\x00\x08\x06\x00\x00\x00")

_PLACES = ("Aldermoor", "Brackenford", "Corrie Bay", "Dunmere", "Eskdale", "Farrow Hill", "Glenrae", "Harnby")
_THINGS = ("ferry", "harbour wall", "town library", "swimming pool", "night bus", "market hall", "footbridge")
_PEOPLE = ("Ines Korrel", "Tomas Brandt", "Maud Ellery", "Piet Vos", "Hanna Lindqvist", "Owen Pryce")


_STORY = """\
The council of {place} has settled in {version} of its town plan how the {thing} is to be repaired. The work will cost \
{crowns},000 crowns and take {months} months, the council said on Tuesday.

The vote was {votes} to 4, after a debate that went on until midnight. Nobody had expected the {thing} to divide the \
town so evenly.

“We have waited long enough for this,” said {person}, who speaks for the {members} members of the society of friends \
of the {thing}. The society had collected signatures since the spring.

Half of the money comes from the county, and the rest is to be borrowed. The treasurer warned that the interest alone \
would cost as much as two teachers.

The {thing} was closed after a storm in January tore off a part of the roof beside it. Engineers who looked at the \
damage in March found rust in most of the older beams.

Visitors to {place} will have to use the old road until the work is done. A shuttle bus is to run on market days, and \
the fare stays as it is."""


def _readable(chance: random.Random, article: int, version: int) -> Upload:
    said = f"version {version} of article {article}"
    story = _STORY.format(
        version=said,
        place=_PLACES[article % len(_PLACES)],
        thing=_THINGS[article % len(_THINGS)],
        person=_PEOPLE[article % len(_PEOPLE)],
        crowns=chance.randrange(110, 900),
        months=chance.randrange(3, 30),
        votes=chance.randrange(5, 30),
        members=chance.randrange(50, 900),
    )
    name, content = _FORMATS[article % len(_FORMATS)](f"Repairs begin soon, says {said}", story)
    return Upload(f"soak/{article:04d} {name}", f"{article}/{version}", Kind.READABLE, content.encode())


def _as_text(headline: str, story: str) -> tuple[str, str]:
    return "plan.txt", f"{headline}\n\n{story}"


def _as_markdown(headline: str, story: str) -> tuple[str, str]:
    return "plan.md", f"# {headline}\n\n{story}"


def _as_json(headline: str, story: str) -> tuple[str, str]:
    return "plan.json", json.dumps({"headline": headline, "body": story}, ensure_ascii=False)


_FORMATS = (_as_text, _as_markdown, _as_json)
