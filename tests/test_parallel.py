"""Two languages side by side: each paragraph in a row, read across, each in its own language and direction."""

import io
import json
import re
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import polib
import pytest

from briefs import finished, version_in
from handbill.__main__ import main
from handbill.compose import compose
from handbill.editions import EDITIONS
from handbill.languages import known_languages, load_language
from handbill.making import Job, Made, inputs_of, make
from handbill.model import Block, Kind, Version
from handbill.preflight import Copy, load_profile, preflight
from handbill.preflight.profiles import Profile
from handbill.preflight.subject import opened
from handbill.render import TORN, render
from sides import side_by_side
from specimen import specimen
from tagged import Node, structure_of

PARALLEL = EDITIONS["parallel"]
PAIRS = [("en", "my"), ("en", "ar"), ("ar", "zh-Hans"), ("fr", "ru")]


def bare(text: str) -> str:
    """A text without spaces: in some scripts a line ends where there is none."""
    return re.sub(r"\s+", "", text)


@cache
def made(first: str, second: str) -> Made:
    """The first statement in two languages, through its preflight."""
    version = replace(version_in(first), beside=version_in(second))
    return make(Job(version, "parallel", draft=False, original=version_in("en").statement))


def rows(structure: Node) -> list[list[Node]]:
    """The rows of the text: of each the elements that say something, in the order they are read."""
    text = structure.all("Sect")[0]
    return [row.all("P", "H1", "H2") for row in text.elements]


@pytest.mark.parametrize(("first", "second"), PAIRS)
class TestThePairs:
    def test_they_pass_their_preflight_and_can_be_copied(self, first: str, second: str) -> None:
        output = made(first, second).output
        name = "myanmar-accountability-2025"
        assert output.path == f"{name}/{first}/{name}-{first}-{second}-parallel.pdf"
        assert (output.language, output.beside) == (first, second)
        assert output.translation_beside == "unofficial, unreviewed"
        shares = [re.search(r"\(([\d.]+)% are right\).*not-copied", finding) for finding in output.findings]
        assert all(share and float(share[1]) >= 99.5 for share in shares)

    def test_they_are_read_row_by_row_each_in_its_language(self, first: str, second: str) -> None:
        found = rows(structure_of(made(first, second).pdf))
        one, other = version_in(first).statement, version_in(second).statement
        assert {tuple(each.language for each in row) for row in found} == {(first, second)}
        said = [[bare(each.text) for each in row] for row in found]
        assert said[1] == [bare(one.title), bare(other.title)]
        for row, block, beside in zip(said[2:], one.blocks, other.blocks, strict=True):
            number = load_language(first).digits(block.id[1:])
            assert row == [bare(f"{number}{block.text}"), bare(beside.text)]

    def test_the_names_stand_once_at_the_end(self, first: str, second: str) -> None:
        structure = structure_of(made(first, second).pdf)
        names = [item.text for item in structure.all("LI")]
        assert len(names) == 46
        heading = structure.all("H2")[-1].text
        assert all(load_language(tag).labels.signatories in heading for tag in (first, second))


def test_nothing_of_it_is_a_table() -> None:
    roles = {node.role for node in structure_of(made("en", "ar").pdf).all()}
    assert not {role for role in roles if role.startswith(("T", "Table"))}


@pytest.mark.parametrize(("first", "second", "is_first_left"), [("en", "ar", True), ("ar", "zh-Hans", False)])
def test_the_first_language_stands_where_its_page_begins(first: str, second: str, is_first_left: bool) -> None:
    profile: Profile = load_profile("parallel")
    with opened(made(first, second).pdf, "file.pdf", profile) as subject:
        assert subject.structure
        paragraphs = list(subject.structure.all("P"))
        middle = float(subject.pdf.pages[0].trimbox[2]) / 2
        starts = {
            tag: {
                content.piece.place[0] < middle
                for each in paragraphs
                for content in each.contents
                if each.said.get("Lang", first) == tag and content.piece.place and content.piece.page == 1
            }
            for tag in (first, second)
        }
    assert starts == {first: {is_first_left}, second: {not is_first_left}}


@pytest.mark.parametrize("tag", known_languages())
def test_every_pack_can_stand_beside_another(tag: str) -> None:
    """The renderer has nothing to warn about, no word leaves its column, and every word is in the structure."""
    version = side_by_side(specimen("fr" if tag == "en" else "en"), specimen(tag), most=4)
    assert version.beside
    pages = render(compose(version, load_language(version.statement.language), PARALLEL))
    assert pages.findings == ()
    said = [[bare(each.text) for each in row] for row in rows(structure_of(pages.pdf))[2:]]
    pairs = zip(version.statement.blocks, version.beside.statement.blocks, strict=True)
    assert said == [[bare(block.id[1:] + block.text), bare(beside.text)] for block, beside in pairs]


def version_of(blocks: tuple[Block, ...]) -> Version:
    english = specimen("en")
    version = replace(english, statement=replace(english.statement, blocks=blocks))
    return side_by_side(version, replace(version, statement=replace(version.statement, language="fr")))


def test_a_paragraph_longer_than_a_page_is_parted_and_loses_no_word() -> None:
    text = " ".join(f"word{n} and some more of them" for n in range(400))
    version = version_of((Block("p1", Kind.PARAGRAPH, text, (1, 1)), Block("p2", Kind.PARAGRAPH, "End.", (2, 2))))
    pages = render(compose(version, load_language("en"), PARALLEL))
    found = rows(structure_of(pages.pdf))
    assert pages.findings == ()
    assert [bare(each.text) for each in found[2]] == [bare(f"1{text}"), bare(text)]
    assert [len(set(each.pages)) > 1 for each in found[2]] == [True, True]


def test_a_short_paragraph_stays_on_its_page() -> None:
    blocks = tuple(Block(f"p{n}", Kind.PARAGRAPH, "Words of a sentence. " * 9, (n, n)) for n in range(1, 40))
    found = rows(structure_of(finished(version_of(blocks), edition="parallel")))
    assert len({page for row in found for each in row for page in each.pages}) > 2
    assert all(len({page for each in row for page in each.pages}) == 1 for row in found)


def with_heading_and_items(tag: str) -> Version:
    """The specimen with a heading, and two of its paragraphs as items of a list."""
    version = specimen(tag)
    texts = version.statement.blocks
    blocks = (
        Block("h1", Kind.HEADING, version.statement.title, (1, 1)),
        replace(texts[2], id="p1", text=" ".join(texts[2].text.split()[:20])),
        *(Block(f"i{n}", Kind.ITEM, texts[n + 2].text, (n, n), f"{n}.") for n in (1, 2)),
        *texts[5:9],
    )
    return replace(version, statement=replace(version.statement, blocks=blocks))


def test_a_paragraph_begins_on_the_same_page_in_both_languages() -> None:
    """Lines of Urdu are twice as high: where two do not fit at a page's foot, English ones do not stay there."""
    version = side_by_side(with_heading_and_items("ur"), with_heading_and_items("en"))
    found = render(compose(version, load_language("ur"), PARALLEL, draft=True)).findings
    assert [(finding.code, finding.block) for finding in found] == [(TORN, "p8")]

    file = make(Job(version, "parallel", draft=True))
    assert not [finding for finding in file.output.findings if TORN in finding]
    begins = [
        [min(page for node in each.all() for page in node.pages) for each in row]
        for row in rows(structure_of(file.pdf))
    ]
    assert [len(row) for row in begins] == [2] * len(begins)
    assert all(one == other for one, other in begins)


def test_headings_and_items_stand_beside_each_other() -> None:
    blocks = (
        Block("h1", Kind.HEADING, "Demands", (1, 1)),
        Block("p1", Kind.PARAGRAPH, "We call on states to:", (2, 2)),
        Block("i1", Kind.ITEM, "act;", (3, 3), "1."),
    )
    content = finished(version_of(blocks), edition="parallel")
    found = rows(structure_of(content))
    assert [[(each.role, bare(each.text)) for each in row] for row in found[2:]] == [
        [("H2", "Demands"), ("H2", "Demands")],
        [("P", "1Wecallonstatesto:"), ("P", "Wecallonstatesto:")],
        [("P", "1.act;"), ("P", "1.act;")],
    ]
    with pikepdf.open(io.BytesIO(content)) as pdf, pdf.open_outline() as outline:
        titles = [entry.title for entry in outline.root]
        assert len([title for title in titles if title.startswith(version_of(blocks).statement.title[:10])]) == 1


def test_a_word_lost_in_either_language_is_found() -> None:
    version = replace(version_in("en"), beside=version_in("my"))
    assert version.beside
    for of_second in (False, True):
        side = version.beside if of_second else version
        first, *others = side.statement.blocks
        changed = replace(side.statement, blocks=(replace(first, text=f"{first.text} no"), *others))
        other = replace(version, beside=replace(version.beside, statement=changed))
        other = other if of_second else replace(version, statement=changed)
        english = load_language("en")
        copy = Copy(other, english, version.statement, english, PARALLEL.parts)
        found = preflight(made("en", "my").pdf, "file.pdf", load_profile("parallel"), copy=copy)
        assert "text/words:other-words" in {result.code for result in found.findings}
        assert any("p1 (my)" in str(result) for result in found.findings) == of_second


def test_it_is_made_anew_for_another_word_of_the_second_language() -> None:
    version = replace(version_in("en"), beside=version_in("my"))
    assert version.beside
    other = replace(version.beside, statement=replace(version.beside.statement, title="Another one"))
    jobs = [Job(each, "parallel", draft=False) for each in (version, replace(version, beside=other))]
    assert len({inputs_of(job) for job in jobs}) == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-e", "parallel"], "Name the second one: --with"),
        (["-e", "screen", "--with", "my"], "-e parallel"),
        (["--with", "my"], "-e parallel"),
        (["-e", "parallel", "--with", "zh-Han"], 'Did you mean "zh-Hans"'),
        (["-e", "parallel", "-l", "en", "--with", "en"], "Name another one"),
        (["-e", "parallel", "--with", "hi"], "there is no translation into hi"),
    ],
)
def test_half_a_pair_is_a_wrong_call(
    statement_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: list[str], said: str
) -> None:
    assert main(["build", str(statement_folder), *words, "-o", str(tmp_path / "out")]) == 2
    assert said in capsys.readouterr().err


class TestABuild:
    def test_the_manifest_has_both_languages_and_a_check_knows_them(
        self, statement_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out = tmp_path / "out"
        call = ["build", str(statement_folder), "-l", "en", "-e", "parallel", "--with", "fr", "--with", "es"]
        assert main([*call, "-o", str(out), "-j", "1"]) == 0
        files = json.loads((out / "manifest.json").read_text("utf-8"))["files"]
        assert [(file["language"], file["beside"]) for file in files] == [("en", "es"), ("en", "fr")]
        assert [file["translation_beside"] for file in files] == ["unofficial, unreviewed"] * 2
        index = (out / "index.html").read_text("utf-8")
        assert "parallel with es" in index and "parallel with fr" in index

        capsys.readouterr()
        paths = [str(out / file["path"]) for file in files]
        assert main(["check", *paths, "--statement", str(statement_folder), "-v"]) == 0
        assert capsys.readouterr().out.count("text/words") == 2

    def test_a_withheld_name_is_counted_in_both_languages_and_named_in_neither(
        self, statement_folder: Path, tmp_path: Path
    ) -> None:
        name = version_in("en").statement.signatories[4].name
        (statement_folder / "signatories.toml").write_text(
            "[[signatories]]\nnumber = 5\nwithheld = true\n", "utf-8"
        )
        assert main(["translate", str(statement_folder), "fr"]) == 0
        call = ["build", str(statement_folder), "-l", "en", "-e", "parallel", "--with", "fr", "-j", "1"]
        assert main([*call, "-o", str(tmp_path / "out")]) == 0
        folder = statement_folder.name
        (path,) = (tmp_path / "out" / folder / "en").glob("*.pdf")
        told = structure_of(path.read_bytes()).text
        assert name not in told
        assert all(load_language(tag).count(load_language(tag).labels.withheld, 1) in told for tag in ("en", "fr"))

    def test_names_stand_under_headings_in_both_languages(self, statement_folder: Path, tmp_path: Path) -> None:
        names = version_in("en").statement.signatories
        (statement_folder / "signatories.toml").write_text(
            "".join(
                f"[[signatories]]\nnumber = {each.number}\nname = {json.dumps(each.name)}\n"
                f'country = "{("MM", "TH", "ES")[each.number % 3]}"\n'
                for each in names
            ),
            "utf-8",
        )
        form = statement_folder / "statement.toml"
        form.write_text(f'{form.read_text("utf-8")}\n[signatories]\ngroup = "country"\n', "utf-8")
        call = ["build", str(statement_folder), "-l", "en", "-e", "parallel", "--with", "fr", "-j", "1"]
        assert main([*call, "-o", str(tmp_path / "out")]) == 0
        (path,) = (tmp_path / "out" / statement_folder.name / "en").glob("*.pdf")
        headings = [each.text for each in structure_of(path.read_bytes()).all("H3")]
        assert headings == ["Myanmar (Burma) · Myanmar (Birmanie)", "Spain · Espagne", "Thailand · Thaïlande"]

    def test_a_translation_that_is_not_whole_makes_both_a_draft(
        self, statement_folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = statement_folder / "fr.po"
        catalogue = polib.pofile(str(path))
        next(entry for entry in catalogue if entry.msgctxt == "p3").msgstr = ""
        catalogue.save()
        call = ["build", str(statement_folder), "-l", "en", "-e", "parallel", "--with", "fr", "-j", "1"]
        assert main([*call, "-o", str(tmp_path / "out")]) == 1
        assert "missing: p3" in capsys.readouterr().err
        assert main([*call, "-o", str(tmp_path / "out"), "--draft"]) == 0
        name = statement_folder.name
        content = (tmp_path / "out" / name / "en" / f"{name}-en-fr-parallel.pdf").read_bytes()
        colophon = structure_of(content).all("Sect")[1].text
        assert load_language("en").labels.draft_note in colophon
        assert bare(load_language("fr").labels.draft_note) in bare(colophon)


def test_the_day_stands_on_a_line_of_its_own_and_no_line_ends_with_a_dot_between() -> None:
    html = compose(side_by_side(specimen("fr"), specimen("ru")), load_language("fr"), PARALLEL).html
    lines = [
        re.sub("<[^>]*>", "", line)
        for line in re.findall(r'<span class="kicker-line">(.*?)</span>(?= |</p>)', html)
    ]
    assert len(lines) == 4 and not [line for line in lines if line.strip().endswith("·")]


def test_a_draft_without_an_address_of_the_text_online_has_no_code() -> None:
    version = side_by_side(specimen("fr"), specimen("en"))
    unknown = replace(version, particulars=replace(version.particulars, online=""))
    pages = render(compose(unknown, load_language("fr"), PARALLEL, draft=True))
    assert pages.findings == () and not structure_of(pages.pdf).all("Figure")


def test_the_last_words_of_a_title_are_not_alone_on_a_line() -> None:
    html = compose(side_by_side(version_in("ar"), version_in("en")), load_language("ar"), PARALLEL).html
    (title,) = re.findall(r'<h1 class="side text-title">(.*?)</h1>', html)
    assert "\N{NO-BREAK SPACE}" in title.rpartition(" ")[2]
