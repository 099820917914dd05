"""The command line: ``standfirst read | summarize | check | demo | local | redrive``."""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from standfirst.domain.errors import ModelMisconfigured, SettingsError
from standfirst.wiring.model import command_line_summarizer
from standfirst_local import file_commands
from standfirst_local.exit_status import WRONG_USAGE
from standfirst_local.files import LEAST_WAIT_SECONDS, WAIT_SECONDS

HIGHEST_PORT = 65535


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; the exit status (``exit_status.py``)."""
    options = parser().parse_args(arguments)
    try:
        return _run(options)
    except (SettingsError, ModelMisconfigured) as error:
        print(f"standfirst: {error}", file=sys.stderr)
        return WRONG_USAGE
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output (head, less) has seen enough.
        sys.stderr.close()
        return 0


def parser() -> argparse.ArgumentParser:
    """What may be said on the command line; wrong usage exits with 2."""
    top = argparse.ArgumentParser(
        prog="standfirst",
        description="An article in, a checked standfirst and a short summary out.",
        epilog="Exit status: 0 all done, 1 some file failed (the others are done), 2 wrong usage.",
    )
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    read = commands.add_parser("read", help="show the story that is read from each file, one JSON line per file")
    read.add_argument("files", nargs="+", type=Path, metavar="FILE")

    summarize = commands.add_parser(
        "summarize", help="write a standfirst and a summary for each file; with a model where OPENAI_API_KEY is set"
    )
    summarize.add_argument("files", nargs="*", type=Path, metavar="FILE")
    summarize.add_argument("--offline", action="store_true", help="use the extractive writer only, never a model")
    summarize.add_argument("--style", type=Path, metavar="FILE", help="a house style in YAML")
    summarize.add_argument(
        "--wait",
        type=_seconds,
        default=WAIT_SECONDS,
        metavar="SECONDS",
        help=f"how long an article waits for the model (default: {WAIT_SECONDS:.0f})",
    )
    form = summarize.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="one JSON line per file instead of cards")
    form.add_argument(
        "--jsonl", action="store_true", help='read {"id","text","headline"?,"language"?} lines from standard input'
    )

    check = commands.add_parser("check", help="say what of a text its article does not support")
    check.add_argument(
        "--jsonl",
        action="store_true",
        required=True,
        help='read {"id","article","text","headline"?,"language"?} lines from standard input',
    )

    demo = commands.add_parser("demo", help="upload articles to a local service and show what its API returns")
    demo.add_argument("files", nargs="*", type=Path, metavar="FILE", help="default: the bundled samples")

    local = commands.add_parser("local", help="run the whole service on this machine until Ctrl-C")
    local.add_argument("--s3-port", type=_port, default=0, metavar="PORT", help="default: a free one")
    local.add_argument("--api-port", type=_port, default=0, metavar="PORT", help="default: a free one")

    redrive = commands.add_parser("redrive", help="show the uploads that failed for good and hand them in again")
    redrive.add_argument("--stack", default="standfirst", metavar="NAME", help="default: standfirst")
    redrive.add_argument("--dry-run", action="store_true", help="show them only")
    return top


def _run(options: argparse.Namespace) -> int:
    match options.command:
        case "read":
            return file_commands.read(options.files)
        case "summarize" if options.jsonl and options.files:
            parser().error("summarize --jsonl reads standard input, it takes no FILE")
        case "summarize" if not (options.files or options.jsonl):
            parser().error("summarize needs a FILE, or --jsonl")
        case "summarize":
            return _summarize(options)
        case "check":
            return file_commands.check_standard_input()
        case "redrive":
            return _redrive(options)
    # moto and boto3 take a second to load; the commands above do without.
    from standfirst_local import service_commands  # noqa: PLC0415

    if options.command == "demo":
        return service_commands.demo(options.files)
    return service_commands.local(options.s3_port, options.api_port)


def _redrive(options: argparse.Namespace) -> int:
    # boto3 takes its time to load, too.
    from standfirst_local import redrive  # noqa: PLC0415

    return redrive.show(options.stack) if options.dry_run else redrive.redrive(options.stack)


def _summarize(options: argparse.Namespace) -> int:
    summarizer = None if options.offline else command_line_summarizer(os.environ)
    desk = file_commands.desk_with(options.style, summarizer, options.wait)
    if options.jsonl:
        return file_commands.summarize_standard_input(desk)
    if options.json:
        return file_commands.summarize_as_json(options.files, desk)
    return file_commands.summarize_as_cards(options.files, desk)


def _port(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or int(text[:6]) > HIGHEST_PORT:
        raise argparse.ArgumentTypeError(f"{text} is not a port: 0 to {HIGHEST_PORT}")
    return int(text)


def _seconds(text: str) -> float:
    if not (text.isascii() and text.isdigit()) or int(text[:6]) < LEAST_WAIT_SECONDS:
        raise argparse.ArgumentTypeError(f"{text} is no wait: whole seconds, {LEAST_WAIT_SECONDS:.0f} at least")
    return float(text)
