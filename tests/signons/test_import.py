"""A sign-on form is compared with the list, and only what is plain is taken over."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from handbill.__main__ import main
from handbill.errors import CallError
from handbill.pipeline import prepare
from handbill.read.content import read_signatories
from handbill.read.table import read_table
from handbill.sign_on_form import import_sign_ons

FORM = """\
Timestamp;Name of organization;Acronym;Country;Contact e-mail;Remain anonymous?
2025-01-20;burma human rights network;BHRN;UK;someone@example.org;no
2025-02-03;River Watch;RW;Thailand;someone@example.org;no
2025-02-04;Hidden Valley Sisters;;Myanmar;someone@example.org;yes
2025-02-05;Watch River;;Thailand;someone@example.org;no
2025-02-06;Boat People SOS 2;;Utopia;someone@example.org;no
2025-02-07;Hill Farmers Union / Coast Fishers Union;;Birmanie;someone@example.org;no
2025-02-08;Burma Network Human Rights;;;someone@example.org;no
2025-02-09;RIVER WATCH;;;someone@example.org;no
2025-03-01;Slow Movers;;France;someone@example.org;no
"""
"""Burma Human Rights Network is 12 in the list of the first statement."""

Export = Callable[[str], Path]


@pytest.fixture
def export(tmp_path: Path) -> Export:
    """Writes a CSV and returns its path."""

    def write(text: str, encoding: str = "utf-8") -> Path:
        (tmp_path / "answers.csv").write_text(text, encoding=encoding)
        return tmp_path / "answers.csv"

    return write


def test_each_row_is_told_with_what_it_is(statement_folder: Path, export: Export) -> None:
    found = import_sign_ons(statement_folder, export(FORM), {}, date(2025, 2, 28))
    rows = [line.split("(row")[0].strip() for line in found.lines if "(row" in line]

    assert rows == [
        "changed     12  Burma Human Rights Network, country GB",
        "new         47  River Watch, TH, signed 2025-02-03",
        "withheld    48  [withheld]",
        "new         49  Watch River, TH, signed 2025-02-05",
        "new         50  Boat People SOS 2, signed 2025-02-06",
        "new         51  Hill Farmers Union / Coast Fishers Union, MM, signed 2025-02-07",
        "asked       12  Burma Network Human Rights",
        "twice           RIVER WATCH, as in row 3",
        "too late        Slow Movers, signed 2025-03-01",
    ]
    assert found.changes == 6
    assert found.lines[-1] == "1 changed, 4 new, 1 withheld, 1 twice, 1 asked, 1 too late"


def test_what_is_not_plain_is_asked(statement_folder: Path, export: Export) -> None:
    asked = "\n".join(import_sign_ons(statement_folder, export(FORM), {}).questions)

    assert "row 8: is “Burma Network Human Rights” the organisation of 12, “Burma Human Rights Network”?" in asked
    assert "row 5: is “Watch River” the organisation of row 3, “River Watch”?" in asked
    assert "row 6: does the number belong to the name “Boat People SOS 2”?" in asked
    assert "row 6: “Utopia” is no country that is known" in asked
    assert "row 7: is “Hill Farmers Union / Coast Fishers Union” one organisation, or two on one line?" in asked


def test_the_places_with_the_former_count_are_named_in_every_language(seed: Path, export: Export) -> None:
    places = "\n".join(import_sign_ons(seed, export(FORM), {}).places)

    assert "statement.toml: expected.signatories = 46" in places
    assert "(en): line 1 (p1) says “46 organizations”" in places
    assert "ar.po (ar): the stand-first of the summary says “٤٦ منظمة”" in places


def test_nothing_is_written_unasked(statement_folder: Path, export: Export) -> None:
    before = {path.name: path.read_bytes() for path in statement_folder.iterdir()}
    import_sign_ons(statement_folder, export(FORM), {})
    assert {path.name: path.read_bytes() for path in statement_folder.iterdir()} == before


def test_what_is_written_is_counted_and_the_next_import_finds_it(statement_folder: Path, export: Export) -> None:
    comment = (statement_folder / "signatories.toml").read_text("utf-8")
    import_sign_ons(statement_folder, export(FORM), {}, date(2025, 2, 28), write=True)
    written = (statement_folder / "signatories.toml").read_text("utf-8")
    statement = prepare(statement_folder).statement
    again = import_sign_ons(statement_folder, export(FORM), {}, date(2025, 2, 28))

    assert written.startswith(comment)
    assert "Hidden" not in written and "example.org" not in written
    assert statement.signatory_count == 51 and len(statement.withheld) == 1
    assert [s.name for s in statement.signatories if s.is_late][:2] == ["River Watch", "Watch River"]
    assert next(s.about.country for s in statement.signatories if s.number == 12) == "GB"
    assert again.changes == 0


def test_who_asks_for_silence_is_withheld_in_the_list_and_among_the_late(
    statement_folder: Path, export: Export
) -> None:
    import_sign_ons(statement_folder, export("Group,Country\nRiver Watch,Thailand\nHill Union,\n"), {}, write=True)
    form = statement_folder / "signatories.toml"
    beside = 'country = "TH"\nofficial = { fr = "Veille" }\nstatus = "roster"\nsource = "Mae Sot desk"'
    form.write_text(form.read_text("utf-8").replace('country = "TH"', beside), encoding="utf-8")
    assert [name.names for name in prepare(statement_folder).official_names][-1] == {"fr": "Veille"}
    silence = "Group,Anonymous\nBurma Human Rights Network,yes\nriver watch,yes\nHill Union,no\n"
    found = import_sign_ons(statement_folder, export(silence), {}, write=True)
    written = (statement_folder / "signatories.toml").read_text("utf-8")
    prepared = prepare(statement_folder)

    assert [line[:26] for line in found.lines[:2]] == ["withheld    12  [withheld]", "withheld    47  [withheld]"]
    told = "\n".join((*found.lines, *found.questions, *found.places)).casefold()
    assert "burma human rights network" not in told and "river watch" not in told
    assert not any(word in written for word in ("River", "TH", "Veille", "Mae Sot"))
    assert [number for number, _ in prepared.statement.withheld] == [12, 47]
    assert prepared.statement.signatory_count == 48
    assert import_sign_ons(statement_folder, export(silence), {}).changes == 0


def test_a_name_that_asks_for_silence_in_one_row_is_told_in_none(statement_folder: Path, export: Export) -> None:
    text = "Organisation,Anonymous\nSecret Sisters,no\nThe Secret Sisters,yes\nSisters Secret,no\n"
    found = import_sign_ons(statement_folder, export(text), {}, write=True)
    told = "\n".join((*found.lines, *found.questions))

    assert "[withheld]" in told and "Secret Sisters" not in told
    assert "another of its rows asks for it" in told
    assert "Secret Sisters" not in (statement_folder / "signatories.toml").read_text("utf-8")


def test_what_is_new_is_not_buried_under_what_the_form_does_not_have(
    statement_folder: Path, export: Export, capsys: pytest.CaptureFixture[str]
) -> None:
    call = ["signatories", str(statement_folder), "import", str(export("Group\nRiver Watch\n"))]
    main(call)
    said = capsys.readouterr().out
    assert said.startswith(
        "new         47  River Watch (row 2)\n1 new\n46 names of the list are not in the form (-v"
    )
    assert "Burma Human Rights Network" not in said
    main([*call, "-v"])
    assert "12  Burma Human Rights Network" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("ja doch", "what it says is no yes that is known under “Publish?”"),
        ("no", "it says no under “Publish?”"),
        ("", "it says nothing under “Publish?”"),
    ],
)
def test_a_row_that_is_withheld_says_by_which_answer_but_not_the_answer(
    statement_folder: Path, export: Export, answer: str, why: str
) -> None:
    found = import_sign_ons(statement_folder, export(f"Group,Publish?\nRiver Watch,{answer}\n"), {})
    assert found.lines[0] == f"withheld    47  [withheld] (row 2: {why})"


def test_so_does_one_that_asked_the_other_way_round(statement_folder: Path, export: Export) -> None:
    text = "Group,Anonymous?\nRiver Watch,yes\nHill Union,perhaps\nCoast Union,yes\nThe Coast Union,no\n"
    told = import_sign_ons(statement_folder, export(text), {}).lines
    assert "(row 2: it says yes under “Anonymous?”)" in told[0]
    assert "(row 3: what it says is no plain no under “Anonymous?”)" in told[1]


def test_a_workbook_reads_as_its_csv_does(statement_folder: Path, tmp_path: Path, export: Export) -> None:
    book = Workbook()
    sheet = book.active
    rows = [line.split(";") for line in FORM.splitlines()]
    for row in [rows[0], *([datetime.fromisoformat(row[0]), *row[1:]] for row in rows[1:])]:
        sheet.append(row)
    book.save(tmp_path / "answers.xlsx")

    assert import_sign_ons(statement_folder, tmp_path / "answers.xlsx", {}) == import_sign_ons(
        statement_folder, export(FORM), {}
    )


@pytest.mark.parametrize(
    "text",
    [
        "Nombre de la organización\tPaís\tCorreo\nRed Río\tTailandia\tx@example.org\n",
        "Nom de l’organisation;Pays\nRed Río;Thaïlande\n",
        "组织名称,国家,联系人\nRed Río,泰国,x\n",
        "Название организации|Страна\nRed Río|Таиланд\n",
        "اسم المنظمة,البلد\nRed Río,تايلاند\n",
    ],
)
def test_headers_and_countries_are_known_in_many_languages(
    statement_folder: Path, export: Export, text: str
) -> None:
    found = import_sign_ons(statement_folder, export(text), {})
    assert found.lines[0] == "new         47  Red Río, TH (row 2)"


def test_a_file_of_another_encoding_is_read(statement_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_bytes("Nombre de la organización;País\nAsociación Ñandú;España\n".encode("cp1252"))
    assert import_sign_ons(statement_folder, path, {}).lines[0] == "new         47  Asociación Ñandú, ES (row 2)"


def test_the_day_before_the_month_is_told_by_a_number_over_twelve(statement_folder: Path, export: Export) -> None:
    told = import_sign_ons(statement_folder, export("Date,Group\n03/02/2025,Aa\n25/02/2025,Bb\n"), {}).lines
    assert [line.split("signed ")[1][:10] for line in told[:2]] == ["2025-02-03", "2025-02-25"]
    unclear = import_sign_ons(statement_folder, export("Date,Group\n03/02/2025,Aa\n"), {}).lines
    assert "signed" not in unclear[0]


def test_an_unknown_layout_is_refused_with_the_headers_it_has(
    statement_folder: Path, export: Export, capsys: pytest.CaptureFixture[str]
) -> None:
    path = export("Who,E-mail\nRiver Watch,x@example.org\n")
    call = ["signatories", str(statement_folder), "import", str(path)]

    assert main(call) == 2
    assert "The headers are: “Who”; “E-mail”." in capsys.readouterr().err
    assert main([*call, "--column", "name=who"]) == 0
    assert "River Watch" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"PK\x03\x04 no workbook", b"", b"not a zip"])
def test_a_broken_workbook_is_refused(statement_folder: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "answers.xlsx"
    path.write_bytes(content)
    assert main(["signatories", str(statement_folder), "import", str(path)]) == 2


def test_a_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = Workbook()
    book.active.append(["Organisation"])
    book.save(tmp_path / "answers.xlsx")
    monkeypatch.setattr("handbill.read.table.LARGEST_UNPACKED", 100)
    with pytest.raises(CallError, match="unpacks to too much"):
        read_table(tmp_path / "answers.xlsx")


@pytest.mark.parametrize(
    ("before", "kept"),
    [
        ('# ours\nlate = [{ name = "Hill Union" }] # one so far\n', "# one so far"),
        ('[[late]] # by letter\nname = "Hill Union" # as on paper\n', "# as on paper"),
    ],
)
def test_what_an_editor_wrote_stays_in_either_way_of_writing(
    statement_folder: Path, export: Export, before: str, kept: str
) -> None:
    form = statement_folder / "signatories.toml"
    form.write_text(before, encoding="utf-8")
    import_sign_ons(statement_folder, export("Group\nHill Union\nRiver Watch\n"), {}, write=True)
    names = [each.name for each in read_signatories(form).late]

    assert names == ["Hill Union", "River Watch"]
    assert kept in form.read_text("utf-8")
