"""`python -m bot` runs the bot in Telegram, `python -m bot demo` in a chat page on this machine.

`python -m bot report` lists the questions that it answered badly and the updates that failed.
`python -m bot backup` and `restore` keep its database and the documents that came from the chat.
`python -m bot doctor` says whether the bot would run here, and what to do where it would not.

This module only wires the others. It imports heavy ones when they are needed, so that `--help`
answers at once.
"""

from __future__ import annotations

import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Sequence
from pathlib import Path

from bot.settings import Settings
from retrieval.errors import SettingsError, UserError
from retrieval.settings import environment

DEMO_PORT = 8808
LAST_PORT = 65535
NOTHING_TO_RUN = (
    "TELEGRAM_BOT_TOKEN is missing: get one from @BotFather, "
    "or try the bot without one by `python -m bot demo`"
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Returns:
        The exit code: 0, that of a `UserError`, what the doctor finds, or 130 after Ctrl+C.
    """
    options = _parser().parse_args(arguments)
    try:
        status: int | None = options.run(options)
    except UserError as error:
        print(f"error: {error}", file=sys.stderr)
        return error.exit_code
    except (KeyboardInterrupt, EOFError):  # the running bot handles the signal itself
        return 130
    return status or 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="python -m bot",
        description="Answer questions from your documents, in Telegram. "
        "Settings come from the environment and from .env; see .env.example.",
    )
    parser.set_defaults(run=_run_in_telegram, port=DEMO_PORT)
    commands = parser.add_subparsers(title="instead of Telegram", metavar="COMMAND")
    demo = commands.add_parser("demo", help="run the bot in a chat page on this machine")
    demo.add_argument(
        "--port",
        type=_port,
        default=DEMO_PORT,
        help="where the page is served (default %(default)s)",
    )
    demo.set_defaults(run=_run_demo)
    report = commands.add_parser(
        "report", help="print the questions that found nothing or were marked unhelpful"
    )
    report.add_argument(
        "--queries",
        type=Path,
        metavar="FILE",
        help="also write them as a BEIR query file, queries.jsonl",
    )
    report.set_defaults(run=_report)
    doctor = commands.add_parser("doctor", help="say whether the bot would run, and what to do")
    doctor.set_defaults(run=_examine)
    backup = commands.add_parser("backup", help="write database and documents from the chat")
    backup.add_argument("file", type=Path, metavar="FILE")
    backup.set_defaults(run=_back_up)
    restore = commands.add_parser("restore", help="put a backup back in place")
    restore.add_argument("file", type=Path, metavar="FILE")
    restore.add_argument("--overwrite", action="store_true", help="replace what is there")
    restore.set_defaults(run=_restore)
    return parser


def _port(value: str) -> int:
    if value.isdecimal() and int(value) <= LAST_PORT:
        return int(value)
    raise ArgumentTypeError(f"must be 0 to {LAST_PORT}")


def _run_in_telegram(options: Namespace) -> None:
    settings = Settings.from_env(environment())
    if not settings.token:
        from bot.first_run import is_terminal, wants_demo, with_token

        if not is_terminal():
            raise SettingsError(NOTHING_TO_RUN)
        if wants_demo():
            return _run_demo(options)
        settings = with_token(settings)
    return _serve(settings)


def _serve(settings: Settings) -> None:
    from bot.monitoring.logs import configure_logging
    from bot.opening import open_library
    from bot.running import check_token, run_bot

    configure_logging(settings)
    check_token(settings)
    run_bot(settings, open_library(settings.retrieval))


def _run_demo(options: Namespace) -> None:
    settings = Settings.for_demo(environment())
    from bot.demo.run import run_demo
    from bot.monitoring.logs import configure_logging

    configure_logging(settings)
    run_demo(settings, options.port)


def _report(options: Namespace) -> None:
    from bot.store.report import report

    print(report(Settings.from_env(environment()).database_url, options.queries))


def _examine(_: Namespace) -> int:
    from bot.doctor.examination import examine
    from bot.doctor.finding import page, would_run

    findings = list(examine(environment()))
    print(page(findings, in_colour=sys.stdout.isatty()))
    return 0 if would_run(findings) else 1


def _back_up(options: Namespace) -> None:
    from bot.backup.backup import back_up

    env = environment()
    print(back_up(options.file, Settings.from_env(env), env))


def _restore(options: Namespace) -> None:
    from bot.backup.restore import restore

    settings = Settings.from_env(environment())
    print(restore(options.file, settings, overwrite=options.overwrite))


if __name__ == "__main__":
    sys.exit(main())
