"""The gallery, as a browser shows it: offline, on a phone, by keyboard."""

import io
from pathlib import Path
from typing import Any

import lxml.html
import pytest
from PIL import Image

from browser import browse, measure
from handbill.compose import compose_browser_page
from handbill.editions import EDITIONS
from handbill.languages import known_languages, load_language
from handbill.report import Output, gallery

LANGUAGES = known_languages()
NAMES = {tag: load_language(tag).pack.name for tag in LANGUAGES}


def output(tag: str, edition: str) -> Output:
    path = f"a statement/{tag}/a statement-{tag}-{edition}.pdf"
    title = "A title that is as long as titles of statements are, and says who did what to whom"
    translation = "original" if tag == "en" else "unreviewed"
    findings = () if tag != "my" else ("The summary is 12 words too long.",)
    return Output("a statement", title, path, "0" * 64, 48_000, 5, edition, tag, translation, findings, False, "")


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gallery of every language and edition there is, with its pictures."""
    folder = tmp_path_factory.mktemp("gallery")
    files = [output(tag, edition) for tag in LANGUAGES for edition in EDITIONS]
    picture = io.BytesIO()
    Image.new("RGB", (240, 340), "#ddd").save(picture, "PNG")
    for file in files:
        path = folder / file.picture
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(picture.getvalue())
    galleries = [gallery(files, EDITIONS)]
    path = folder / "index.html"
    path.write_text(compose_browser_page("index.html.j2", galleries=galleries, names=NAMES), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def on_a_phone(page: Path) -> dict[str, Any]:
    return measure(page, page.parent, 360)


def test_a_browser_has_nothing_to_say_about_it(page: Path) -> None:
    dumped = browse(page, page.parent, "--dump-dom")

    assert [line for line in dumped.stderr.splitlines() if "CONSOLE" in line] == []
    assert lxml.html.document_fromstring(dumped.stdout).xpath("count(//td)") == len(LANGUAGES) * len(EDITIONS)


def test_every_picture_is_seen_with_no_network(on_a_phone: dict[str, Any]) -> None:
    assert on_a_phone["images"] == [240] * len(LANGUAGES) * len(EDITIONS)


def test_the_page_is_no_wider_than_a_phone(on_a_phone: dict[str, Any]) -> None:
    """What is wider scrolls by itself."""
    assert on_a_phone["width"] == on_a_phone["seen"] <= 360


def test_the_keyboard_reaches_every_file_and_what_scrolls(on_a_phone: dict[str, Any]) -> None:
    files, reports = len(LANGUAGES) * len(EDITIONS), len(LANGUAGES)
    assert on_a_phone["focused"] == [True] * (
        files + reports + len(("proof", "contact sheet", "print shop", "on paper", "gallery"))
    )


def test_it_loads_and_runs_nothing_from_elsewhere(page: Path) -> None:
    document = lxml.html.document_fromstring(page.read_bytes())

    assert document.xpath("//script | //link | //iframe") == []
    assert [ref for ref in document.xpath("//@src | //@href") if ":" in ref or ref.startswith("/")] == []
    (policy,) = document.xpath("//head/meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")


def test_it_says_what_is_unreviewed_and_what_was_found(page: Path) -> None:
    document = lxml.html.document_fromstring(page.read_bytes())
    findings = document.xpath("//*[@class='finding']/text()")

    assert findings == ["The summary is 12 words too long."] * len(EDITIONS)
    assert document.xpath("count(//p[contains(@class, 'status')][.='original'])") == len(EDITIONS)
    assert document.xpath("count(//p[contains(@class, 'status')][.='unreviewed'])") == len(EDITIONS) * (
        len(LANGUAGES) - 1
    )
