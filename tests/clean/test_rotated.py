"""Lines that were printed upside down: what is left alone, then what is read."""

from collections import Counter

import pytest

from handbill.clean.rotated import PrintedWords, decode, read_together
from handbill.lexicon import WORD, Lexicon

ENGLISH = Lexicon("en")


def words(*own: str) -> PrintedWords:
    """The dictionary, and a document's own words."""
    return PrintedWords(Counter(own), ENGLISH.zipf, ENGLISH.common())


@pytest.mark.parametrize(
    "line",
    [
        "The army attacked the town and burned its houses.",
        "Réseau des défenseurs des droits humains",
        "Asociación Ñandú por la Paz",
        "U Myint Swe, Daw Khin Ma Ma, Min Aung Hlaing",
        "ASEAN UNHCR ICC OHCHR",
        "Ayeyarwady Sagaing Tanintharyi Kayah Rakhine",
        "46. Youth Congress Rohingya",
        "https://example.org/statements/2025/valley",
        "6,000 20,000 3.5 2021",
        "Xqvzz kjhgq wwrtp zzbqm",
        "",
    ],
    ids=[
        "a sentence",
        "French",
        "Spanish",
        "names",
        "acronyms",
        "places in no dictionary",
        "a signatory",
        "an address",
        "numbers",
        "letters that are nothing",
        "nothing",
    ],
)
def test_a_line_that_was_not_upside_down_is_left_alone(line: str) -> None:
    assert decode(line, words()) is None


def test_a_title_seen_in_a_scan_is_read_with_the_words_of_its_document() -> None:
    own = ("Myanmar", "four", "years", "coup", "accountability", "atrocity", "for", "world", "must")
    seen = "Kpouye uoy Ayjigerunodde puewsp isnw plaom ‘dnod Jaye sieak uno4 sewuel|p|"
    reading = decode(seen, words(*own))

    assert reading is not None
    text = reading.text.replace(":", "")
    assert text == "Myanmar four years after coup, world must demand accountability for atrocity"
    assert reading.confidence > 0.9
    assert len(reading.words) == 11


def test_a_title_seen_in_another_scan_is_found_to_be_upside_down() -> None:
    reading = decode("AaTeA UNIO 94} Ul SIepUsjep", words("valley", "defenders"))

    assert reading is not None
    assert reading.text.lower().startswith("defenders in the")


def test_a_short_word_that_the_document_has_once_is_a_misread_and_no_likelier_for_it() -> None:
    assert words("uj").prior("uj") == words("valley").prior("uj")
    assert words("uj", "uj").prior("uj") < words("valley").prior("uj")
    assert words("Ovid").prior("ovid") < words("valley").prior("ovid")


def test_a_word_or_a_line_that_no_margin_holds_is_not_read() -> None:
    upside_down = "Kpouye uoy Ayjigerunodde puewsp isnw plaom ‘dnod Jaye sieak uno4 sewuel|p|"

    assert decode(upside_down, words()) is not None
    assert decode(" ".join([upside_down] * 10), words()) is None
    assert decode(f"{upside_down} {'uoy' * 20}", words()) is None


def test_a_document_of_nothing_but_dirt_is_not_searched_to_its_end() -> None:
    printed = words()
    printed.searched.update((f"q{number}", ("q", 1.0, 1.0)) for number in range(1000))

    assert decode("Kpouye uoy Ayjigerunodde puewsp isnw plaom ‘dnod Jaye sieak uno4 sewuel|p|", printed) is None


def test_a_line_that_is_surely_none_is_no_arithmetic_error() -> None:
    assert decode("1O1O" * 9 + " " + "qzkxj" * 8 + " " + "zzkqx" * 8, words()) is None


class TestReadTogether:
    """A running title is on every page, and each page's scan of it has other faults."""

    OWN = ("Myanmar", "four", "years", "coup", "accountability", "atrocity", "for", "world", "must")
    SEEN = (
        "Kpouye uoy Ayjigerunodde puewsp isnw plaom ‘dnod Jaye sieak uno4 sewuel|p|",
        "Kpouye uoy Ayjigerunodde puewsp isnw pyiom ‘dnoo 4aye sieak uno4 sewueA|A|",
    )

    def test_scans_of_one_title_give_the_title(self) -> None:
        reading = read_together(self.SEEN, words(*self.OWN))

        assert reading is not None
        text = reading.text.replace(":", "").lower()
        assert text == "myanmar four years after coup, world must demand accountability for atrocity"

    def test_one_scan_alone_is_read_as_it_is_read_by_itself(self) -> None:
        alone, together = decode(self.SEEN[0], words(*self.OWN)), read_together(self.SEEN[:1], words(*self.OWN))

        assert alone is not None and together is not None
        assert together.text.lower() == alone.text.lower()

    def test_a_scan_that_lost_a_word_is_left_out(self) -> None:
        shorter = self.SEEN[0].removeprefix("Kpouye ")
        reading = read_together([*self.SEEN, shorter], words(*self.OWN))

        assert reading is not None
        assert len(reading.words) == 11

    def test_a_word_seen_badly_on_every_page_is_the_one_that_the_document_sets_after_the_word_before(self) -> None:
        """Upside down, "act" and "lot" are as good as one word."""
        text = "The Court may not act. The Council must act. We want a lot. They must say why, and what."
        seen = ["yor ysnut IOUNOD ay}", "yor Jsnum JIOUNOD ay}"]
        alone = Counter(WORD.findall(text))
        known = PrintedWords(alone, ENGLISH.zipf, ENGLISH.common(), [text])
        guessed, reading = read_together(seen, words(*alone.elements())), read_together(seen, known)

        assert guessed is not None and guessed.text == "The Council must lot"
        assert reading is not None and reading.text == "The Council must act"

    def test_a_long_word_is_not_given_up_for_a_short_one(self) -> None:
        seen = ["UOTUA}ap ay} Uo 19339] UedO", "UOTJUA}ap ay} UO Jaye] UEdO", "UOTUA}ap ay} UO 19}}2] UEdO"]
        reading = read_together(seen, words("detention"))

        assert reading is not None
        assert reading.text.endswith("on the detention")

    def test_a_number_that_is_another_one_on_each_page_is_no_word_of_the_title(self) -> None:
        seen = [
            "SIaTpIOS JOU ale UdIP[IyD NO 1",
            "SIdTp]OS JOU ale UaIPTIYD NO 2",
            "SIaIpfOs JOU ae UAIPTIYD INO 3",
        ]
        reading = read_together(seen, words("our", "soldiers", "children"))

        assert reading is not None and reading.text == "Our children are not soldiers"

    def test_a_scan_that_joined_two_words_is_read_with_the_others(self) -> None:
        reading = read_together(
            ["SIaTpIOS JOU ale UdIP[IyD INO", "SIdTp]OS JOUale UaIPTIYD NO"], words("our", "soldiers", "children")
        )

        assert reading is not None and reading.text == "Our children are not soldiers"

    def test_figures_are_read_as_the_number_that_the_document_has(self) -> None:
        text = "Three of the 14 cells are dark. Two men sat in cell 14."
        own = Counter(WORD.findall(text))
        reading = read_together(
            ["PI [199 ut skep perpuny aug", "VI [199 ut shep perpuny sug"],
            PrintedWords(own, ENGLISH.zipf, ENGLISH.common(), [text]),
        )

        assert reading is not None and reading.text == "One hundred days in cell 14"

    def test_the_lines_themselves_do_not_speak_for_what_is_read_in_them(self) -> None:
        known = PrintedWords(Counter(["land", "pue]"]), ENGLISH.zipf, ENGLISH.common(), ["land", "pue]"])

        assert known.without(["land"]).vocabulary == {"pue]": 1}

    def test_nothing_is_read_from_nothing(self) -> None:
        assert read_together([], words()) is None

    def test_a_word_that_the_document_has_beside_the_next_one_is_read_though_others_look_more_like_it(self) -> None:
        seen = ["OJe]g 03194 9p sosaxd sotopeleqe.] So] a1qos e7191q8 e91eg"]
        texts = ["Los trabajadores presos de Puerto Claro esperan.", "El muelle de Puerto Claro está cerrado."]
        own = Counter(word for text in texts for word in WORD.findall(text))
        spanish = Lexicon("es")

        reading = read_together(seen, PrintedWords(own, spanish.zipf, spanish.common(), texts))

        assert reading is not None and reading.text.endswith("presos de Puerto Claro")
