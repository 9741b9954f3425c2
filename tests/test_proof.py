"""The proof of cleaning, as a browser shows it: everything is there, nothing is loaded, nothing runs."""

import re
import shutil
from collections import Counter
from pathlib import Path

import lxml.html
import pytest
from PIL import Image

from browser import browse
from handbill.compose import compose_browser_page
from handbill.pipeline import prepare
from handbill.prepared import Prepared
from handbill.report import Proof, proof

HOSTILE = (
    "<script>document.title = 'alert'; alert(1)</script> and {{ 7*7 }} are here, and so is "
    "<img src=x onerror=alert(2)> in it.\n"
    '<a href="javascript:alert(3)">this</a> & </div></main> &lt;b&gt; {% raw %} ]]> “--> xqzvbt\n\n'
    "The second paragraph ends here, and it is about as long as the others.\n"
    "1. <b>Bold</b> Group\n2. {{ config }}\n3. Group & Sons\n"
)


class Page:
    """A proof, and what a browser made of it."""

    def __init__(self, prepared: Prepared, folder: Path) -> None:
        self.prepared = prepared
        self.proof: Proof = proof(prepared.source, prepared.cleaned, prepared.statement)
        self.html = compose_browser_page("proof.html.j2", proof=self.proof)
        self.path = folder / "proof.html"
        self.path.write_text(self.html, encoding="utf-8")
        self.picture = folder / "proof.png"
        dumped = browse(self.path, folder, "--dump-dom")
        self.said = dumped.stderr
        self.dom = lxml.html.document_fromstring(dumped.stdout)

    def photograph(self) -> Image.Image:
        browse(self.path, self.path.parent, f"--screenshot={self.picture}", "--window-size=1200,1600")
        with Image.open(self.picture) as image:
            return image.convert("RGB")

    def text(self, expression: str) -> list[str]:
        """The text of every element found, spaces as one."""
        return [" ".join(element.text_content().split()) for element in self.dom.xpath(expression)]


@pytest.fixture(scope="module")
def first(prepared: Prepared, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The proof of the first statement."""
    return Page(prepared, tmp_path_factory.mktemp("first"))


@pytest.fixture(scope="module")
def hostile(seed: Path, tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The proof of a text that would like to be a program."""
    folder = tmp_path_factory.mktemp("hostile")
    statement = Path(shutil.copytree(seed, folder / "statement"))
    (statement / "source.txt").write_text(HOSTILE, encoding="utf-8")
    form = (statement / "statement.toml").read_text("utf-8")
    form = re.sub("title = .*", "title = '</title><script>alert(4)</script> {{ 6*7 }}'", form, count=1)
    (statement / "statement.toml").write_text(form, encoding="utf-8")
    return Page(prepare(statement), folder)


@pytest.fixture(params=["first", "hostile"])
def page(request: pytest.FixtureRequest) -> Page:
    made: Page = request.getfixturevalue(request.param)
    return made


def squeezed(text: str) -> str:
    return " ".join(text.split())


def test_a_browser_has_nothing_to_say_about_it(page: Page) -> None:
    assert [line for line in page.said.splitlines() if "CONSOLE" in line] == []


def test_its_policy_lets_nothing_be_loaded_or_run(page: Page) -> None:
    (policy,) = page.dom.xpath("//head/meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.split("; ") == ["default-src 'none'", "style-src 'unsafe-inline'"]
    before = page.dom.xpath("//head/meta[@http-equiv]/preceding-sibling::*")
    assert {element.tag for element in before} <= {"meta"}


def test_it_refers_to_nothing_but_itself(page: Page) -> None:
    references = page.dom.xpath("//@src | //@href | //@srcset | //@data | //@action | //@background")
    assert [reference for reference in references if not reference.startswith("#")] == []
    assert "url(" not in page.html and "@import" not in page.html


def test_every_reference_has_its_place(page: Page) -> None:
    ids = Counter(page.dom.xpath("//@id"))
    assert [name for name, count in ids.items() if count > 1] == []
    assert [link for link in page.dom.xpath("//@href") if link[1:] not in ids] == []


def test_every_line_of_the_source_that_is_not_empty_is_shown_once(page: Page) -> None:
    lines = page.dom.xpath("//section[@id='text']//*[contains(@class, 'line')]")
    texts = [(line.xpath("string(*[1])"), squeezed(line.xpath("string(*[2])"))) for line in lines]
    shown = [(int(number), text) for number, text in texts if text]
    source = page.prepared.source.lines
    assert shown == [(number, squeezed(text)) for number, text in enumerate(source, 1) if text.strip()]


def test_every_change_of_the_ledger_is_shown(page: Page) -> None:
    rows = page.dom.xpath("//section[@id='ledger']//tbody/tr")
    shown = Counter(tuple(squeezed(cell.text_content()) for cell in row) for row in rows)

    def told(text: str) -> str:
        return squeezed(text.replace("\n", "⏎").replace("\f", "␌"))

    def place(lines: tuple[int, int]) -> str:
        return "–".join(str(line) for line in sorted(set(lines)))

    wanted = Counter(
        (place(change.lines), told(change.before), told(change.after) or "nothing")
        for change in page.prepared.cleaned.changes
    )
    assert shown == wanted


def test_every_rule_is_shown_with_its_reason(page: Page) -> None:
    summaries = page.text("//section[@id='ledger']//summary")
    assert len(summaries) == len(page.proof.rules)
    for rule, summary in zip(page.proof.rules, summaries, strict=True):
        assert rule.rule in summary
        assert squeezed(rule.reason) in summary


def test_doubts_stand_before_the_text(page: Page) -> None:
    sections = page.dom.xpath("//main//section/@id")
    assert sections.index("doubts") < sections.index("text") < sections.index("ledger")


def test_every_doubt_is_shown_with_its_lines_and_a_correction_to_fill_in(hostile: Page) -> None:
    doubts = hostile.prepared.statement.doubts
    assert doubts
    articles = hostile.text("//section[@id='doubts']//article")
    assert len(articles) == len(doubts)
    shown = hostile.proof.doubts  # those that share an entry stand together
    assert sorted(doubts, key=str) == sorted((view.doubt for view in shown), key=str)
    for article, view in zip(articles, shown, strict=True):
        doubt = view.doubt
        assert squeezed(doubt.text.replace("\n", "⏎")) in article
        assert squeezed(doubt.reason) in article
        assert squeezed(view.correction) in article
        assert hostile.prepared.source.lines[view.quoted[0][0] - 1].strip()[:40] in article


def test_a_running_title_is_shown_with_what_it_reads_its_rule_and_how_sure_that_is(first: Page) -> None:
    (row,) = first.dom.xpath("//section[@id='titles']//tbody/tr")
    cells = [squeezed(cell.text_content()) for cell in row]
    (title,) = first.prepared.cleaned.titles
    assert cells[:4] == [str(title.lines[0]), title.seen, title.text, "rotated-line"]
    assert cells[4] == "over 99.9 %" and title.confidence > 0.999


def test_its_figures_say_what_was_changed_decided_left_and_replayed(page: Page) -> None:
    cleaned = page.prepared.cleaned
    figures = page.text("//dl[@class='figures']//dd")
    assert figures[1:4] == [str(len(cleaned.changes)), "0", str(len(page.prepared.statement.doubts))]
    assert figures[4] == f"yes {len(cleaned.edits)} edits, there and back"


def test_a_text_without_doubts_says_so(first: Page) -> None:
    assert first.text("//section[@id='doubts']//h2") == ["No doubts"]


def test_the_hash_that_an_approval_quotes_is_shown(page: Page) -> None:
    assert page.prepared.statement.fingerprint() in page.text("//header")[0]


def test_hostile_words_stay_words(hostile: Page) -> None:
    assert hostile.dom.xpath("//script | //img | //iframe | //object | //b[text()='Bold']") == []
    assert hostile.dom.xpath("//@*[starts-with(name(), 'on')]") == []
    assert [link for link in hostile.dom.xpath("//@href") if "javascript" in link] == []
    text = hostile.text("//section[@id='text']")[0]
    for words in ("alert(1)</script>", "{{ 7*7 }}", "{{ config }}", "<b>Bold</b>", "&lt;b&gt;", "{% raw %}"):
        assert words in text
    assert hostile.text("//title")[0].endswith("</title><script>alert(4)</script> {{ 6*7 }}")


def test_a_browser_paints_it(first: Page) -> None:
    picture = first.photograph()
    assert picture.size == (1200, 1600)
    colours = picture.getcolors(maxcolors=1 << 24)
    assert colours and len(colours) > 20
    most = max(colours)
    assert sum(most[1]) > 700, "the paper is light"
    assert most[0] < 0.98 * 1200 * 1600, "something is printed on it"
