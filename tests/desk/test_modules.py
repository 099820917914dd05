"""The page's own modules, in the browser that runs them, and what the whole of it weighs."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from desk_articles import queued
from standfirst.domain.review import LONGEST_FINDING_NOTE, MOST_OVERRULED, MOST_SEEN, SummaryPatch

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from conftest import Service

DESK = Path(__file__).parents[2] / "functions/serve_desk/desk"
MOST_BYTES = 150_000
MOST_LINES = 320
IMPORTED = re.compile(r'^(?:import|export)\b[^"]*\bfrom "([^"]+)";', re.MULTILINE)


@pytest.fixture
def desk(page: Page, service: Service, expected_errors: list[str]) -> Page:
    """A page of the desk's origin, from which its modules can be imported: a file, of which browsers want an icon."""
    expected_errors.append("favicon.ico")
    page.goto(f"{service.desk_url}icon.svg")
    return page


def test_a_difference_names_the_words_of_both_texts(desk: Page) -> None:
    """What is left without the removed, and without the added words, are the two texts."""
    pieces = desk.evaluate(
        "import('/desk/diff.js').then(({diffWords}) => "
        "diffWords('The ferry is back in May.', 'The ferry returns in May.'))"
    )

    assert pieces == [
        {"kind": "same", "text": "The ferry "},
        {"kind": "removed", "text": "is back"},
        {"kind": "added", "text": "returns"},
        {"kind": "same", "text": " in May."},
    ]


def test_texts_that_share_little_stand_one_after_the_other(desk: Page) -> None:
    """The few words in common would be scattered among the others."""
    old, new = "An island cannot wait for a bridge.", "The council cannot say when the ferry, or a bus, is back."
    pieces = desk.evaluate("texts => import('/desk/diff.js').then(({diffWords}) => diffWords(...texts))", [old, new])

    assert pieces == [{"kind": "removed", "text": old}, {"kind": "added", "text": new}]


def test_dates_are_written_as_in_the_region_of_the_browser(desk: Page) -> None:
    """British English is not American; a language that the browser has no region for is written without one."""
    written = desk.evaluate(
        """import('/desk/language.js').then(({speaking}) => {
            const write = (languages) => {
                Object.defineProperty(navigator, 'languages', {value: languages, configurable: true});
                return speaking('en', {}).moment('2031-05-06');
            };
            return [write(['de-AT', 'en-GB']), write(['en-US', 'en-GB']), write(['de-AT']), write(['en_not a tag'])];
        })"""
    )

    assert written == ["6 May 2031", "May 6, 2031", "May 6, 2031", "May 6, 2031"]


def test_a_difference_of_very_long_texts_is_bounded(desk: Page) -> None:
    """Two texts without a common word are one replaced by the other, whatever their length."""
    kinds = desk.evaluate(
        "import('/desk/diff.js').then(({diffWords}) => "
        "diffWords('a '.repeat(50000), 'b '.repeat(50000)).map(({kind}) => kind))"
    )

    assert set(kinds) <= {"same", "removed", "added"}
    assert len(kinds) <= 3


def test_spans_count_characters_as_the_service_does(desk: Page) -> None:
    """An emoji is one character to the service, and two units to the browser."""
    sentences = desk.evaluate(
        """import('/desk/sentences.js').then(({sentencesOf}) => sentencesOf(
            {summary: '🚢🚢 sail. They return 7 times.'}, {
            evidence: [{field: 'summary', sentence: 0, paragraphs: [0], span: [0, 8]},
                       {field: 'summary', sentence: 1, paragraphs: [1], span: [9, 29]}],
            findings: [{check: 'number', field: 'summary', sentence: 1, span: [21, 22]}],
        }))"""
    )

    assert [each["text"] for each in sentences] == ["🚢🚢 sail.", "They return 7 times."]
    assert [piece["text"] for piece in sentences[1]["pieces"]] == ["They return ", "7", " times."]


def test_a_decision_is_known_again_and_not_taken_for_another_editors(desk: Page) -> None:
    """After a lost answer the record tells whether it was stored; who approved the same text meanwhile is on record."""
    known = desk.evaluate(
        """import('/desk/decision.js').then(({deliver}) => {
            const refused = Object.assign(new Error('412'), {status: 412});
            const body = {status: 'approved', revision: 1, review: {sentences_seen: [], findings: [], seconds: 14}};
            const item = {article_id: 'a', etag: '"e"', attempts: 1, added_at: Date.now(), body};
            const after = (seconds) => deliver({
                decide: () => Promise.reject(refused),
                summary: async () => ({json: {
                    review: {decision: 'approved', of: 1, note: null, seconds, at: new Date().toISOString()},
                }}),
            }, item, {}).then(() => 'stored', () => 'conflict');
            return Promise.all([after(14), after(31), after(null)]);
        })"""
    )

    assert known == ["stored", "conflict", "conflict"]


def test_a_clock_that_is_set_back_takes_no_time_from_a_review(desk: Page) -> None:
    """The API refuses a decision that took less than no time."""
    seconds = desk.evaluate(
        """import('/desk/open_article.js').then(({OpenArticle}) => {
            const opened = new OpenArticle({}, 'a', () => {}), now = Date.now;
            Date.now = () => now() - 3600000;
            opened.lookAway();
            return opened.seconds;
        })"""
    )

    assert seconds >= 0


def test_a_decision_is_never_larger_than_the_api_takes(desk: Page) -> None:
    """However much was looked at and overruled: a refusal would come after the editor has gone on."""
    body = desk.evaluate(
        """([seen, overruled]) => import('/desk/decision.js').then(({decisionBody}) => decisionBody({
            status: 'approved', revision: 1, seconds: 9,
            seen: Array.from({length: seen}, (_, sentence) => ({field: 'summary', sentence})),
            overruled: Array.from({length: overruled}, (_, n) => ({check: 'number', field: 'summary', text: `${n}`})),
        }))""",
        [MOST_SEEN + 1, MOST_OVERRULED + 1],
    )

    review = SummaryPatch.model_validate(body).review
    assert (len(review.sentences_seen), len(review.findings)) == (MOST_SEEN, MOST_OVERRULED)
    dialogs = (DESK / "components/dialogs.js").read_text()
    assert re.findall(r'id="overrule-note"[^>]*maxlength="(\d+)"', dialogs) == [str(LONGEST_FINDING_NOTE)]


def test_an_embargo_is_shown_until_it_ends_everywhere(desk: Page) -> None:
    """As the API counts: without an offset in the last zone, and always where nobody can read when."""
    shown = desk.evaluate(
        """moments => import('/desk/components/shared.js').then(({isEmbargoed}) => {
            Date.now = () => Date.parse('2031-05-06T12:30:00Z');
            return moments.map(isEmbargoed);
        })""",
        [None, "2031-05-06T12:29:00Z", "2031-05-06T12:31:00Z", "2031-05-06T00:29:00", "2031-05-06T00:31:00"],
    )
    whole_days = desk.evaluate(
        "days => import('/desk/components/shared.js').then(({isEmbargoed}) => days.map(isEmbargoed))",
        ["2031-05-06", "2031-05-07", "when the minister speaks"],
    )

    assert shown == [False, False, True, False, True]
    assert whole_days == [False, True, True]


def test_two_tabs_send_a_decision_once(desk: Page) -> None:
    """Both see the same outbox; one of them gets the lock."""
    sent = desk.evaluate(
        """Promise.all(['outbox', 'storage'].map(name => import(`/desk/${name}.js`)))
        .then(async ([{Outbox}, {createStorage}]) => {
            let sent = 0;
            const tab = () => new Outbox({storage: createStorage(), undoSeconds: 0, changed() {}, stored() {},
                deliver: async () => { sent += 1; await new Promise((done) => setTimeout(done, 50)); return {}; }});
            const [one, other] = [tab(), tab()];
            one.add({article_id: 'a', body: {}});
            other.start();
            await new Promise((done) => {
                const look = () => (one.items().length ? setTimeout(look, 10) : done());
                look();
            });
            return sent;
        })"""
    )

    assert sent == 1


def test_a_decision_is_sent_without_locks_too(desk: Page) -> None:
    """In a browser that has none, or on an address that is not secure."""
    sent = desk.evaluate(
        """Promise.all(['outbox', 'storage'].map(name => import(`/desk/${name}.js`)))
        .then(async ([{Outbox}, {createStorage}]) => {
            Object.defineProperty(navigator, 'locks', {value: undefined});
            return new Promise((sent) => {
                const outbox = new Outbox({storage: createStorage(), undoSeconds: 0, changed() {},
                    deliver: async ({article_id}) => ({article_id}),
                    stored: (item, answer) => sent([item.article_id, answer.article_id, outbox.items().length])});
                outbox.add({article_id: 'a', body: {}});
            });
        })"""
    )

    assert sent == ["a", "a", 0]


def test_every_language_has_every_text() -> None:
    """And none that is used nowhere else."""
    keys = {path.stem: re.findall(r'^  "([^"]+)":', path.read_text(), re.MULTILINE) for path in DESK.glob("lang/*.js")}

    assert len(keys) == 2
    assert keys["en"] == keys["de"]


@pytest.mark.parametrize("language", ["de", "en"])
def test_a_visit_loads_little(page: Page, service: Service, language: str) -> None:
    """All of the page, the library and the sign-in too, before it is compressed, in either language."""
    queued(service, f"weight/{language}.md")
    page.add_init_script(f"localStorage.setItem('standfirst-desk:settings', '{{\"language\": \"{language}\"}}')")
    page.goto(service.desk_url)
    page.locator(".sentence").first.wait_for()

    loaded = page.evaluate(
        """() => import('/desk/sign_in.js').then(() => [
            ...performance.getEntriesByType('resource'), ...performance.getEntriesByType('navigation')
        ].filter(({name}) => new URL(name).pathname.startsWith('/desk/'))
         .reduce((sum, {decodedBodySize}) => sum + decodedBodySize, 0))"""
    )
    assert 50_000 < loaded <= MOST_BYTES


def test_the_page_asks_for_every_module_at_once() -> None:
    """What ``begin.js`` and ``main.js`` import is named in the page itself, and nothing else: no chain of requests."""
    needed, left = set[Path](), [DESK / "begin.js", DESK / "main.js"]
    while left:
        module = left.pop()
        found = IMPORTED.findall(module.read_text()) if module.exists() else []
        imported = {(module.parent / name).resolve() for name in found}
        left.extend(imported - needed)
        needed |= imported

    named = re.findall(r'<link rel="modulepreload" href="([^"]+)">', (DESK / "index.html").read_text())

    assert len(named) == len(set(named)) > 20
    assert {DESK / name for name in named} == needed - {DESK / "begin.js"}


def test_a_module_has_one_reason() -> None:
    """And fits on a few screens."""
    long = {
        path.name for path in DESK.rglob("*.js") if path.parent.name != "lang" and path.read_text().count("\n") > 320
    }

    assert long == set()


def test_the_page_makes_no_markup_from_text() -> None:
    """No module writes HTML: whatever an article holds is text."""
    modules = "".join(path.read_text() for path in DESK.rglob("*.js"))

    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(", modules)
