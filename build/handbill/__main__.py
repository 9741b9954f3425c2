"""The command line: arguments in, messages and exit codes out.

The only module that prints or exits, beside `start`. Its commands, their JSON and their exit codes are a contract
(DESIGN.md, section 2): scripts depend on them.
"""

import argparse
import json
import os
import signal
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from handbill import __version__
from handbill.errors import CallError, ContentError, ExitCode, FaultError, HandbillError
from handbill.start import closing, is_done, write_utf8
from handbill.unchanged import Call
from handbill.visible import visible, visible_json

MOST_DOUBTS = 20
"""Doubts that `clean` prints; who has more needs a better scan first."""

if TYPE_CHECKING:
    from handbill.order import Order
    from handbill.preflight import Preflight

Command = Callable[[argparse.Namespace], int]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; every error ends here."""
    write_utf8()
    words = sys.argv[1:] if arguments is None else arguments
    asked = _parser().parse_args(words, argparse.Namespace(words=words[1:]))
    command: Command = asked.command
    try:
        return command(asked)
    except HandbillError as error:
        print(visible(str(error)), file=sys.stderr)
        return int(error.exit_code)
    except KeyboardInterrupt:
        print("Stopped. What was finished before is whole.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitCode.DONE)
    except Exception:
        print(visible(traceback.format_exc()), file=sys.stderr)
        print("This is a fault of Handbill. Report it with the lines above.", file=sys.stderr)
        return int(ExitCode.FAULT)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="handbill",
        description="From the scan of a joint statement to print-ready briefs.",
        epilog="Exit codes: 0 done; 1 the content needs a person; 2 the call was wrong; 3 a fault of the program.",
    )
    parser.add_argument("--version", action="version", version=f"handbill {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_new(commands)
    _add_build(commands)
    _add_watch(commands)
    _add_clean(commands)
    _add_check(commands)
    _add_translate(commands)
    _add_verify(commands)
    _add_signatories(commands)
    _add_submission(commands)
    doctor = commands.add_parser(
        "doctor",
        help="say what is missing on this machine",
        description="List what the program needs, what of it is here, and the command that mends what is not.",
    )
    doctor.add_argument("--json", action="store_true", help="as JSON")
    doctor.set_defaults(command=_doctor)
    for name, text, command in (
        ("languages", "list the languages there are", _languages),
        ("editions", "list the editions there are", _editions),
    ):
        listing = commands.add_parser(name, help=text, description=f"{text.capitalize()}.")
        listing.add_argument("--json", action="store_true", help="as JSON")
        listing.set_defaults(command=command)
    schema = commands.add_parser(
        "schema", help="print the JSON Schema of a form", description="Print the JSON Schema of a form."
    )
    schema.add_argument("form", metavar="FORM", help="statement, corrections, summary, signatories or preflight")
    schema.set_defaults(command=_schema)
    manual = commands.add_parser(
        "help",
        help="a page for whoever translates, edits, prints or maintains",
        description="Print the page on a topic; without one, list the topics.",
    )
    manual.add_argument("topic", metavar="TOPIC", nargs="?", help="translator, editor, print-shop or maintainer")
    manual.set_defaults(command=_help)
    return parser


def _add_new(commands: Any) -> None:
    new = commands.add_parser(
        "new",
        help="make a statement's folder from a file, and a first draft",
        description="Make a statement's folder from a text, a Word or OpenDocument file, a PDF or a scan, fill in "
        "what is found, and build a draft. A folder that is there already is never touched.",
    )
    new.add_argument("name", metavar="NAME", help="its name in seeds/, or a folder")
    new.add_argument(
        "--from", dest="file", metavar="FILE", type=Path, required=True, help="the statement as it was handed in"
    )
    new.add_argument("-l", "--language", metavar="TAG", default="", help="its language (told by its words)")
    new.add_argument("--title", default="", help="its title, if it is not found")
    new.add_argument(
        "--published", metavar="DATE", type=_day, help="its day, such as 2025-02-03, if it is not found"
    )
    new.add_argument("--online", metavar="ADDRESS", default="", help="where it stands online: https://…")
    new.add_argument("-o", "--out", metavar="DIR", type=Path, default=Path("out"), help="output folder (out)")
    new.set_defaults(command=_new)


def _add_build(commands: Any) -> None:
    build = commands.add_parser(
        "build", help="build the briefs", description="Build the briefs of one statement, some, or all."
    )
    build.add_argument(
        "statements", metavar="STATEMENT", nargs="*", help="a name in seeds/ or a folder (default: all in seeds/)"
    )
    _add_order(build)
    build.add_argument("--paper", choices=("a4", "letter"), help="paper, instead of what statement.toml says")
    build.add_argument("--marks", action="store_true", help="crop and registration marks in the press edition")
    build.add_argument(
        "--output-intent", metavar="FILE", type=Path, help="ICC profile of the press, instead of FOGRA39"
    )
    build.add_argument(
        "--sheet", choices=("a4", "a3", "letter", "tabloid"), help="sheet of the booklet (its paper)"
    )
    build.add_argument(
        "--thickness", metavar="MM", type=float, default=0.1, help="thickness of the booklet's paper (0.1)"
    )
    build.add_argument(
        "--patience", metavar="MINUTES", type=_count, default=5, help="time that one layout may take (5)"
    )
    build.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="make the files on the Dask cluster of this scheduler (tls://HOST:PORT)",
    )
    build.add_argument("-v", "--verbose", action="store_true", help="say how often the layout engine was asked")
    build.add_argument("--explain", action="store_true", help="say of each file why it is made again")
    build.add_argument("--force", action="store_true", help="make files again that have not changed")
    build.set_defaults(command=_build)


def _add_order(command: argparse.ArgumentParser) -> None:
    """What `build` and `watch` are both asked."""
    command.add_argument("-l", "--language", metavar="TAG", action="append", default=[], help="only this language")
    command.add_argument(
        "-e",
        "--edition",
        metavar="EDITION",
        action="append",
        default=[],
        help="only this edition; all: every one but card and parallel, which are asked for by name",
    )
    command.add_argument(
        "--with", metavar="TAG", dest="beside", action="append", default=[], help="the second language of parallel"
    )
    command.add_argument("-o", "--out", metavar="DIR", type=Path, default=Path("out"), help="output folder (out)")
    command.add_argument(
        "-j", "--jobs", metavar="N", type=_count, default=os.cpu_count() or 1, help="files made at the same time"
    )
    command.add_argument(
        "--draft", action="store_true", help="build what is not ready, stamped DRAFT on every page"
    )


def _add_watch(commands: Any) -> None:
    watch = commands.add_parser(
        "watch",
        help="build after every change, and show it in a browser",
        description="Build, and build again whenever a file is saved; show the gallery on this machine alone. "
        "Ctrl-C ends it.",
    )
    watch.add_argument("statements", metavar="STATEMENT", nargs="+", help="a name in seeds/ or a folder")
    _add_order(watch)
    watch.add_argument(
        "--port", metavar="N", type=_port, default=8000, help="where the gallery is served (8000; 0: any free one)"
    )
    watch.set_defaults(command=_watch)


def _add_clean(commands: Any) -> None:
    clean = commands.add_parser(
        "clean", help="clean a text and show what was changed", description="Clean a text; nothing is written."
    )
    clean.add_argument("path", metavar="PATH", type=Path, help="a statement's folder or a text file")
    form = clean.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as JSON")
    form.add_argument(
        "--corrections", action="store_true", help="only the doubts, as entries for corrections.toml to fill in"
    )
    clean.set_defaults(command=_clean)


def _add_check(commands: Any) -> None:
    check = commands.add_parser(
        "check",
        help="preflight finished PDFs, whoever made them",
        description="Ask finished PDFs every question of the preflight; nothing is changed.",
    )
    check.add_argument("files", metavar="PDF", nargs="+", type=Path, help="a finished PDF")
    check.add_argument(
        "-e",
        "--edition",
        metavar="EDITION",
        default="",
        help="what it is meant for, or any (default: as it was built)",
    )
    check.add_argument("--statement", metavar="FOLDER", type=Path, help="its statement, to compare the words with")
    check.add_argument("-l", "--language", metavar="TAG", default="", help="the language it is in")
    check.add_argument("--paper", choices=("a4", "letter"), help="paper, instead of what statement.toml says")
    check.add_argument("-v", "--verbose", action="store_true", help="say what passed, too")
    check.add_argument("--json", action="store_true", help="as JSON")
    check.set_defaults(command=_check)


def _add_translate(commands: Any) -> None:
    translate = commands.add_parser(
        "translate",
        help="write a translation's file, or bring it in step with the text",
        description="Write or update the PO file of a translation; nothing that was translated is lost.",
    )
    _add_statement(translate)
    translate.add_argument("tag", metavar="TAG", help="the language to translate into")
    translate.add_argument("--xliff", metavar="FILE", type=Path, help="write an XLIFF 1.2 file for a CAT tool too")
    translate.add_argument("--from-xliff", metavar="FILE", type=Path, help="take the translations of such a file")
    translate.add_argument("--reviewed-by", metavar="NAME", help="record that this reviewer approved every word")
    translate.add_argument("--on", metavar="DATE", type=_day, help="the day of the review, such as 2025-02-03")
    translate.set_defaults(command=_translate)


def _add_verify(commands: Any) -> None:
    verify = commands.add_parser(
        "verify",
        help="check handed-out files against the manifest",
        description="Say of each file whether it is one that was built: genuine, altered, unknown or missing.",
    )
    verify.add_argument(
        "paths", metavar="FILE", nargs="*", type=Path, help="files or folders (default: the manifest's folder)"
    )
    verify.add_argument(
        "--manifest", metavar="FILE", type=Path, default=Path("out", "manifest.json"), help="(out/manifest.json)"
    )
    verify.add_argument("--json", action="store_true", help="as JSON")
    verify.set_defaults(command=_verify)


def _add_signatories(commands: Any) -> None:
    signatories = commands.add_parser(
        "signatories",
        help="compare a sign-on form with the signatories, and take over what is new",
        description="Compare a sign-on form with a statement's signatories; nothing is written without --write.",
    )
    _add_statement(signatories)
    actions = signatories.add_subparsers(metavar="ACTION", required=True)
    taken = actions.add_parser("import", help="the export of a sign-on form", description="Compare an export.")
    taken.add_argument("form", metavar="FILE", type=Path, help="the form's answers, CSV or XLSX")
    taken.add_argument(
        "--column", metavar="KIND=HEADER", action="append", type=_column, default=[], help="what a column is"
    )
    taken.add_argument("--until", metavar="DATE", type=_day, help="the last day to sign, such as 2025-02-03")
    taken.add_argument("--write", action="store_true", help="write signatories.toml")
    taken.add_argument("-v", "--verbose", action="store_true", help="list the names that the form does not have")
    taken.set_defaults(command=_import_sign_ons)


def _add_submission(commands: Any) -> None:
    submission = commands.add_parser(
        "submission",
        help="write a written statement to the Human Rights Council",
        description="Write a statement as a .docx file in the form that OHCHR asks for, its words counted.",
    )
    _add_statement(submission)
    submission.add_argument(
        "-l", "--language", metavar="TAG", default="", help="its language (the statement's own)"
    )
    submission.add_argument(
        "-o", "--out", metavar="DIR", type=Path, default=Path("submissions"), help="output folder (submissions)"
    )
    submission.add_argument("--draft", action="store_true", help="write what is not ready, stamped DRAFT")
    submission.add_argument("--json", action="store_true", help="as JSON")
    submission.set_defaults(command=_submission)


def _add_statement(command: argparse.ArgumentParser) -> None:
    command.add_argument("statement", metavar="STATEMENT", help="a name in seeds/ or a folder")


def _column(text: str) -> tuple[str, str]:
    from handbill.signons import KEPT

    kind, _, header = text.partition("=")
    if kind not in KEPT or not header:
        raise argparse.ArgumentTypeError(f"must be KIND=HEADER, the kind one of {', '.join(KEPT)}")
    return kind, header


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("must be a date such as 2025-02-03") from None


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise argparse.ArgumentTypeError("must be a whole number, 1 or more")
    return int(text)


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or int(text) > 65535:
        raise argparse.ArgumentTypeError("must be a number from 0 to 65535")
    return int(text)


def _new(asked: argparse.Namespace) -> int:
    from handbill.new_statement import Given, begin, draft, folder_of

    given = Given(asked.language, asked.title, asked.published, asked.online)
    with _Progress("Reading") as progress:
        begun = begin(folder_of(asked.name, Path("seeds")), asked.file, given, progress.tell)
    print(visible("\n".join([str(begun.folder), *(f"  {line}" for line in begun.found)])))
    if asked_for := [*begun.disagreeing, *begun.asked]:
        print(visible("\n".join(["\nTo be looked at:", *(f"  {line}" for line in asked_for)])), flush=True)
    if begun.missing:
        raise ContentError(
            f"\n{begun.folder}: no draft was built. Not found: {', '.join(begun.missing)}.",
            f"Fill in statement.toml there, then: handbill build {asked.name} --draft.",
        )
    with _Progress() as progress:
        drafts = draft(begun, asked.out, progress.tell)
    print(visible("\n".join(["\nA draft of the brief:", *(f"  {path}" for path in drafts)])))
    print(visible(f"  {asked.out / begun.folder.name / 'proof.html'} (every change that was made to the text)"))
    if begun.disagreeing:
        raise ContentError(
            "\n" + "\n".join(begun.disagreeing),
            "Count on the paper, and mend the list in corrections.toml. If the text counts other organisations "
            "there, add the phrase to expected.other_counts in statement.toml.",
        )
    return int(ExitCode.DONE)


def _build(asked: argparse.Namespace) -> int:
    call = Call(asked.words)
    if is_done(call):
        return int(ExitCode.DONE)
    from handbill.colour import read_profile
    from handbill.derive import Printing
    from handbill.pipeline import build

    profile = read_profile(asked.output_intent) if asked.output_intent else None
    order = replace(
        _order(asked),
        force=asked.force,
        paper=asked.paper,
        printing=Printing(asked.marks, profile, asked.sheet or "", asked.thickness),
        verbose=asked.verbose,
        patience=60 * asked.patience,
        call=call,
        explain=asked.explain,
    )
    staff = None
    if asked.scheduler:
        from handbill.cluster import on_cluster
        from handbill.workers import Limits

        staff = on_cluster(asked.scheduler, Limits(order.patience), order.out)
    with _Progress() as progress:
        outputs = build(order, progress.tell, staff)
    print(closing(len(outputs), str(asked.out)))
    return int(ExitCode.DONE)


def _order(asked: argparse.Namespace) -> "Order":
    """What `build` and `watch` are both asked, as one order; no edition stands for all."""
    from handbill.order import Order
    from handbill.read import find_statements

    return Order(
        folders=tuple(find_statements(asked.statements, Path("seeds"))),
        languages=tuple(dict.fromkeys(asked.language)),
        editions=() if "all" in asked.edition else tuple(dict.fromkeys(asked.edition)),
        out=asked.out,
        workers=asked.jobs,
        draft=asked.draft,
        beside=tuple(dict.fromkeys(asked.beside)),
    )


def _folder(asked: argparse.Namespace) -> Path:
    """The folder of the one statement that was asked for."""
    from handbill.read import find_statements

    return find_statements([asked.statement], Path("seeds"))[0]


def _watch(asked: argparse.Namespace) -> int:
    from handbill.watch import watch

    order = _order(asked)
    with suppress(KeyboardInterrupt), _Progress("Watching") as progress:
        watch(order, asked.port, progress.tell, lambda address: print(f"{address} (Ctrl-C ends it)", flush=True))
    print(f"Ended; {asked.out} is whole.")
    return int(ExitCode.DONE)


def _clean(asked: argparse.Namespace) -> int:
    from handbill import report
    from handbill.pipeline import prepare

    prepared = prepare(asked.path)
    source, cleaned, statement = prepared.source, prepared.cleaned, prepared.statement
    if asked.json:
        _print_json(report.as_json(source, cleaned, statement))
        return int(ExitCode.CONTENT if statement.doubts else ExitCode.DONE)
    if asked.corrections:
        if statement.doubts:
            print(f"\n{report.entries(source, statement.doubts)}")
        print(report.summed_up(source, cleaned, statement), file=sys.stderr)
        return int(ExitCode.CONTENT if statement.doubts else ExitCode.DONE)
    print(f"{visible(statement.title) or '(no title found)'}\n")
    for block in statement.blocks:
        print(visible(f"[{block.id}] {f'{block.marker} ' if block.marker else ''}{block.text}\n"))
    if statement.names_heading:
        print(visible(f"[{statement.names_heading.id}] {statement.names_heading.text}\n"))
    for signatory in statement.signatories:
        print(visible(f"{signatory.number}. {signatory.name}"))
    if statement.withheld:
        print(f"and {len(statement.withheld)} withheld")
    print(f"\n{report.summed_up(source, cleaned, statement)}", flush=True)
    if not statement.doubts:
        return int(ExitCode.DONE)
    shown = list(report.doubts_with_entries(source, statement.doubts[:MOST_DOUBTS]))
    if len(statement.doubts) > MOST_DOUBTS:
        shown.append(f"… and {len(statement.doubts) - MOST_DOUBTS} more.\n")
    raise ContentError(
        "\n" + "\n".join(shown),
        "Look at the paper, then put each entry into corrections.toml in the statement's folder: what is on paper "
        "after `after`, and your reason.\n"
        f"All at once: handbill clean {asked.path} --corrections >> {source.path.with_name('corrections.toml')}",
    )


def _check(asked: argparse.Namespace) -> int:
    from handbill.checking import check
    from handbill.preflight import as_json, as_lines

    checked, refused = [], []
    for path in asked.files:
        try:
            checked.append(check(path, asked.edition, asked.statement, asked.language, asked.paper))
        except CallError as error:  # the other files are checked all the same
            refused.append(error)
    if asked.json:
        files = [{"file": str(each.path), "by": each.recognised.by, **as_json(each.found)} for each in checked]
        _print_json({"files": files})
    for each in [] if asked.json else checked:
        print(f"{each.path}: {each.found.profile} (by {each.recognised.by})")
        print("\n".join(as_lines(each.found, asked.verbose)))
    if refused:
        raise CallError("\n".join(error.message for error in refused), refused[0].remedy)
    return max((_exit_code(each.found) for each in checked), default=0)


def _exit_code(found: "Preflight") -> int:
    """1 where a check failed, 3 where one broke: nobody knows then what it would have found."""
    if found.counts["error"]:
        return int(ExitCode.FAULT)
    return int(ExitCode.CONTENT if found.counts["fail"] else ExitCode.DONE)


def _translate(asked: argparse.Namespace) -> int:
    from handbill.translations import Review, update_translation

    if bool(asked.reviewed_by) != bool(asked.on):
        raise CallError("A review has a reviewer and a day.", "Give both --reviewed-by NAME and --on DATE.")
    review = Review(asked.reviewed_by, asked.on) if asked.on else None
    folder = _folder(asked)
    for line in update_translation(folder, asked.tag, asked.xliff, asked.from_xliff, review):
        print(visible(line))
    return int(ExitCode.DONE)


def _import_sign_ons(asked: argparse.Namespace) -> int:
    from handbill.sign_on_form import import_sign_ons

    folder = _folder(asked)
    found = import_sign_ons(folder, asked.form, dict(asked.column), asked.until, write=asked.write)
    print(visible("\n".join(found.lines)))
    if found.absent:
        names = "1 name of the list is" if len(found.absent) == 1 else f"{len(found.absent)} names of the list are"
        print(f"{names} not in the form{':' if asked.verbose else ' (-v lists them)'}")
    if asked.verbose:
        print(visible("\n".join(found.absent)))
    if found.questions:
        print(visible("\nTo be asked:\n" + "\n".join(f"  {line}." for line in found.questions)))
    if found.places:
        print(visible("\nPlaces that have the former count:\n" + "\n".join(f"  {line}" for line in found.places)))
    written = f"{found.changes} {'change' if found.changes == 1 else 'changes'} to {folder / 'signatories.toml'}"
    print(f"\n{written}{', written.' if asked.write else '; --write makes them.'}" if found.changes else "")
    return int(ExitCode.CONTENT if found.questions else ExitCode.DONE)


def _submission(asked: argparse.Namespace) -> int:
    from handbill.submitting import submit

    def tell(line: str) -> None:
        print(visible(line), file=sys.stderr)

    folder = _folder(asked)
    made = submit(folder, asked.language, asked.out, asked.draft, tell)
    if asked.json:
        _print_json(made.as_json())
        return int(ExitCode.DONE if made.written else ExitCode.CONTENT)
    if not made.written:
        raise ContentError(
            "\n".join(made.faults),
            "Write what is missing into statement.toml and signatories.toml, each status with its source, shorten "
            "the text, or write a stamped draft with --draft (README.md, “A written statement”).",
        )
    sponsors = ", ".join(f"{len(names)} {status.value}" for status, names in made.sponsors.co_sponsors.items())
    print(f"{made.path}: {made.words} words of {made.most_words}, footnotes included")
    print(f"Co-sponsors: {sponsors}; in the footnote to the title: {len(made.sponsors.without)}")
    print(visible("\n".join([*made.faults, *made.remarks])))
    print(
        visible("\n".join(["Not verified, compare with the form of OHCHR:", *(f"  {u}" for u in made.unverified)]))
    )
    return int(ExitCode.DONE)


def _verify(asked: argparse.Namespace) -> int:
    from handbill.verify import State, verify

    verdicts = verify(asked.paths, asked.manifest)
    genuine = all(verdict.state is State.GENUINE for verdict in verdicts)
    if asked.json:
        _print_json({"genuine": genuine, "files": [verdict.as_json() for verdict in verdicts]})
        return int(ExitCode.DONE if genuine else ExitCode.CONTENT)
    for verdict in verdicts:
        print(verdict)
    if genuine:
        print(
            f"All {len(verdicts)} files are as they were built." if len(verdicts) != 1 else "It is as it was built."
        )
        return int(ExitCode.DONE)
    counts = Counter(verdict.state.value for verdict in verdicts)
    raise ContentError(
        ", ".join(f"{counts[state.value]} {state.value}" for state in State if counts[state.value]) + ".",
        "Hand out what is genuine alone; take the rest anew from the folder it was built in, or build it again.",
    )


def _doctor(asked: argparse.Namespace) -> int:
    from handbill.doctor import examine

    parts = examine()
    ready = not any(part.fault and part.needed for part in parts)
    if asked.json:
        _print_json({"ready": ready, "parts": [part.as_json() for part in parts]})
        return int(ExitCode.DONE if ready else ExitCode.FAULT)
    for part in parts:
        print(part)
    if ready:
        print("Everything that a build needs is here.")
        return int(ExitCode.DONE)
    raise FaultError("Something that a build needs is missing.", "Run the commands above, or ./build/briefs.")


def _languages(asked: argparse.Namespace) -> int:
    from handbill.languages import known_languages, load_language

    packs = [load_language(tag).pack for tag in known_languages()]
    rows = [
        {
            "tag": p.tag,
            "name": p.name,
            "script": p.script,
            "direction": p.direction,
            "tier": p.tier,
            "limits": list(p.limits) if asked.json else "; ".join(p.limits),
        }
        for p in packs
    ]
    return _print_table(rows, asked.json)


def _editions(asked: argparse.Namespace) -> int:
    from handbill.editions import EDITIONS

    rows = [{"edition": e.name, "page": e.page, "for": e.purpose, "promise": e.promise} for e in EDITIONS.values()]
    return _print_table(rows, asked.json)


def _schema(asked: argparse.Namespace) -> int:
    from handbill.errors import did_you_mean
    from handbill.read import SCHEMAS

    if asked.form not in SCHEMAS:
        raise CallError(f'"{asked.form}": there is no such form.', did_you_mean(asked.form, SCHEMAS))
    _print_json(SCHEMAS[asked.form].model_json_schema())
    return int(ExitCode.DONE)


def _help(asked: argparse.Namespace) -> int:
    from handbill.manual import page, topics

    if asked.topic:
        print(page(asked.topic), end="")
        return int(ExitCode.DONE)
    for topic, line in topics().items():
        print(f"{topic:12}{line}")
    print("\nhandbill help TOPIC prints the page; handbill COMMAND --help, what a command takes.")
    return int(ExitCode.DONE)


def _print_json(value: Any) -> None:
    print(visible_json(json.dumps(value, ensure_ascii=False, indent=2)))


def _print_table(rows: Sequence[dict[str, Any]], as_json: bool) -> int:
    if as_json:
        _print_json(rows)
        return int(ExitCode.DONE)
    from rich.cells import cell_len

    heads = list(rows[0])
    cells = [heads, *([str(row[head]) for head in heads] for row in rows)]
    widths = [max(cell_len(line[column]) for line in cells) for column in range(len(heads))]
    for line in cells:
        padded = (cell + " " * (width - cell_len(cell)) for cell, width in zip(line, widths, strict=True))
        print("  ".join(padded).rstrip())
    return int(ExitCode.DONE)


class _Progress:
    """Lines of progress: a spinner on a terminal, plain lines elsewhere, both on standard error.

    Python loses an interruption that comes while it clears an object away, so it is kept here until it is heard.
    """

    def __init__(self, busy: str = "Building") -> None:
        from rich.console import Console

        self._console = Console(stderr=True, highlight=False, markup=False, soft_wrap=True)
        self._status = self._console.status("Reading") if self._console.is_terminal else None
        self._busy = busy
        self._stopped = False

    def __enter__(self) -> "_Progress":
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, self._stop)
        if self._status:
            self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGINT, signal.default_int_handler)
        if self._status:
            self._status.stop()
        if self._stopped:
            raise KeyboardInterrupt

    def _stop(self, *_: object) -> None:
        self._stopped = True
        raise KeyboardInterrupt

    def tell(self, line: str) -> None:
        """Say what has been done.

        Raises:
            KeyboardInterrupt: The program was told to stop.
        """
        if self._stopped:
            raise KeyboardInterrupt
        self._console.print(visible(line))
        if self._status:
            self._status.update(self._busy)


if __name__ == "__main__":
    sys.exit(main())
