"""A scan's text is decoded as it is; what decoding had to change is in the ledger; what is no text is refused."""

from pathlib import Path

import pytest

from handbill.errors import CallError, ExitCode
from handbill.read.text import LARGEST, LONGEST_LINE, read_text

FRENCH = (
    "Les organisations signataires appellent à la libération immédiate des détenus et à la poursuite des auteurs.\n"
    "La communauté internationale doit agir sans délai : l’été dernier, à Genève, plus de 3 000 personnes.\n"
    "Nous demandons à tous les États membres d’être présents à la séance."
)
SPANISH = (
    "Las organizaciones firmantes piden a los Estados miembros que actúen ahora.\n"
    "La situación en el país empeoró el año pasado: niños y mujeres sufren, y la comisión investigará los crímenes."
)
ENGLISH = (
    "The undersigned organisations call on all parties to comply with the Court’s “provisional measures” and\n"
    "to end all attacks on civilians.\n1. Réseau des défenseurs (Genève)\n2. Acción por los Niños"
)
POLISH = "Organizacje społeczne wzywają państwa członkowskie do działań. Żołnierze zabili tysiące ludzi."
CZECH = "Organizace vyzývají všechny členské státy, aby přijaly opatření. Vojáci zabili tisíce lidí."
HUNGARIAN = "Az aláíró szervezetek felszólítják az államokat, hogy lépjenek fel. A katonák felelősek, ők öltek."
TURKISH = "İmzacı kuruluşlar tüm devletleri adalet için harekete geçmeye çağırıyor."
GREEK = "Οι οργανώσεις καλούν όλα τα κράτη να δράσουν για τη δικαιοσύνη."
ARABIC = "ندعو جميع الدول إلى احترام حقوق الإنسان والقانون الدولي."
CHINESE = "我们呼吁所有国家尊重人权和国际法。"
RUSSIAN = "Мы, нижеподписавшиеся организации, призываем все государства обеспечить ответственность за преступления."


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "source.txt"


@pytest.mark.parametrize(
    ("raw", "lines"),
    [
        pytest.param("café\n“x”".encode(), ("café", "“x”"), id="UTF-8"),
        pytest.param(b"\xef\xbb\xbfone\ntwo", ("one", "two"), id="a byte order mark is no letter"),
        pytest.param(b"one\r\ntwo\r\n", ("one", "two", ""), id="CR LF ends one line, not two"),
        pytest.param(b"one\rtwo", ("one", "two"), id="CR alone ends a line"),
        pytest.param(b"one\r\ntwo\rthree\nfour", ("one", "two", "three", "four"), id="mixed line ends"),
        pytest.param(b"one\n\n\ntwo", ("one", "", "", "two"), id="empty lines count"),
        pytest.param(b"one\n\ftwo\f\nthree", ("one", "\ftwo\f", "three"), id="a form feed stays and ends no line"),
        pytest.param("a\u2028b\x0bc".encode(), ("a\u2028b\x0bc",), id="rare separators end no line"),
        pytest.param(b" one  two\t ", (" one  two\t ",), id="spaces stay"),
        pytest.param("“It’s ‘so’”, «oui»".encode(), ("“It’s ‘so’”, «oui»",), id="quotation marks stay"),
        pytest.param("ﬁrst １２ Ⅳ …".encode(), ("ﬁrst １２ Ⅳ …",), id="ligatures, wide digits and dots stay"),
        pytest.param("e\u0301 ကို".encode(), ("e\u0301 ကို",), id="letters with loose marks stay"),
        pytest.param(b"&lt;b&gt; <b>", ("&lt;b&gt; <b>",), id="markup stays"),
    ],
)
def test_text_in_utf_8_is_taken_as_it_is(source: Path, raw: bytes, lines: tuple[str, ...]) -> None:
    source.write_bytes(raw)
    assert read_text(source) == (lines, ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        pytest.param(FRENCH, "cp1252", id="French from Windows"),
        pytest.param(FRENCH.replace("’", "'"), "latin-1", id="French in Latin-1"),
        pytest.param(SPANISH, "cp1252", id="Spanish from Windows"),
        pytest.param(ENGLISH, "cp1252", id="English with two foreign names, from Windows"),
        pytest.param(POLISH, "cp1250", id="Polish from Windows"),
        pytest.param(CZECH, "cp1250", id="Czech from Windows"),
        pytest.param(HUNGARIAN, "cp1250", id="Hungarian from Windows"),
        pytest.param(TURKISH, "cp1254", id="Turkish from Windows"),
        pytest.param(GREEK, "cp1253", id="Greek from Windows"),
        pytest.param(ARABIC, "cp1256", id="Arabic from Windows"),
        pytest.param(CHINESE, "gb18030", id="Chinese"),
        pytest.param(RUSSIAN, "cp1251", id="Russian from Windows"),
        pytest.param(RUSSIAN, "koi8-r", id="Russian from Unix"),
        pytest.param(FRENCH, "utf-16", id="UTF-16 with a byte order mark"),
        pytest.param(f"\ufeff{FRENCH}", "utf-16-be", id="UTF-16, the large end first"),
    ],
)
def test_another_encoding_is_detected_and_the_ledger_says_so(source: Path, text: str, encoding: str) -> None:
    source.write_bytes(text.encode(encoding))
    lines, changes = read_text(source)
    assert lines == tuple(text.removeprefix("\ufeff").split("\n"))
    (change,) = changes
    assert (change.rule, change.lines, change.after) == ("encoding", (1, len(lines)), "utf-8")
    assert change.before in change.reason


@pytest.mark.parametrize(
    ("garbled", "text"),
    [
        pytest.param("voilÃ\u00a0 la libÃ©ration, Ã\u00a0 GenÃ¨ve", "voilà la libération, à Genève", id="accents"),
        pytest.param("Myanmarâ€™s military", "Myanmar’s military", id="an apostrophe becomes curly, not straight"),
        pytest.param("â€œquotedâ€\u009d words", "“quoted” words", id="quotation marks become curly, not straight"),
    ],
)
def test_letters_decoded_wrongly_before_are_put_right_and_the_ledger_says_so(
    source: Path, garbled: str, text: str
) -> None:
    source.write_text(f"“First” line\n{garbled}\nlast", encoding="utf-8")
    lines, changes = read_text(source)
    assert lines == ("“First” line", text, "last")
    (change,) = changes
    assert (change.rule, change.lines, change.before, change.after) == ("mojibake", (2, 2), garbled, text)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        pytest.param(b"", "empty", id="no byte"),
        pytest.param(b" \r\n\t\n\f\n", "empty", id="only spaces and line ends"),
        pytest.param(b"\xef\xbb\xbf", "empty", id="only a byte order mark"),
        pytest.param(b"\xef\xbb\xbf\n ", "empty", id="only a byte order mark and spaces"),
        pytest.param(b"\xff\xfe", "empty", id="only the byte order mark of UTF-16"),
        pytest.param(b"some\x00text", "not text", id="a NUL"),
        pytest.param(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "not text", id="an image"),
        pytest.param(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<</Type/Catalog>>\n", "not text", id="a PDF"),
        pytest.param(b"%PDF-1.4\n1 0 obj\n<</Type/Catalog>>\n%%EOF\n", "not text", id="a PDF of plain letters"),
        pytest.param(b"PK\x03\x04\x14\x00\x06\x00", "not text", id="a word processor's file"),
        pytest.param(b"\xff\xfea\x00b", "not text", id="UTF-16 cut in the middle of a letter"),
        pytest.param("some\0text".encode("utf-16"), "not text", id="a NUL in UTF-16"),
        pytest.param(b"x" * (LARGEST + 1), "1024 KiB", id="one byte over the limit"),
    ],
)
def test_what_is_no_text_is_refused_by_name(source: Path, raw: bytes, words: str) -> None:
    source.write_bytes(raw)
    with pytest.raises(CallError, match=words) as refused:
        read_text(source)
    assert str(source) in refused.value.message
    assert refused.value.remedy
    assert refused.value.exit_code == ExitCode.CALL
    assert source.read_bytes() == raw


def test_a_text_at_the_limit_is_read(source: Path) -> None:
    line = b"word " * (LONGEST_LINE // 5) + b"\n"
    source.write_bytes((line * (LARGEST // len(line) + 1))[:LARGEST])
    lines, _ = read_text(source)
    assert len(lines[0]) == LONGEST_LINE
    assert sum(map(len, lines)) + len(lines) - 1 == LARGEST


def test_a_line_one_character_longer_than_any_may_be_is_refused_with_its_place(source: Path) -> None:
    source.write_text("short\n" + "x" * (LONGEST_LINE + 1))
    with pytest.raises(CallError, match=r"source\.txt, line 2: 10001 characters") as refused:
        read_text(source)
    assert refused.value.remedy


def test_a_missing_text_is_refused_by_name(source: Path) -> None:
    with pytest.raises(CallError, match=r"source\.txt: there is no such file"):
        read_text(source)


def test_a_folder_is_no_text(tmp_path: Path) -> None:
    with pytest.raises(CallError, match="folder"):
        read_text(tmp_path)
