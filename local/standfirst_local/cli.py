"""The command line: ``standfirst read | summarize | check | evaluate | demo | local``, and what an operator does."""

import argparse
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_args

from standfirst.domain.errors import ModelMisconfigured, SettingsError
from standfirst.domain.second_reading import Policy
from standfirst.wiring.model import command_line_second_reader, command_line_settings, command_line_summarizer
from standfirst.writing.house_style import StyleBook
from standfirst_local import file_commands
from standfirst_local.evaluation.drafts import evaluate_drafts, read_setting
from standfirst_local.evaluation.paid_calls import Spending, told_in
from standfirst_local.evaluation.second_reader import Disagreements, Reading, evaluate_second_reader
from standfirst_local.exit_status import WRONG_USAGE
from standfirst_local.files import LEAST_WAIT_SECONDS, STANDARD_INPUT, WAIT_SECONDS, reading_with, writing_with
from standfirst_local.terminal import filtered_streams, visible

HIGHEST_PORT = 65535
AT_ONCE, MOST_AT_ONCE = 4, 64
SHOWN = 10
DRAFT_RESULTS, REVIEWED_RESULTS = Path("drafts.results.jsonl"), Path("reviewed.results.jsonl")
FILES = "FILE may be - for standard input, or a folder for the files in it and below"


def _seconds(text: str) -> float:
    if not (text.isascii() and text.isdigit()) or int(text[:6]) < LEAST_WAIT_SECONDS:
        raise argparse.ArgumentTypeError(f"{text} is no wait: whole seconds, {LEAST_WAIT_SECONDS:.0f} at least")
    return float(text)


_WAIT: dict[str, Any] = {
    "type": _seconds,
    "default": WAIT_SECONDS,
    "metavar": "SECONDS",
    "help": f"how long an article waits for the models (default: {WAIT_SECONDS:.0f})",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Returns the exit status (``exit_status.py``)."""
    try:
        with filtered_streams():
            return _run(parser().parse_args(arguments))
    except (SettingsError, ModelMisconfigured) as error:
        print(f"standfirst: {visible(str(error))}", file=sys.stderr)
        return WRONG_USAGE
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # The reader of our output (head, less) has closed it.
        sys.stderr.close()
        return 0


def parser() -> argparse.ArgumentParser:
    """Returns the parser of the command line; wrong usage exits with 2."""
    top = argparse.ArgumentParser(
        prog="standfirst",
        description="An article in, a checked standfirst and a short summary out.",
        epilog="Exit status: 0 all done, 1 some file failed (the others are done), 2 wrong usage.",
    )
    top.add_argument("--version", action="version", version=f"standfirst {version('standfirst')}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    read = commands.add_parser(
        "read", help="show the article that is read from each file, one JSON line each", epilog=FILES
    )
    read.add_argument("files", nargs="+", type=Path, metavar="FILE")

    summarize = commands.add_parser(
        "summarize",
        help="write a standfirst and a summary for each file; with a model where OPENAI_API_KEY is set",
        epilog=FILES,
    )
    summarize.add_argument("files", nargs="*", type=Path, metavar="FILE")
    summarize.add_argument("--offline", action="store_true", help="use the extractive writer only, never a model")
    summarize.add_argument("--style", type=Path, metavar="FILE", help="a house style in YAML")
    summarize.add_argument(
        "--second-reader",
        choices=get_args(Policy),
        help="when a second model reads the model's text (default: SECOND_READER, or else doubtful)",
    )
    summarize.add_argument("--wait", **_WAIT)
    form = summarize.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON line per article instead of cards")
    form.add_argument(
        "--jsonl", action="store_true", help='read {"id","text","headline"?,"language"?} lines from standard input'
    )

    check = commands.add_parser("check", help="show what of a text its article does not support", epilog=FILES)
    check.add_argument("files", nargs="*", type=Path, metavar="FILE", help="the article")
    check.add_argument("--text", type=Path, metavar="FILE", help="the text to check against it, as plain text")
    check.add_argument(
        "--jsonl",
        action="store_true",
        help='read {"id","article","text","headline"?,"language"?} lines from standard input instead',
    )
    check.add_argument(
        "--second-reader",
        action="store_true",
        help="have a model read each sentence too; needs SECOND_READER_API_KEY or OPENAI_API_KEY",
    )
    check.add_argument("--wait", **_WAIT)

    evaluate = commands.add_parser(
        "evaluate",
        help="measure the second reader on labelled rows, or compare the drafts of two settings; asks before it pays",
        epilog=FILES,
    )
    what = evaluate.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--second-reader",
        type=Path,
        metavar="ROWS",
        help='a file of {"article","summary","consistent","spans"?,"id"?,"headline"?,"language"?} lines',
    )
    what.add_argument(
        "--drafts",
        nargs="+",
        type=Path,
        metavar="FILE",
        help='articles to write about; a .jsonl file has {"article","approved"?,"id"?,"headline"?,"language"?} lines',
    )
    what.add_argument(
        "--reviewed", action="store_true", help="the texts of a deployed stack that editors reviewed, since --since"
    )
    _add_period(evaluate, is_required=False)
    evaluate.add_argument(
        "--send-articles",
        action="store_true",
        help="with --reviewed: consent to have the second reader read these texts and their articles; without it no "
        "model is asked",
    )
    evaluate.add_argument("--compare", nargs=2, type=Path, metavar="SETTING", help="two settings in YAML, for --drafts")
    evaluate.add_argument("--html", type=Path, metavar="FILE", help="write a page to compare the drafts blindly")
    evaluate.add_argument(
        "--style",
        type=Path,
        metavar="FILE",
        help="a house style in YAML: it names the kinds of story that are always read",
    )
    evaluate.add_argument(
        "--disagreements",
        type=Path,
        metavar="FILE",
        help="where the rows go on which rules, reader and label differ (default: ROWS.disagreements.jsonl; of "
        "reviewed texts nowhere)",
    )
    evaluate.add_argument(
        "--show", type=_count, metavar="N", help=f"how many of them to print (default: {SHOWN}; of reviewed texts 0)"
    )
    evaluate.add_argument(
        "--results",
        type=Path,
        metavar="FILE",
        help="where each answer is kept, so that none is paid for twice (default: ROWS.results.jsonl, "
        f"{DRAFT_RESULTS} or {REVIEWED_RESULTS})",
    )
    evaluate.add_argument(
        "--budget-usd", type=_dollars, metavar="USD", help="the most to spend, earlier runs into the file included"
    )
    evaluate.add_argument(
        "--at-once", type=_at_once, default=AT_ONCE, metavar="N", help=f"calls at the same time (default: {AT_ONCE})"
    )
    evaluate.add_argument("--wait", **_WAIT)
    evaluate.add_argument("--yes", action="store_true", help="begin without asking")

    demo = commands.add_parser(
        "demo", help="upload articles to a local service and show what its API returns", epilog=FILES
    )
    demo.add_argument("files", nargs="*", type=Path, metavar="FILE", help="default: the bundled samples")

    local = commands.add_parser("local", help="run the whole service on this machine until Ctrl-C")
    local.add_argument("--s3-port", type=_port, default=0, metavar="PORT", help="default: a free one")
    local.add_argument("--api-port", type=_port, default=0, metavar="PORT", help="default: a free one")
    local.add_argument(
        "--data", type=Path, metavar="DIR", help="keep articles and summaries in this folder (default: only in memory)"
    )
    local.add_argument(
        "--samples",
        action="store_true",
        help="begin with the bundled samples, some to be reviewed, if there is nothing yet",
    )

    _add_operator_commands(commands.add_parser)
    return top


def _add_operator_commands(add: Callable[..., argparse.ArgumentParser]) -> None:
    """Adds what an operator does to a deployed stack."""
    redrive = add("redrive", help="show the uploads that failed for good and process them again")
    redrive.add_argument("--stack", default="standfirst", metavar="NAME", help="default: standfirst")
    redrive.add_argument("--backfills", action="store_true", help="those of backfills instead of uploads")
    redrive.add_argument("--dry-run", action="store_true", help="show them only")

    _add_backfill(add)

    costs = add("costs", help="show what the models of a deployed stack cost, from its records")
    _add_period(costs)
    costs.add_argument("--json", action="store_true", help="one JSON object instead of tables")

    outcomes = add("outcomes", help="show what editors did to the texts of a deployed stack")
    _add_period(outcomes)
    outcomes.add_argument("--json", action="store_true", help="one JSON object instead of tables")
    outcomes.add_argument(
        "--texts", action="store_true", help="show the words of findings that editors let stand, and their notes"
    )


def _add_period(command: argparse.ArgumentParser, *, is_required: bool = True) -> None:
    command.add_argument(
        "--since", type=_day, required=is_required, metavar="DATE", help="the first day (UTC), as 2026-11-01"
    )
    command.add_argument("--stack", default="standfirst", metavar="NAME", help="default: standfirst")


def _add_backfill(add: Callable[..., argparse.ArgumentParser]) -> None:
    backfill = add(
        "backfill", help="have a deployed stack summarise what is in its bucket already; asks before it pays"
    )
    backfill.add_argument("--stack", default="standfirst", metavar="NAME", help="default: standfirst")
    backfill.add_argument("--prefix", default="", metavar="PREFIX", help="only articles whose ids begin with this")
    backfill.add_argument("--since", type=_day, metavar="DAY", help="only articles of this day (UTC) or later")
    backfill.add_argument(
        "--rewrite-below-prompt",
        type=_count,
        metavar="N",
        help="write those anew, too, whose text is by an earlier version of the prompt; never what a person reviewed",
    )
    mode = backfill.add_mutually_exclusive_group()
    mode.add_argument("--batch", action="store_true", help="in batches: half price, within a day (default on openai)")
    mode.add_argument("--live", action="store_true", help="one by one, in the background (default on bedrock)")
    backfill.add_argument("--limit", type=_count, metavar="N", help="write about so many documents at most")
    backfill.add_argument("--announce", action="store_true", help="tell the event bus of each summary")
    backfill.add_argument("--yes", action="store_true", help="begin without asking")
    what = backfill.add_mutually_exclusive_group()
    what.add_argument("--status", action="store_true", help="show how far a run is")
    what.add_argument("--pause", action="store_true", help="have a run pause")
    what.add_argument("--resume", action="store_true", help="have a run go on that was paused, or that failed")
    what.add_argument("--stop", action="store_true", help="end a run; what is paid for is collected")
    backfill.add_argument("--run", metavar="ID", help="which run to show, pause, resume or stop (default: the newest)")


def _backfill(options: argparse.Namespace) -> int:
    from standfirst.domain.backfill_run import Wanted  # noqa: PLC0415
    from standfirst_local import backfill  # noqa: PLC0415

    if options.status:
        return backfill.show(options.stack, options.run)
    for name, wanted in (("pause", Wanted.PAUSE), ("resume", Wanted.RUN), ("stop", Wanted.STOP)):
        if getattr(options, name):
            return backfill.want(options.stack, options.run, wanted)
    asked = backfill.Asked(
        prefix=options.prefix,
        since=options.since,
        rewrite_below_prompt=options.rewrite_below_prompt,
        mode="batch" if options.batch else "live" if options.live else None,
        limit=options.limit,
        announce=options.announce,
    )
    return backfill.begin(options.stack, asked, is_agreed=options.yes)


def _run(options: argparse.Namespace) -> int:
    _refuse_wrong_usage(options)
    match options.command:
        case "read":
            return file_commands.read(options.files)
        case "summarize":
            return _summarize(options)
        case "check":
            return _check(options)
        case "evaluate":
            return _evaluate(options)
    return _with_aws(options)


def _beside(file: Path, what: str) -> Path:
    return Path(f"{file}.{what}.jsonl")


def _with_aws(options: argparse.Namespace) -> int:
    # moto and boto3 take a second to load; the other commands do without.
    if options.command == "redrive":
        from standfirst_local import redrive  # noqa: PLC0415

        queues = redrive.BACKFILLS if options.backfills else redrive.UPLOADS
        return (redrive.show if options.dry_run else redrive.redrive)(options.stack, queues)
    if options.command == "backfill":
        return _backfill(options)
    if options.command == "costs":
        from standfirst_local import costs  # noqa: PLC0415

        return costs.show(options.stack, options.since, as_json=options.json)
    if options.command == "outcomes":
        from standfirst_local import outcomes  # noqa: PLC0415

        return outcomes.show(options.stack, options.since, as_json=options.json, with_texts=options.texts)
    from standfirst_local import service_commands  # noqa: PLC0415
    from standfirst_local.stack import Ports  # noqa: PLC0415

    if options.command == "demo":
        return service_commands.demo(options.files)
    ports = Ports(options.s3_port, options.api_port)
    return service_commands.local(ports, options.data, with_samples=options.samples)


def _refuse_wrong_usage(options: argparse.Namespace) -> None:
    """Exits with 2 for arguments that argparse accepts one by one and that do not go together."""
    command, given = options.command, vars(options)
    files = [*given.get("files", ()), *(given.get("drafts") or ())]
    files += filter(None, (given.get("text"), given.get("style")))
    is_jsonl = given.get("jsonl", False)
    if is_jsonl and (options.files or given.get("text")):
        parser().error(f"{command} --jsonl reads standard input, it takes no FILE")
    if command == "summarize" and not (options.files or is_jsonl):
        parser().error("summarize needs a FILE, or --jsonl")
    if command == "check" and not (is_jsonl or (options.files and options.text)):
        parser().error("check needs a FILE with the article and --text FILE, or --jsonl")
    if command == "evaluate":
        _refuse_wrong_evaluation(options)
    if (
        command == "backfill"
        and options.run
        and not (options.status or options.pause or options.resume or options.stop)
    ):
        parser().error("backfill --run goes with --status, --pause, --resume or --stop")
    if files.count(STANDARD_INPUT) + is_jsonl > 1:
        parser().error("standard input can be read only once")


def _refuse_wrong_evaluation(options: argparse.Namespace) -> None:
    if bool(options.drafts) != bool(options.compare):
        parser().error("evaluate --drafts needs --compare SETTING SETTING, and only it takes them")
    if options.drafts and (options.disagreements or options.style):
        parser().error("evaluate --drafts takes no --disagreements, and each setting names its own style")
    if options.reviewed != bool(options.since):
        parser().error("evaluate --reviewed needs --since DATE, and only it takes one")
    if options.send_articles and not options.reviewed:
        parser().error("evaluate --send-articles is for --reviewed")
    if options.html and not options.drafts:
        parser().error("evaluate --html is for --drafts")


def _check(options: argparse.Namespace) -> int:
    reader = command_line_second_reader(os.environ) if options.second_reader else None
    if options.second_reader and reader is None:
        raise SettingsError("--second-reader needs a model: set SECOND_READER_API_KEY or OPENAI_API_KEY.")
    checker = file_commands.text_checker(reader, options.wait)
    if options.jsonl:
        return file_commands.check_standard_input(checker)
    return file_commands.check_as_cards(options.files, options.text, checker)


def _evaluate(options: argparse.Namespace) -> int:
    rows = options.second_reader
    default = REVIEWED_RESULTS if options.reviewed else DRAFT_RESULTS
    results = options.results or (_beside(rows, "results") if rows else default)
    spending = Spending(results, options.budget_usd, options.at_once, is_agreed=options.yes)
    others = (rows, results, options.style, *(options.drafts or ()), *(options.compare or ()))
    _refuse_overwriting(options.html or options.disagreements, others)
    if options.drafts:
        one, other = (read_setting(path, os.environ) for path in options.compare)
        return evaluate_drafts(options.drafts, (one, other), spending, options.wait, options.html)
    if options.reviewed:
        return _evaluate_reviewed(options, spending)
    shown = SHOWN if options.show is None else options.show
    disagreements = Disagreements(options.disagreements or _beside(rows, "disagreements"), shown)
    reading = _reading(options.wait)(file_commands.styles_in(options.style))
    return evaluate_second_reader(rows, reading, spending, disagreements)


def _evaluate_reviewed(options: argparse.Namespace, spending: Spending) -> int:
    # boto3 takes a while to load; the other ways to evaluate do without.
    from standfirst_local.evaluation.reviewed import Reviewed, evaluate_reviewed  # noqa: PLC0415

    styles = file_commands.styles_in(options.style) if options.style else None
    reading = _reading(options.wait) if options.send_articles else None
    disagreements = Disagreements(options.disagreements, options.show or 0)
    return evaluate_reviewed(Reviewed(options.stack, options.since, styles), reading, spending, disagreements)


def _reading(wait: float) -> Callable[[StyleBook], Reading]:
    """Returns how the environment's second reader reads. Raises ``SettingsError`` without one."""
    reader = command_line_second_reader(os.environ)
    if reader is None:
        raise SettingsError("There is no second reader: set SECOND_READER_API_KEY or OPENAI_API_KEY.")
    told = told_in(command_line_settings(os.environ).of_second_reader())
    return lambda styles: Reading(reader, told, styles, wait)


def _refuse_overwriting(output: Path | None, others: Iterable[Path | None]) -> None:
    """Raises ``SettingsError`` if ``output`` is one of the other files: rows that people labelled, answers paid for."""
    if output and output.resolve() in {each.resolve() for each in others if each}:
        raise SettingsError(f"{output} would be overwritten, and is needed: write to another file.")


def _summarize(options: argparse.Namespace) -> int:
    model = None if options.offline else command_line_summarizer(os.environ)
    reader = command_line_second_reader(os.environ) if model and options.second_reader != "off" else None
    if model is None and options.second_reader in {"doubtful", "always"}:
        raise SettingsError("--second-reader reads what a model writes: set OPENAI_API_KEY, without --offline.")
    policy = options.second_reader or (command_line_settings(os.environ).second_reader if reader else "off")
    write = writing_with(model, reading_with(reader, policy) if reader else None)
    summarizer = file_commands.summarizer_of_files(options.style, write, options.wait, options.second_reader)
    if options.jsonl:
        return file_commands.summarize_standard_input(summarizer)
    if options.json:
        return file_commands.summarize_as_json(options.files, summarizer)
    return file_commands.summarize_as_cards(options.files, summarizer)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text[:6]) > HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{text} is not a port: 0 to {HIGHEST_PORT}")
    return int(text)


def _day(text: str) -> date:
    try:
        day = datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is no day: write it as 2026-11-01") from None
    if day > (today := datetime.now(UTC).date()):
        raise argparse.ArgumentTypeError(f"{text} is in the future: today is {today} (UTC)")
    return day


def _count(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text} is no number")
    return int(text[:6])


def _at_once(text: str) -> int:
    if not 1 <= (number := _count(text)) <= MOST_AT_ONCE:
        raise argparse.ArgumentTypeError(f"{text} is no number of calls: 1 to {MOST_AT_ONCE}")
    return number


def _dollars(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0:
        raise argparse.ArgumentTypeError(f"{text} is no amount of US dollars")
    return amount
