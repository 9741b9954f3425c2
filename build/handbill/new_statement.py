"""A new statement: its folder, made from the file that was handed in, and a first draft of the brief.

In: a name and a file of any kind. Out: a folder in which everything that could be found is filled in and everything
that could not is asked for, with the file itself beside; and a draft to look at. A folder that is there already is
never touched.
"""

import hashlib
import re
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import tomlkit

from handbill import report
from handbill.columns import folded
from handbill.errors import CallError, FaultError, did_you_mean
from handbill.extract import extract, load
from handbill.files import write_whole
from handbill.found import Found, Reading, find
from handbill.languages import known_languages, load_language
from handbill.lexicon import Lexicon
from handbill.model import Extracted, Statement
from handbill.numbering import heads_names
from handbill.order import Order, Tell
from handbill.pipeline import build, prepare
from handbill.prepared import Prepared

_NAME = re.compile(r"[^\W_](?:[\w.-]*[^\W_])?")
_OUR_FILES = re.compile(r"(?:source\.txt|.*\.(?:toml|po))", re.IGNORECASE)
_GIVEN = Reading("", 0)

LEAST_NAMES = 3
"""Names that make a list."""


@dataclass(frozen=True, slots=True)
class Given:
    """What the caller says of the statement, so that it is not looked for; "" or None where nothing is said."""

    language: str = ""
    title: str = ""
    published: date | None = None
    online: str = ""


@dataclass(frozen=True, slots=True)
class Begun:
    """A statement's folder as it was made.

    Attributes:
        folder: Where it is.
        language: BCP 47 tag of its text.
        found: What was found, a line each.
        asked: What a person must look at or fill in, a line each.
        missing: Keys of statement.toml that must be filled in before there is a draft.
        disagreeing: Places of the text that count the signatories otherwise than they were found, a line each.
    """

    folder: Path
    language: str
    found: tuple[str, ...]
    asked: tuple[str, ...]
    missing: tuple[str, ...]
    disagreeing: tuple[str, ...] = ()


def begin(folder: Path, file: Path, given: Given, tell: Tell) -> Begun:
    """Make a statement's folder from a file.

    Args:
        folder: Where it is to be; nothing may be there yet.
        file: The statement as it was handed in.
        given: What the caller says of it.
        tell: Is told what is being done.

    Raises:
        CallError: There is such a folder already, or the file cannot be used.
        FaultError: It is a scan, and what reads scans is not here; or the folder cannot be written.
    """
    _refuse_taken(folder)
    if given.language:
        load_language(given.language)
    with _aside(folder) as aside:
        return _fill(folder, aside, file, given, tell)


def draft(begun: Begun, out: Path, tell: Tell) -> tuple[Path, ...]:
    """Build a draft of a new statement in its language, and say where it is.

    Raises:
        ContentError: Something in the text cannot be printed.
    """
    built = build(Order((begun.folder,), (begun.language,), ("screen",), out, draft=True), tell)
    return tuple(out / each.path for each in built if each.statement == begun.folder.resolve().name)


def folder_of(name: str, seeds: Path) -> Path:
    """The folder of a new statement, by its name in `seeds` or by a path."""
    return Path(name) if "/" in name else seeds / name


def _refuse_taken(folder: Path) -> None:
    name = folder.name
    if not _NAME.fullmatch(name) or len(name) > 100 or name in ("index.html", "manifest.json"):
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        better = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "valley-2025"
        raise CallError(
            f'"{name}": this is no name for a statement.', f"Take letters, figures and hyphens: {better}."
        )
    if folder.exists() or folder.is_symlink():
        raise CallError(
            f"{folder}: there is such a statement already, and nothing in it was touched.", _way_on(folder)
        )
    if not folder.parent.is_dir():
        raise CallError(
            f"{folder.parent}: there is no such folder.",
            "Run the command in the project's folder, or make this one first.",
        )


def _way_on(folder: Path) -> str:
    """What to do where a statement's folder is there already: it may have been begun, and lack a value."""
    form = folder / "statement.toml"
    lacking = _left_open(form.read_text("utf-8", "replace")) if form.is_file() else {}
    lines = " and ".join(f"line {line} ({key})" for key, line in lacking.items())
    build = f"handbill build {folder.name}{' --draft' if lines else ''}"
    filled = f"fill in {lines} of {form} and build that one" if lines else "build that one"
    return f"Take another name, or {filled}: {build}. To begin anew, take the folder away first."


def _left_open(form: str) -> dict[str, int]:
    """The keys that a form still asks for, each with its line."""
    found = ((re.match(r"# (title|published) = ", line), number) for number, line in enumerate(form.split("\n"), 1))
    return {match[1]: number for match, number in found if match}


@contextmanager
def _aside(folder: Path) -> Iterator[Path]:
    """A folder beside the place, moved into it once it is whole, and taken away if it does not become so."""
    try:
        with tempfile.TemporaryDirectory(".partial", f".{folder.name}-", folder.parent, True) as scratch:
            aside = Path(scratch, folder.name)
            aside.mkdir()
            yield aside
            aside.rename(folder)
    except OSError as error:
        remedy = "Free some space, or name another folder."
        raise FaultError(f"{folder}: {error.strerror or error}.", remedy) from error


def _fill(folder: Path, aside: Path, file: Path, given: Given, tell: Tell) -> Begun:
    """Write everything into the folder that lies aside, and say what was found."""
    raw = load(file)
    tell(f"{file}: reading it")
    extracted = extract(file, raw, given.language, tell)
    source, original = _keep(aside, file, raw, extracted)
    typed = extracted is not None and extracted.typed
    with _named(file, source):
        bare = prepare(source, given.language, typed=typed)
        tag = _tag(bare.source.language, given.language, file)
        bare = bare if tag == bare.source.language else prepare(source, tag, typed=typed)
    title = extracted.title if extracted else ""
    found = _as_given(find(bare.source, bare.cleaned, bare.statement, load_language(tag), title), given)
    form = _Form(tag, given, found, original.name, hashlib.sha256(raw).hexdigest(), extracted)
    with _named(folder, aside, "Nothing was made. Say it otherwise on the command line, or leave it out."):
        statement, doubts = _fill_in(aside, form, bare)
        strays = _write_countries(aside, statement, extracted.countries if extracted else ())
    open_lines = _left_open((aside / "statement.toml").read_text("utf-8"))
    return Begun(
        folder=folder,
        language=tag,
        found=tuple(_told(statement, found, given)),
        asked=tuple(
            [
                *_asked_of_form(folder / "statement.toml", open_lines, tag, found, given),
                *_asked_of_text(folder, statement, doubts, strays),
                *(f"{folder / 'source.txt'}: {note}" for note in (extracted.notes if extracted else ())),
            ]
        ),
        missing=form.missing,
        disagreeing=tuple(_disagreeing(folder, statement, found)),
    )


def _keep(aside: Path, file: Path, raw: bytes, extracted: Extracted | None) -> tuple[Path, Path]:
    """Write the text, and beside it the file that it was taken from; a text is both."""
    source = aside / "source.txt"
    if extracted is None:
        write_whole(source, raw)
        return source, source
    write_whole(source, extracted.text.encode())
    original = aside / _kept_as(file)
    write_whole(original, raw)
    return source, original


def _fill_in(aside: Path, form: "_Form", bare: Prepared) -> tuple[Statement, int]:
    """Write the forms; the statement as it is with every proposal, and how many these are."""
    path = aside / "statement.toml"
    write_whole(path, form.text(bare.statement).encode())
    whole = bare if form.missing else prepare(aside)
    doubts = (*form.found.run_together, *whole.statement.doubts)
    if doubts:
        entries = report.entries(whole.source, doubts)
        write_whole(path.with_name("corrections.toml"), f"{_CORRECTIONS}\n{entries}\n".encode())
        whole = bare if form.missing else prepare(aside)
    write_whole(path, form.text(whole.statement).encode())
    return whole.statement, len(doubts)


def _write_countries(
    aside: Path, statement: Statement, countries: Sequence[tuple[str, str]]
) -> tuple[tuple[str, str], ...]:
    """Write the countries that stood in a table beside the names; those that belong to no name of the list."""
    form = tomlkit.document()
    form.add(tomlkit.comment(":schema ../../build/schemas/signatories.schema.json"))
    form.add(tomlkit.comment("The countries are those of the table in the file: compare them with the paper."))
    entries, strays = tomlkit.aot(), []
    left = list(statement.signatories)
    for name, country in countries:
        at = next((at for at, each in enumerate(left) if folded(each.name) == folded(name)), None)
        if at is None:
            strays.append((name, country))
            continue
        entry = tomlkit.table()
        entry["number"], entry["name"], entry["country"] = left[at].signed, left[at].name, country
        entries.append(entry)
        del left[: at + 1]
    if len(entries):
        form.add("signatories", entries)
        text = tomlkit.dumps(form).replace("# :schema", "#:schema", 1)
        write_whole(aside / "signatories.toml", text.encode())
    return tuple(strays)


_CORRECTIONS = """\
# Each entry is a proposal: look at the paper, write what is on it after `after`, and your reason. Until you have,
# the brief is built as a draft only.
"""


@contextmanager
def _named(known: Path, aside: Path, remedy: str = "") -> Iterator[None]:
    """Let what is said of a file that lies aside be said of one that the caller knows."""
    try:
        yield
    except CallError as error:
        raise CallError(error.message.replace(str(aside), str(known)), remedy or error.remedy) from None


def _kept_as(file: Path) -> str:
    """The name of the file in the folder: its own, but for one that means something else there."""
    name = "".join(c if c.isprintable() and c not in "\\/" else "-" for c in file.name)
    return f"original-{name.lstrip('.')}" if _OUR_FILES.fullmatch(name) or name.startswith(".") else name


def _tag(guessed: str, asked: str, file: Path) -> str:
    """The tag of a pack for the language that was asked for, or that the words seem to be in.

    Raises:
        CallError: There is no pack for it.
    """
    if asked:
        return load_language(asked).tag
    known = known_languages()
    near = [tag for tag in known if tag.partition("-")[0] == guessed.partition("-")[0]]
    if not near:
        seems = "its language is not clear" if guessed == "und" else f"its language seems to be “{guessed}”"
        raise CallError(
            f"{file}: {seems}, and there is no pack for it.", f"Name it with -l. {did_you_mean('', known)}"
        )
    return near[0]


def _as_given(found: Found, given: Given) -> Found:
    """What was found, but for what the caller says."""
    title = replace(_GIVEN, value=given.title) if given.title else found.title
    day = replace(_GIVEN, value=given.published.isoformat()) if given.published else found.published
    return replace(found, title=title, published=day)


@dataclass(frozen=True, slots=True)
class _Form:
    """What statement.toml is filled in with."""

    tag: str
    given: Given
    found: Found
    original: str
    sha256: str
    extracted: Extracted | None

    @property
    def missing(self) -> tuple[str, ...]:
        """The keys that nothing was found for, and that a statement does not go without."""
        values = {"title": self.found.title, "published": self.found.published}
        return tuple(key for key, value in values.items() if value is None)

    def text(self, statement: Statement) -> str:
        """The form; each value has a comment that says where it was found."""
        form = tomlkit.document()
        form.add(tomlkit.comment(":schema ../../build/schemas/statement.schema.json"))
        form.add(tomlkit.comment("Filled in from the file: compare every line with the paper."))
        form.add(tomlkit.nl())
        _put(form, "title", self.found.title, '"…"')
        form.add("language", _item(self.tag, "as was said" if self.given.language else "by its words"))
        _put(form, "published", self.found.published, "2025-01-31")
        if self.given.online:
            form.add("online", tomlkit.item(self.given.online))
        else:
            form.add(
                tomlkit.comment('online = "https://…"  # not known: fill in; without it only drafts are built')
            )
        form.add("languages", tomlkit.item([self.tag]))
        if self.found.session:
            form.add(tomlkit.nl())
            for line in _session_lines(self.found.session):
                form.add(tomlkit.comment(line))
        form.add(tomlkit.nl())
        form.add("expected", self._expected(statement))
        if self.extracted and self.extracted.countries:
            form.add("signatories", self._listing())
        form.add("source", self._source())
        return tomlkit.dumps(form).replace("# :schema", "#:schema", 1)

    def _listing(self) -> Any:
        table = tomlkit.table()
        table.add("countries", _item(True, "in brackets after the names: the file has them in a column"))
        return table

    def _expected(self, statement: Statement) -> Any:
        table = tomlkit.table()
        table.add(tomlkit.comment("As the program counts them: count on the paper."))
        count = statement.signatory_count
        table.add("signatories", _item(count, "; ".join(_claimed(self.found)) or "the text does not say how many"))
        if paragraphs := statement.paragraph_count:
            table.add("paragraphs", tomlkit.item(paragraphs))
        return table

    def _source(self) -> Any:
        table = tomlkit.table()
        table.add("file", tomlkit.item(self.original))
        table.add("sha256", tomlkit.item(self.sha256))
        if self.extracted:
            table.add("how", tomlkit.item(self.extracted.how))
            if self.extracted.typed:
                table.add("kind", _item("typed", "its paragraphs are kept as they are; without this, as a scan’s"))
        return table


def _put(form: Any, key: str, found: Reading | None, example: str) -> None:
    """A value with the place it was found in; a line to fill in where it was not."""
    if found is None:
        form.add(tomlkit.comment(f"{key} = {example}  # not found: fill in, and take out the first #"))
    else:
        value = date.fromisoformat(found.value) if key == "published" else found.value
        form.add(key, _item(value, _where(found)))


def _item(value: Any, comment: str) -> Any:
    return tomlkit.item(value).comment(" ".join(comment.split()))


def _where(found: Reading) -> str:
    """Where a value was found, and how sure that is."""
    place = f"line {found.line} of source.txt" if found.line else "" if found.doubt else "as was said"
    return "; ".join(part for part in (place, f"not sure: {found.doubt}" if found.doubt else "") if part)


def _session_lines(session: Reading) -> Iterator[str]:
    yield f"Named in line {session.line} of source.txt. For a brief for this session, fill in its days:"
    yield "[session]"
    yield f"name = {tomlkit.item(session.value).as_string()}"
    yield "opens = YYYY-MM-DD"
    yield "closes = YYYY-MM-DD"


def _claimed(found: Found) -> Iterator[str]:
    yield from (f"{claim.place} says “{claim.words}”" for claim in found.claims)


def _told(statement: Statement, found: Found, given: Given) -> Iterator[str]:
    """What was found, a line each."""
    language = load_language(statement.language).pack.name
    title, day = found.title, found.published
    yield f"title       {f'“{title.value}” ({_where(title)})' if title else 'not found'}"
    yield f"language    {language} ({'as was said' if given.language else 'by its words'})"
    yield f"published   {f'{day.value} ({_where(day)})' if day else 'not found'}"
    if found.session:
        yield f"session     {found.session.value} (line {found.session.line} of source.txt)"
    yield f"paragraphs  {statement.paragraph_count}"
    claimed = "; ".join(_claimed(found)) or "the text does not say how many"
    yield f"signatories {statement.signatory_count} ({claimed})"


def _same_script(tag: str) -> list[str]:
    """Other languages of the same script, where no dictionary can tell it from them."""
    if Lexicon(tag).available:
        return []
    script = load_language(tag).pack.script
    others = (other for other in known_languages() if other != tag and load_language(other).pack.script == script)
    return [other for other in others if not Lexicon(other).available]


def _disagreeing(folder: Path, statement: Statement, found: Found) -> Iterator[str]:
    """Places that say how many signed, where as many names were not found."""
    names = "1 name was" if statement.signatory_count == 1 else f"{statement.signatory_count} names were"
    for claim in found.claims:
        if claim.number != statement.signatory_count:
            yield f"{folder / 'source.txt'}: {claim.place} says “{claim.words}”, but {names} found."


def _asked_of_form(
    form: Path, open_lines: Mapping[str, int], tag: str, found: Found, given: Given
) -> Iterator[str]:
    """What a person must fill in or look at in statement.toml, a line each."""
    for key, reading, option in (
        ("title", found.title, "--title"),
        ("published", found.published, "--published"),
    ):
        if reading is None:
            yield (
                f"{form}, line {open_lines[key]}: {key} was not found. Fill it in there (a new statement takes it "
                f"from {option})."
            )
        elif reading.doubt:
            yield f"{form}: {key} is not sure: {reading.doubt}."
    if (others := _same_script(tag)) and not given.language:
        yield f"{form}: language is not sure: {', '.join(others)} are written alike (a new one takes it from -l)."
    if not given.online:
        yield f'{form}: where does the text stand online (online = "https://…")? Without it only drafts are built.'


def _asked_of_text(
    folder: Path, statement: Statement, doubts: int, strays: Sequence[tuple[str, str]]
) -> Iterator[str]:
    """What a person must look at in the text and its list of names, a line each."""
    if not statement.signatory_count:
        yield f"{folder / 'source.txt'}: {_no_list(statement)}"
    if strays:
        told = ", ".join(f"“{name}” ({country})" for name, country in strays)
        yield f"{folder / 'signatories.toml'}: countries of a table that no name of the list has: {told}."
    if doubts:
        count = "1 doubt has" if doubts == 1 else f"{doubts} doubts have"
        yield f"{folder / 'corrections.toml'}: {count} a proposal; compare each with the paper, write your reason."


def _no_list(statement: Statement) -> str:
    """Why there are no signatories, and what a list has."""
    headings = [block for block in statement.blocks if heads_names(block.text, statement.language)]
    if not headings:
        return (
            "no list of signatories was found. It must be numbered, or stand under a heading that says who signed."
        )
    last = headings[-1]
    return (
        f"no list of signatories was found under “{last.text}” (line {last.lines[0]}). It needs {LEAST_NAMES} "
        "names, each on a line of its own; fewer are read as text."
    )
