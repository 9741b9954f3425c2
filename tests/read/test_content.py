"""What an editor fills in is checked before it is used; the schemas that text editors read say the same."""

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from conftest import ROOT
from handbill.__main__ import main
from handbill.errors import CallError
from handbill.model import (
    About,
    Consultative,
    Correction,
    Figure,
    LateSignOn,
    Listing,
    Session,
    Standing,
    SummaryItem,
)
from handbill.read import SCHEMAS
from handbill.read.content import read_corrections, read_particulars, read_signatories, read_summary

STATEMENT = """\
title = "Four years on"
language = "en"
published = 2025-01-31
online = "https://example.org/statement"
languages = ["en"]
"""

SUMMARY = """\
[standfirst]
text = "Act now."
source = "p1"

[[demands]]
addressee = "States"
items = [{ text = "Act.", source = "p2" }]
"""


@pytest.fixture
def form(tmp_path: Path) -> Callable[[str], Path]:
    """Writes a form and returns its path."""

    def write(text: str) -> Path:
        (tmp_path / "form.toml").write_text(text, encoding="utf-8")
        return tmp_path / "form.toml"

    return write


def test_a_short_statement_form_has_the_rest_by_default(form: Callable[[str], Path]) -> None:
    particulars = read_particulars(form(STATEMENT))
    assert particulars.published == date(2025, 1, 31)
    assert particulars.languages == ("en",)
    assert particulars.paper == "a4"
    assert re.fullmatch("#[0-9a-f]{6}", particulars.accent)
    assert (particulars.session, particulars.approved_text, particulars.keywords) == (None, None, ())
    assert particulars.expected.signatories is None


def test_a_full_statement_form_is_read_whole(form: Callable[[str], Path]) -> None:
    more = f"""paper = "letter"
accent = "#7A1F2B"
keywords = ["Myanmar", "ICC"]
[session]
name = "58th session"
opens = 2025-02-24
closes = 2025-04-04
[expected]
signatories = 46
paragraphs = 16
other_counts = ["30 organizations"]
[approval]
text_sha256 = "{"0" * 64}"
"""
    particulars = read_particulars(form(STATEMENT + more))
    assert (particulars.paper, particulars.accent, particulars.keywords) == (
        "letter",
        "#7a1f2b",
        ("Myanmar", "ICC"),
    )
    assert particulars.session == Session("58th session", date(2025, 2, 24), date(2025, 4, 4))
    assert particulars.expected.signatories == 46
    assert particulars.expected.paragraphs == 16
    assert particulars.expected.other_counts == ("30 organizations",)
    assert particulars.approved_text == "0" * 64


def test_spaces_around_a_title_are_no_part_of_it(form: Callable[[str], Path]) -> None:
    assert read_particulars(form(STATEMENT.replace("Four years on", "  Four years on "))).title == "Four years on"


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        pytest.param('"Four years on"', '""', "title", id="an empty title"),
        pytest.param('"Four years on"', '" \\t "', "title", id="a title of spaces"),
        pytest.param("Four years on", "Four\\nyears", "title", id="a line end in the title"),
        pytest.param("Four years on", "Four\\ryears", "title", id="a carriage return in the title"),
        pytest.param("Four years on", "Four\\u0007years", "title", id="a bell in the title"),
        pytest.param("Four years on", "Four\\u007Fyears", "title", id="a delete in the title"),
        pytest.param("Four years on", "Four\\u0085years", "title", id="a next-line control in the title"),
        pytest.param("Four years on", "Four\\u2028years", "title", id="a line separator in the title"),
        pytest.param("Four years on", "Four\\u202Eyears", "title", id="a direction override in the title"),
        pytest.param("Four years on", "x" * 2001, "title", id="a title longer than a page"),
        pytest.param('"en"\npub', '"English"\npub', "language", id="a language's name for its tag"),
        pytest.param('"en"\npub', '"EN"\npub', "language", id="a tag in capitals"),
        pytest.param('["en"]', "[]", "languages", id="no language at all"),
        pytest.param('["en"]', '["en", "../en"]', "languages.1", id="a path for a tag"),
        pytest.param('["en"]', '"en"', "languages", id="one language without brackets"),
        pytest.param("2025-01-31", '"31 January 2025"', "published", id="a date in words"),
        pytest.param("https://", "http://", "online", id="an address without encryption"),
        pytest.param("https://", "javascript:", "online", id="an address that is a program"),
        pytest.param("https://", "", "online", id="an address without its beginning"),
        pytest.param("https://example.org", "https://localhost", "online", id="an address of one machine"),
        pytest.param("example.org/", "example.org/a b", "online", id="a space in the address"),
        pytest.param("example.org/", "example.org/a\\u0007b", "online", id="a bell in the address"),
        pytest.param("example.org/", "[example.org/", "online", id="a bracket left open in the address"),
        pytest.param("example.org/", f"example.org/{'x' * 3000}", "online", id="an address no QR code can hold"),
    ],
)
def test_a_statement_form_is_refused_for(form: Callable[[str], Path], old: str, new: str, key: str) -> None:
    assert old in STATEMENT
    with pytest.raises(CallError, match=rf"line \d+: {re.escape(key)}: "):
        read_particulars(form(STATEMENT.replace(old, new)))


@pytest.mark.parametrize(
    ("more", "key"),
    [
        pytest.param('accent = "red"', "accent", id="a colour by name"),
        pytest.param('accent = "#fff"', "accent", id="a colour of three digits"),
        pytest.param('accent = "#7a1f2b; } *{"', "accent", id="a colour with a rule behind it"),
        pytest.param('accent = "#7a1f2b\\n"', "accent", id="a colour with a line end behind it"),
        pytest.param('paper = "a5"', "paper", id="a paper that is not offered"),
        pytest.param('keywords = ["a", ""]', "keywords.1", id="an empty keyword"),
        pytest.param("[expected]\nsignatories = -1", "expected.signatories", id="a negative count"),
        pytest.param("[expected]\nsignatories = 46.0", "expected.signatories", id="a count with a point"),
        pytest.param('[approval]\ntext_sha256 = "abc"', "approval.text_sha256", id="a hash cut short"),
        pytest.param(
            '[session]\nname = "58th"\nopens = 2025-04-04\ncloses = 2025-02-24',
            "session",
            id="a session that closes before it opens",
        ),
    ],
)
def test_a_statement_form_is_refused_also_for(form: Callable[[str], Path], more: str, key: str) -> None:
    with pytest.raises(CallError, match=rf"line \d+: {re.escape(key)}: "):
        read_particulars(form(f"{STATEMENT}{more}\n"))


def test_a_misspelled_key_of_a_table_is_offered_the_nearest(form: Callable[[str], Path]) -> None:
    with pytest.raises(CallError, match=r'line 7: expected\.signatores: .*Did you mean "signatories"\?'):
        read_particulars(form(f"{STATEMENT}[expected]\nsignatores = 46\n"))


def test_all_mistakes_of_a_statement_form_are_told_at_once(form: Callable[[str], Path]) -> None:
    text = STATEMENT.replace("https://", "http://").replace('"Four years on"', "4").replace("2025-01-31", '"soon"')
    with pytest.raises(CallError) as refused:
        read_particulars(form(text))
    said = re.findall(r"line (\d+): (\w+): ", refused.value.message)
    assert sorted(said) == [("1", "title"), ("3", "published"), ("4", "online")]


def test_corrections_are_read_in_their_order(form: Callable[[str], Path]) -> None:
    path = form(
        '[[corrections]]\nline = 4\nbefore = "a"\nafter = ""\nreason = "Dirt."\n'
        '[[corrections]]\nline = 2\nbefore = "b\\nc"\nafter = "bc"\nreason = "One word."\n'
    )
    assert read_corrections(path) == (Correction(4, "a", "", "Dirt."), Correction(2, "b\nc", "bc", "One word."))


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        pytest.param("line = 4", "line = 0", "corrections.0.line", id="a line before the first"),
        pytest.param("line = 4", 'line = "4"', "corrections.0.line", id="a line in quotes"),
        pytest.param('before = "a"', 'before = ""', "corrections.0.before", id="no words"),
        pytest.param('reason = "r"', 'reason = ""', "corrections.0.reason", id="an empty reason"),
        pytest.param('reason = "r"', "", "corrections.0.reason", id="no reason"),
        pytest.param('reason = "r"', 'raeson = "r"', "corrections.0.raeson", id="a misspelled key"),
    ],
)
def test_a_correction_is_refused_for(form: Callable[[str], Path], old: str, new: str, key: str) -> None:
    text = '[[corrections]]\nline = 4\nbefore = "a"\nafter = "b"\nreason = "r"\n'
    with pytest.raises(CallError, match=rf"line \d+: {re.escape(key)}: "):
        read_corrections(form(text.replace(old, new)))


def test_a_summary_is_read_whole(form: Callable[[str], Path]) -> None:
    figure = '[[figures]]\nlead = "more than"\nvalue = "6,000"\nlabel = "people killed"\nsource = "p3"\n'
    summary = read_summary(form(SUMMARY + figure))
    assert summary is not None
    assert summary.standfirst == SummaryItem("Act now.", "p1")
    assert summary.figures == (Figure("more than", "6,000", "people killed", "p3"),)
    assert [(group.addressee, group.items) for group in summary.demands] == [
        ("States", (SummaryItem("Act.", "p2"),))
    ]
    assert not summary.verbatim


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        pytest.param('"p1"', '"paragraph 1"', "standfirst.source", id="a source that is no block"),
        pytest.param('"p1"', '"p0"', "standfirst.source", id="a block before the first"),
        pytest.param('"p2" }', '"" }', "demands.0.items.0.source", id="a demand without its block"),
        pytest.param('[{ text = "Act.", source = "p2" }]', "[]", "demands.0.items", id="a group without demands"),
        pytest.param("Act now.", "Act\\nnow.", "standfirst.text", id="a line end in the stand-first"),
        pytest.param(
            "[[demands]]",
            '[[figures]]\nlead = "more\\nthan"\nvalue = "1"\nlabel = "x"\nsource = "p1"\n[[demands]]',
            "figures.0.lead",
            id="a line end before a figure",
        ),
        pytest.param(
            "[[demands]]",
            '[[figures]]\nvalue = "1"\nlabel = "x"\nsource = "p1"\n' * 5 + "[[demands]]",
            "figures",
            id="five figures",
        ),
    ],
)
def test_a_summary_is_refused_for(form: Callable[[str], Path], old: str, new: str, key: str) -> None:
    assert old in SUMMARY
    with pytest.raises(CallError, match=rf"line \d+: {re.escape(key)}: "):
        read_summary(form(SUMMARY.replace(old, new)))


def complaints(value: Any, schema: dict[str, Any], root: dict[str, Any], where: str = "") -> Iterator[str]:
    """What a JSON Schema has against a value; a keyword that is not known here fails the test."""
    kinds = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool, "null": type(None)}
    for keyword, rule in schema.items():
        if keyword in ("$defs", "title", "description", "default", "format"):
            continue
        if keyword == "$ref":
            yield from complaints(value, root["$defs"][rule.rpartition("/")[2]], root, where)
        elif keyword == "anyOf":
            if all(list(complaints(value, each, root, where)) for each in rule):
                yield f"{where}: anyOf"
        elif keyword == "type":
            if not isinstance(value, kinds[rule]) or (rule == "integer" and isinstance(value, bool)):
                yield f"{where}: type"
        elif keyword == "properties":
            for key in value.keys() & rule.keys():
                yield from complaints(value[key], rule[key], root, f"{where}.{key}")
        elif keyword == "items":
            for position, each in enumerate(value):
                yield from complaints(each, rule, root, f"{where}.{position}")
        else:
            fits = {
                "additionalProperties": lambda rule: rule or value.keys() <= schema["properties"].keys(),
                "required": lambda rule: set(rule) <= value.keys(),
                "enum": lambda rule: value in rule,
                "pattern": lambda rule: re.search(rule, value),
                "minLength": lambda rule: len(value) >= rule,
                "maxLength": lambda rule: len(value) <= rule,
                "minItems": lambda rule: len(value) >= rule,
                "maxItems": lambda rule: len(value) <= rule,
                "minimum": lambda rule: value >= rule,
                "maximum": lambda rule: value <= rule,
            }[keyword]
            if not fits(rule):
                yield f"{where}: {keyword}"


def seed_values(seed: Path, name: str) -> dict[str, Any]:
    """The first statement's form as JSON has it: a date is text."""
    values = tomllib.loads((seed / f"{name}.toml").read_text(encoding="utf-8"))
    plain: dict[str, Any] = json.loads(json.dumps(values, default=date.isoformat))
    return plain


def committed_schema(name: str) -> dict[str, Any]:
    schema: dict[str, Any] = json.loads((ROOT / "build" / "schemas" / f"{name}.schema.json").read_text("utf-8"))
    return schema


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_in_the_project_is_the_one_the_program_prints(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["schema", name]) == 0
    printed = capsys.readouterr().out
    assert (ROOT / "build" / "schemas" / f"{name}.schema.json").read_text("utf-8") == printed


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_accepts_the_first_statement(name: str, seed: Path) -> None:
    schema = committed_schema(name)
    assert list(complaints(seed_values(seed, name), schema, schema)) == []


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_refuses_an_unknown_key(name: str, seed: Path) -> None:
    schema = committed_schema(name)
    assert list(complaints({**seed_values(seed, name), "tilte": 1}, schema, schema)) == [": additionalProperties"]


def test_the_schema_refuses_what_the_program_refuses(seed: Path) -> None:
    schema = committed_schema("statement")
    wrong = {**seed_values(seed, "statement"), "accent": "red", "languages": [], "expected": {"signatories": -1}}
    found = sorted(complaints(wrong, schema, schema))
    assert found == [".accent: pattern", ".expected.signatories: anyOf", ".languages: minItems"]


@pytest.mark.parametrize("name", SCHEMAS)
def test_a_form_names_its_schema_on_its_first_line(name: str, seed: Path) -> None:
    first = (seed / f"{name}.toml").read_text(encoding="utf-8").split("\n")[0]
    assert (seed / first.removeprefix("#:schema ")).resolve() == ROOT / "build" / "schemas" / f"{name}.schema.json"


def test_a_late_sign_on_is_read_with_its_country_and_its_day(form: Callable[[str], Path]) -> None:
    read = read_signatories(
        form(
            '[[signatories]]\nnumber = 2\nname = "Article 19"\ncountry = "GB"\n'
            '[[late]]\nname = "River Watch"\nacronym = "RW"\ncountry = "TH"\nsigned = 2025-02-03\n'
            "[[late]]\nwithheld = true\n"
        )
    )
    assert read.about == {2: About("GB")}
    assert read.late == (
        LateSignOn("River Watch", About("TH"), "RW", date(2025, 2, 3)),
        LateSignOn("", withheld=True),
    )


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('[[late]]\nname = "River Watch"\nwithheld = true', "take out its name, acronym, country and status"),
        ('[[late]]\nname = "River Watch"\nstatus = "roster"', "lacks source"),
        ('[[late]]\nwithheld = true\nstatus = "roster"\nsource = "x"', "is withheld"),
        ('[[late]]\nwithheld = true\nkind = "women"', "is withheld"),
        ('[[late]]\nname = "River Watch"\nofficial = { fr = "Veille" }', "lacks source"),
        ("[[late]]\nsigned = 2025-02-03", "lacks name"),
        ('[[late]]\nname = "River Watch"\ncountry = "UK"', "is no country"),
    ],
)
def test_a_late_sign_on_is_named_whole_or_not_at_all(form: Callable[[str], Path], entry: str, said: str) -> None:
    with pytest.raises(CallError, match=said):
        read_signatories(form(entry))


def test_a_kind_that_statement_toml_does_not_know_is_refused_with_its_line(form: Callable[[str], Path]) -> None:
    path = form('[[signatories]]\nnumber = 2\nname = "A"\nkind = "woman"\n[[late]]\nname = "B"\nkind = "youth"\n')
    with pytest.raises(
        CallError, match=r'line 4: "woman" is no kind of statement.toml. Did you mean "women"'
    ) as refused:
        read_signatories(path, Listing(kinds={"women": "", "youth": ""}))
    assert "youth" not in str(refused.value).split("\n")[0]
    assert read_signatories(path, Listing(kinds={"woman": "", "youth": ""})).about == {2: About(kind="woman")}


def test_a_kind_that_many_entries_have_is_refused_once_with_all_its_lines(form: Callable[[str], Path]) -> None:
    entries = "".join(f'[[signatories]]\nnumber = {n}\nname = "A"\nkind = "woman"\n' for n in (2, 3, 4))
    with pytest.raises(CallError) as refused:
        read_signatories(form(entries), Listing(kinds={"women": ""}))
    said = refused.value.message
    assert said.count("woman") == 1 and 'lines 4, 8, 12: "woman" is no kind' in said


@pytest.mark.parametrize("key", ["kind", "status", "registered", "logo"])
def test_a_withheld_name_has_nothing_beside_it_that_tells_who_it_is(form: Callable[[str], Path], key: str) -> None:
    value = "logos/a.svg" if key == "logo" else "general"
    with pytest.raises(CallError, match="is withheld"):
        read_signatories(form(f'[[signatories]]\nnumber = 2\nwithheld = true\n{key} = "{value}"\n'))


def test_names_can_be_grouped_by_kinds_only_where_there_are_some(form: Callable[[str], Path], seed: Path) -> None:
    text = (seed / "statement.toml").read_text(encoding="utf-8")
    with pytest.raises(CallError, match="lacks kinds"):
        read_particulars(form(f'{text}\n[signatories]\ngroup = "kind"\n'))


def test_a_status_is_read_with_the_name_in_the_database(form: Callable[[str], Path]) -> None:
    read = read_signatories(
        form(
            '[[signatories]]\nnumber = 2\nname = "A"\nstatus = "roster"\nregistered = "A Int."\nsource = "x"\n'
            '[[signatories]]\nnumber = 3\nname = "B"\nstatus = "none"\nsource = "x"\n'
            '[[late]]\nname = "C"\nstatus = "general"\nsource = "x"\n'
        )
    )
    assert read.standings == {
        2: Standing(Consultative.ROSTER, "A Int."),
        3: Standing(Consultative.NONE),
    }
    assert read.late[0].standing == Standing(Consultative.GENERAL)


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('name = "A"\nstatus = "special"', "lacks source"),
        ('name = "A"\nstatus = "observer"\nsource = "x"', "status"),
        ('name = "A"\ncountry = "GB"\nregistered = "B"', "an organisation in the database has a status"),
        ('withheld = true\nstatus = "special"\nsource = "x"', "take out its status"),
    ],
)
def test_a_status_has_a_source_and_a_withheld_name_has_none(
    form: Callable[[str], Path], entry: str, said: str
) -> None:
    with pytest.raises(CallError, match=said):
        read_signatories(form(f"[[signatories]]\nnumber = 2\n{entry}\n"))


@pytest.mark.parametrize("item", ["0", "11", '"4"'])
def test_an_agenda_item_is_one_of_ten(statement_folder: Path, item: str) -> None:
    path = statement_folder / "statement.toml"
    text = path.read_text("utf-8").replace("closes = 2025-04-04", f"closes = 2025-04-04\nagenda_item = {item}")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CallError, match="agenda_item"):
        read_particulars(path)
