"""The bundled samples as a newsroom has its articles: in sections, some for an editor, one overtaken by the news.

Nothing is made up for the page: the samples are uploaded, an editor's words go through the API, and what needs a review
needs it because the house style below says so.
"""

from importlib.resources import files as resources_of
from pathlib import Path

from standfirst_local.service import Service

HOUSE_STYLES = """\
prefixes: {business/: reviewed, news/: reviewed, sport/: reviewed}
styles:
  reviewed: {version: "1", review_on: [headline]}
"""
"""In these folders an editor also looks at a standfirst that says no more than its headline."""

SECTIONS = {"cup-final.txt": "sport", "water-rates.json": "business"}
"""Those that are not in ``news``."""

OVERTAKEN = "news/harbour-bridge.txt"
EDITED = (
    "The harbour bridge stays shut until at least the end of March after inspectors found 14 cracks in two of its four "
    "main hinge girders."
)
CORRECTION = ("14 cracks", "16 cracks")
"""What the newer version of that article has in other words."""

_ANSWER_SECONDS = 60


def samples() -> list[Path]:
    """Returns the bundled articles, by name."""
    return sorted(Path(str(resources_of("standfirst_local") / "samples")).iterdir())


def fill(service: Service) -> None:
    """Uploads the samples and waits for their summaries. Raises ``NoAnswer`` when there is none in time.

    One summary is then edited, and its article uploaded once more with other facts.
    """
    contents = {f"{SECTIONS.get(path.name, 'news')}/{path.name}": path.read_bytes() for path in samples()}
    for key, content in contents.items():
        service.upload(key, content)
    for key in contents:
        service.wait_for(key, _ANSWER_SECONDS)
    service.edit(OVERTAKEN, {"standfirst": EDITED})
    old, new = CORRECTION
    service.upload(OVERTAKEN, contents[OVERTAKEN].replace(old.encode(), new.encode()))
    service.wait_for(OVERTAKEN, _ANSWER_SECONDS)
