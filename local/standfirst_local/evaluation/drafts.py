"""``evaluate --drafts``: two settings write about the same articles, and their drafts are compared."""

import hashlib
import json
from codecs import BOM_UTF8
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from pathlib import Path
from statistics import fmean
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from standfirst.checking.check_draft import check_draft
from standfirst.domain import fingerprint
from standfirst.domain.article import Article, ArticleId, Document, Language, UnreadPart
from standfirst.domain.deadline import Deadline
from standfirst.domain.draft import Draft, Finding, within_limits
from standfirst.domain.errors import ReadingError, SettingsError
from standfirst.domain.ports import Assignment, PricedSummarizer
from standfirst.domain.style import HouseStyle
from standfirst.domain.texts import TEXTS, Texts
from standfirst.domain.usage import Usage
from standfirst.domain.word_count import count_words
from standfirst.model.tokens import estimate_tokens
from standfirst.reading.document import read_document
from standfirst.wiring.model import command_line_settings, command_line_summarizer
from standfirst.writing.house_style import StyleBook, load_styles
from standfirst_local.evaluation.blind_page import Pair, blind_page
from standfirst_local.evaluation.overlap import rouge_1, rouge_l
from standfirst_local.evaluation.paid_calls import Answer, PaidCall, RecordUsage, Spending, ask_all, say, told_in
from standfirst_local.evaluation.statistics import Estimate, mean_of, percentile
from standfirst_local.exit_status import ALL_DONE, SOME_FAILED
from standfirst_local.files import bytes_in, expand_folders, names_of, read_file
from standfirst_local.lines import explained

PROSE = tuple(kind.name for kind in TEXTS if kind.is_prose)
"""The texts whose words are counted, and compared with those that editors approved."""


class SettingFile(BaseModel):
    """A setting in YAML; what it leaves out is as in the environment.

    ``style`` is the path of a house style, from the setting's folder on; ``key_variable`` names the variable that holds
    the key.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str | None = None
    model: str | None = None
    base_url: str | None = None
    reasoning_effort: str | None = None
    service_tier: str | None = None
    style: Path | None = None
    key_variable: str = "OPENAI_API_KEY"


@dataclass(frozen=True, slots=True)
class Setting:
    """One of the two ways to write.

    ``told`` is what of it decides a draft, its price and its seconds, besides the style and the article.
    """

    name: str
    summarizer: PricedSummarizer
    styles: StyleBook
    told: Mapping[str, Any]


def read_setting(path: Path, environment: Mapping[str, str]) -> Setting:
    """Returns the setting in a file, with a model of its own. Raises ``SettingsError`` naming what is wrong."""
    try:
        written = SettingFile.model_validate(yaml.safe_load(bytes_in(path)) or {})
        style = bytes_in(path.parent / written.style).decode() if written.style else None
        styles = load_styles(style)
    except ValidationError as error:
        raise SettingsError(f"{path}: {explained(error)}") from error
    except (ReadingError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} cannot be read as a setting: {' '.join(str(error).split())}") from error
    variables = {
        "MODEL": written.model,
        "MODEL_BASE_URL": written.base_url,
        "MODEL_REASONING_EFFORT": written.reasoning_effort,
        "MODEL_SERVICE_TIER": written.service_tier,
    }
    given = {name: value for name, value in variables.items() if value}
    own = {**environment, **given, "OPENAI_API_KEY": environment.get(written.key_variable, "")}
    summarizer = command_line_summarizer(own)
    if summarizer is None:
        raise SettingsError(f"{path}: {written.key_variable} holds no key for the model.")
    settings = command_line_settings(own)
    # The tier changes no word of a draft, but its price and its seconds, which are compared.
    told = {**told_in(settings), "model_service_tier": settings.model_service_tier}
    return Setting(written.name or path.stem, summarizer, styles, told)


@dataclass(frozen=True, slots=True)
class Story:
    """An article to write about, and the texts about it that editors approved, by name."""

    name: str
    article: Article
    approved: Mapping[str, str]


class ArticleRow(BaseModel):
    """One line of a .jsonl file: ``{"article", "approved"?, "id"?, "headline"?, "language"?}``; others are let be."""

    model_config = ConfigDict(strict=True)

    article: str
    approved: Mapping[str, str] = {}
    id: str | int | None = None
    headline: str | None = None
    language: str | None = None


def read_stories(files: Sequence[Path]) -> tuple[list[Story], int]:
    """Returns the stories in files, folders and the lines of .jsonl files, and the exit status.

    What cannot be read is told on standard error.
    """
    stories, status = [], ALL_DONE
    for path in expand_folders(files):
        for found in _rows_in(path) if path.suffix == ".jsonl" else _stories_in(path):
            if isinstance(found, Story):
                stories.append(found)
            else:
                status = SOME_FAILED
                say(found)
    return stories, status


def _stories_in(path: Path) -> Iterator[Story | str]:
    try:
        articles = read_file(path)
    except ReadingError as error:
        yield f"{path}: {error}"
        return
    for name, article in zip(names_of(str(path), articles), articles, strict=True):
        yield f"{name}: {article.error}" if isinstance(article, UnreadPart) else Story(name, article, {})


def _rows_in(path: Path) -> Iterator[Story | str]:
    try:
        lines = path.read_bytes().removeprefix(BOM_UTF8).splitlines()
    except OSError as error:
        yield f"{path}: The file cannot be opened: {error.strerror}."
        return
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = ArticleRow.model_validate_json(line)
            document = Document(
                name="line.txt",
                content=row.article.encode(),
                content_type="text/plain; charset=utf-8",
                headline=row.headline,
                language=Language(row.language) if row.language else None,
            )
            [article] = read_document(document)
        except (ValidationError, ReadingError) as error:
            yield f"{path}: Line {number}: {explained(error) if isinstance(error, ValidationError) else error}"
            continue
        if isinstance(article, Article):
            name = f"{path.name}, line {number}" if row.id is None else str(row.id)
            yield Story(name, article, {text: row.approved[text] for text in PROSE if row.approved.get(text)})


@dataclass(frozen=True, slots=True)
class Written:
    """A draft, what the checks find in it, and what its call took."""

    texts: Texts
    findings: Sequence[Finding]
    usage: Usage
    seconds: float

    def count(self, severity: str) -> int:
        """Returns the number of findings of a severity."""
        return sum(finding.severity == severity for finding in self.findings)


def evaluate_drafts(
    files: Sequence[Path], settings: tuple[Setting, Setting], spending: Spending, wait: float, html: Path | None
) -> int:
    """Prints how the first drafts of two settings compare, and writes the page for a blind comparison.

    Returns the exit status. Raises as ``ask_all`` does, and ``SettingsError`` if the page cannot be written.
    """
    if settings[0].name == settings[1].name:
        raise SettingsError(f"Both settings are called {settings[0].name}: give one of them another name.")
    stories, status = read_stories(files)
    calls = {
        (place, side): _call(story, settings[side], wait) for place, story in enumerate(stories) for side in (0, 1)
    }
    asked = ask_all(calls.values(), " and ".join(setting.name for setting in settings), spending)
    pairs = []
    for place, story in enumerate(stories):
        answers = [asked.answers.get(calls[place, side].key) for side in (0, 1)]
        if all(answers):
            one, other = (
                _written(story, each, setting) for each, setting in zip(answers, settings, strict=True) if each
            )
            pairs.append((story, one, other))
    _print_report(pairs, len(stories), settings)
    if html and pairs:
        page = blind_page(
            [Pair(story.name, story.article, one.texts, other.texts) for story, one, other in pairs],
            (settings[0].name, settings[1].name),
        )
        try:
            html.write_text(page, encoding="utf-8")
        except OSError as error:
            raise SettingsError(f"{html} cannot be written: {error.strerror}.") from error
    return status if asked.is_complete and stories else SOME_FAILED


def _call(story: Story, setting: Setting, wait: float) -> PaidCall:
    style, summarizer = _style(story, setting), setting.summarizer
    told = [fingerprint.of_article(story.article, style.label, summarizer.identity), repr(style), dict(setting.told)]
    return PaidCall(
        key=hashlib.sha256(json.dumps(["draft", *told], sort_keys=True).encode()).hexdigest(),
        name=f"{story.name}, {setting.name}",
        tokens=estimate_tokens(story.article.text),
        likely_cost=summarizer.likely_cost(story.article),
        ask=partial(_ask, summarizer, story.article, style, wait),
    )


def _ask(
    summarizer: PricedSummarizer, article: Article, style: HouseStyle, wait: float, record_usage: RecordUsage
) -> dict[str, Any]:
    draft, _ = within_limits(summarizer.write(Assignment(article, style, Deadline.after(wait)), record_usage).draft)
    return dict(draft.texts)


def _style(story: Story, setting: Setting) -> HouseStyle:
    return setting.styles.for_article(ArticleId(story.name))


def _written(story: Story, answer: Answer, setting: Setting) -> Written:
    texts = TypeAdapter(Texts).validate_python(answer.answer)
    findings = check_draft(story.article, Draft(texts), _style(story, setting))
    return Written(texts, findings, answer.usage, answer.seconds)


_Pairs = Sequence[tuple[Story, Written, Written]]


def _print_report(pairs: _Pairs, stories: int, settings: tuple[Setting, Setting]) -> None:
    print(f"{len(pairs):,} of {stories:,} articles have a draft of both.\n")
    if not pairs:
        return
    one, other = (setting.name for setting in settings)
    width = max(12, len(one), len(other)) + 2
    print(f"{'each draft':26}{one:>{width}}{other:>{width}}   difference, 95 % interval")
    for name, places, values in _figures(pairs):
        means = (fmean(value for value, _ in values), fmean(value for _, value in values))
        shown = "".join(f"{mean:{width}.{places}f}" for mean in means)
        difference = mean_of([second - first for first, second in values])
        print(f"{name:26}{shown}   {_difference(difference, places)}")
    print()
    sides = ([first for _, first, _ in pairs], [second for _, _, second in pairs])
    for name, how in (("USD per 1,000 drafts", _cost), ("seconds, p50", _p50), ("seconds, p95", _p95)):
        print(f"{name:26}" + "".join(f"{how(drafts):>{width}}" for drafts in sides))


def _figures(pairs: _Pairs) -> Iterator[tuple[str, int, list[tuple[float, float]]]]:
    """Yields the name of a figure, its decimal places, and its value for each pair of drafts."""

    def both(figure: Any, chosen: _Pairs = pairs) -> list[tuple[float, float]]:  # noqa: ANN401
        return [(float(figure(story, one)), float(figure(story, other))) for story, one, other in chosen]

    yield "has an error", 2, both(lambda _, draft: draft.count("error") > 0)
    yield "errors", 2, both(lambda _, draft: draft.count("error"))
    yield "warnings", 2, both(lambda _, draft: draft.count("warning"))
    yield "lengths as in its style", 2, both(lambda _, draft: all(each.check != "limits" for each in draft.findings))
    for name in PROSE:
        yield f"{name}, words", 1, both(lambda _, draft, name=name: count_words(draft.texts[name]))
    for name in PROSE:
        approved = [pair for pair in pairs if name in pair[0].approved]
        for label, rouge in (("ROUGE-1", rouge_1), ("ROUGE-L", rouge_l)):
            if approved:
                yield (
                    f"{name}, {label} of {len(approved)}",
                    3,
                    both(
                        lambda story, draft, name=name, rouge=rouge: rouge(draft.texts[name], story.approved[name]),
                        approved,
                    ),
                )


def _difference(difference: Estimate | None, places: int) -> str:
    if difference is None:
        return ""
    value, low, high = (f"{each:+.{places}f}" for each in difference)
    return f"{value} ({low} to {high})"


def _cost(drafts: Sequence[Written]) -> str:
    costs = [Decimal(draft.usage.cost_usd) for draft in drafts if draft.usage.cost_usd is not None]
    return f"{1_000 * sum(costs) / len(drafts):.3f}" if len(costs) == len(drafts) else "unknown"


def _p50(drafts: Sequence[Written]) -> str:
    return f"{percentile(sorted(draft.seconds for draft in drafts), 0.5):.1f}"


def _p95(drafts: Sequence[Written]) -> str:
    return f"{percentile(sorted(draft.seconds for draft in drafts), 0.95):.1f}"
