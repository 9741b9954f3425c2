"""What is asked about names and text: what is left alone, then what is asked."""

from collections.abc import Sequence

import pytest

from conftest import source_of
from handbill.clean import clean

NAMES = ("Amnesty", "Boat People", "Clinic of the Shore", "Doctors at Sea", "Fishers’ Union", "Harbour Watch")


def asked(text: str, about: str, language: str = "en") -> list[str]:
    """The words that are asked about, by the doubts whose reason has these words."""
    doubts = [place for doubt in clean(source_of(text, language)).doubts for place in doubt.each()]
    return [doubt.text for doubt in doubts if about in doubt.reason]


def listed(names: Sequence[str]) -> str:
    """A text with a list of names."""
    rows = "\n\n".join(f"{number}. {name}" for number, name in enumerate(names, 1))
    return f"We call on the Council to act at once, and to name those who did it.\n\n{rows}"


@pytest.mark.parametrize(
    "name",
    ["Collectif « Le Port »", "“Free Voices”", "#OpenSea", "Verein Hafen e.V.", "¡Basta!", "Nets & Co.", "’t Huis"],
)
def test_a_sign_that_opens_or_closes_something_in_a_name_is_left_alone(name: str) -> None:
    assert asked(listed([*NAMES, name]), "edge of this name") == []


@pytest.mark.parametrize(
    "name", ["—Nurses of the Port", ". Nurses", "Nurses of the Port =", "Nurses of the Port -"]
)
def test_a_sign_at_the_edge_of_a_name_is_asked_about(name: str) -> None:
    assert asked(listed([*NAMES, name]), "edge of this name") == [name]


def test_a_name_that_begins_with_a_small_letter_is_asked_about() -> None:
    assert asked(listed([*NAMES, "de Nurses of the Port"]), "small letter") == ["de Nurses of the Port"]
    assert asked(listed([*NAMES, "iWitness Nurses"]), "small letter") == []


@pytest.mark.parametrize(
    "name", ["N.I.E.T.A.S. of the March", "U.N. Watch", "Verein e.V.", "ARTICLE 19", "St. Mary"]
)
def test_an_abbreviation_with_a_stop_after_each_letter_is_left_alone(name: str) -> None:
    assert asked(listed([*NAMES, name]), "have a stop") == []


def test_an_abbreviation_that_lost_a_stop_is_asked_about() -> None:
    assert asked(listed([*NAMES, "N.LE.T.A.S. of the March"]), "have a stop") == ["N.LE.T.A.S."]


def test_a_word_of_a_name_that_prints_like_a_common_one_is_asked_about() -> None:
    assert asked(listed([*NAMES, "Doctors for Due Pracess"]), "common word") == ["Pracess"]
    assert asked(listed([*NAMES, "Doctors for Due Pellmouth"]), "common word") == []


class TestSpellings:
    """A name that no list has, and its like."""

    @pytest.mark.parametrize(
        "text",
        [
            "The men of Sarrowby met those of Tarrowby at the bridge.",
            "From Dolinyar they went to Dolinya, and on to DOLINYAR.",
            "He was born in Germany, and she in Herman’s.",
        ],
        ids=["letters that do not print alike", "endings", "words of a list"],
    )
    def test_names_that_are_two_are_left_alone(self, text: str) -> None:
        assert asked(text, "spelled otherwise") == []

    def test_the_rarer_spelling_is_asked_about(self) -> None:
        text = (
            "They left Brackenfield. It is far from Brackenfield to here, and from here to Brackenfield.\n\n"
            "The mayor of Brackentield stayed."
        )
        assert asked(text, "spelled otherwise") == ["Brackentield"]

    def test_where_an_accent_is_in_question_every_spelling_is(self) -> None:
        text = "They left Séderbyk for good.\n\nIt is far from Soderbyk.\n\nThe mayor of Sdéderbyk stayed."
        assert asked(text, "spelled otherwise") == ["Séderbyk", "Soderbyk", "Sdéderbyk"]


def test_a_short_word_before_a_name_that_is_in_its_place_without_it_is_asked_about() -> None:
    names = [
        *NAMES,
        "Le Islands Council",
        "Justice Now",
        "Keepers of the Light",
        "Lawyers’ Circle",
        "Nurses’ Union",
    ]
    reason = "in its place in the alphabet"

    assert asked(listed(names), reason) == ["Le Islands Council"]
    assert asked(listed([*names[6:], *names[:6]]), reason) == []
    assert asked(listed([*NAMES, "The Anchor", *names[7:]]), reason) == []


PARAGRAPH = "They came at night and took all that we had, and nobody has answered for it."


class TestBody:
    """What is asked about the text."""

    @pytest.mark.parametrize(
        ("text", "about"),
        [
            ("They spoke to the Court of Special Appeals and to the Council.", "begins with a capital"),
            ("The NGOs and MPs met the ICRC’s McKinley in LaSalle.", "Two capitals"),
            ("The pre- and post-war laws are the same.", "ends with a hyphen"),
            ("Write to letters@redlamp.example or @redlamp, please.", "inside this address"),
            ("In 1948 and in 2031, and again in 2031, they fled.", "far beyond"),
            ("It rises by 3.5 cm a month and 2 km on foot.", "without their space"),
            ("See p. 7 and no 12 of the report, vol. 3, at 5 km 8.", "hardly a word"),
            ("The hotel is at the side of the road, and of vitamin C.", "stands by itself"),
            ("He said: “and so they fled.” They did.", "small letter here"),
            ("They fled. “Why?” he said - on foot. Then – at last – they came.", "dash stands"),
            ("It was a de facto ban, sub judice, as we put it to him ex ante.", "prints nearly"),
            ("THE EU AND ITS LAW", "prints nearly"),
            ("It happened on a cold Wednesday of October in the town.", "begins with a capital"),
            ("It rises by 40 cm. Is it 61 km from here?", "raised figure"),
            ("The fishers’ nets and the town's boats, rock'n'roll.", "sign stands between"),
            ("They will reinstate him and the instate of it.", "one letter more"),
            ("They asked. I had none. “A boat,” he said.", "stands by itself"),
            ("Amadou was silent. Abroad, a court had heard him. Anita was not.", "without their space"),
            ("They sailed on the Halcyon II and were lost.", "numeral"),
            ("Write to presse@redlamp.example or see www.redLamp.example, please.", "another sign"),
        ],
    )
    def test_what_is_as_it_should_be_is_left_alone(self, text: str, about: str) -> None:
        assert asked(text, about) == []

    @pytest.mark.parametrize(
        ("text", "about", "words", "language"),
        [
            ("A cell of 14 Square metres for three men.", "begins with a capital", "Square", "en"),
            ("Les personnes détenues Pour avoir parlé.", "begins with a capital", "Pour", "fr"),
            ("Ceux de YUniversité libre sont morts.", "Two capitals", "YUniversité", "fr"),
            ("RELEASE THE PRIIONERS OF THE COAST", "no dictionary", "PRIIONERS", "en"),
            ("They came for the break- co He left.", "ends with a hyphen", "break- co He", "en"),
            (
                "Write to letters @redlamp.example, please.",
                "inside this address",
                "letters @redlamp.example,",
                "en",
            ),
            ("Write to letters@redlamp. example, please.", "inside this address", "letters@redlamp. example", "en"),
            ("In 2031 they fled, and in 2082 again, in 2031 too.", "far beyond", "2082", "en"),
            ("It rises by 3.5 cma month in spring.", "without their space", "cma", "en"),
            ("Annual Report 2029/30, pi 7.", "hardly a word", ", pi 7", "en"),
            ("They were taken ñ some of them at night.", "stands by itself", "taken ñ some", "en"),
            ("Nadie ha respondido. «cantando», dice ella.", "small letter here", "«cantando", "es"),
            ("They did their work. - On Monday they fled.", "dash stands", "work. - On", "en"),
            ("Un informe para su 72.2 período de sesiones.", "raised letter", "72.2", "es"),
            ("The reports of 2019 in ba 5 ea and all that.", "hardly any", "in ba 5 ea and", "en"),
            ("Nosotros ibamos cantando por la calle.", "lost an accent in this word", "ibamos", "es"),
            ("They were told fo leave the town.", "prints nearly", "fo", "en"),
            ("Ils ont pris les filets ef les barques.", "prints nearly", "ef", "fr"),
            ("QUR CALLS TO THE COUNCIL", "prints nearly", "QUR", "en"),
            ("They asked him. “J had no boat,” he said.", "stands by itself", "J had", "en"),
            ("Han vuelto. Elarchivista no ha vuelto.", "without their space", "Elarchivista", "es"),
            ("Rivemont, le 7 Mars 2033, au matin.", "begins with a capital", "Mars", "fr"),
            ("La mer à répondu aux barques.", "hardly stand together", "à répondu", "fr"),
            ("La réserve a 61 200 km?.", "raised figure", "km?", "fr"),
            ("O poço tem oito'vezes mais sal.", "sign stands between", "oito'vezes", "pt"),
            ("Artide 14 says so.", "prints nearly", "Artide", "en"),
            ("He was silent. Amarket had heard him.", "without their space", "Amarket", "en"),
            ("They sailed on the Halcyon Il and were lost.", "numeral", "Halcyon Il", "en"),
            ("Write to presseQredlamp.example, please.", "another sign", "presseQredlamp.example", "en"),
        ],
    )
    def test_what_is_hardly_so_on_paper_is_asked_about(
        self, text: str, about: str, words: str, language: str
    ) -> None:
        assert asked(text, about, language) == [words]

    def test_a_dash_that_closes_an_aside_is_no_hyphen(self) -> None:
        text = "Sus participantes -unas 3.500 personas- pedían que se cumpliera la ley."
        assert asked(text, "ends with a hyphen", "es") == []

    def test_a_list_of_bullets_is_left_alone_and_a_bullet_by_itself_is_asked_about(self) -> None:
        items = ["We ask for:", "• the truth;", "• the names.", PARAGRAPH]
        assert asked("\n\n".join(items), "without a list") == []
        assert asked("\n\n".join([PARAGRAPH, "• Figures of the Register.", PARAGRAPH]), "without a list") == [
            "• Figures of"
        ]

    def test_a_note_without_a_stop_is_asked_about_where_others_have_one(self) -> None:
        text = "The boats were burnt.¹ The nets were sold.²\n\nNobody has been charged."
        ended = [text, "¹ Report of the Register, p. 3.", "² Letter of the Harbour Master, p. 4."]
        assert asked("\n\n".join(ended), "Other notes end") == []
        assert asked("\n\n".join([*ended[:2], "² Letter of the Harbour Master, pet"]), "Other notes end") == ["pet"]
        none = [text, "¹ Report of the Register", "² Letter of the Harbour Master"]
        assert asked("\n\n".join(none), "Other notes end") == []

    def test_an_item_that_begins_with_no_marker_is_asked_about(self) -> None:
        items = ["We ask the Council:", "= to name those who did it;", PARAGRAPH]
        assert asked("\n\n".join(items), "like no item") == ["= to name"]
        assert asked("\n\n".join(["We ask the Council:", "UNHCR to come;", PARAGRAPH]), "like no item") == []

    def test_figures_without_a_word_in_the_body_are_asked_about_as_no_heading_is_made_of_them(self) -> None:
        assert asked("\n\n".join([PARAGRAPH, "11", "12", "»", PARAGRAPH]), "No word stands here") == [
            "11",
            "12",
            "»",
        ]
        assert asked("\n\n".join([PARAGRAPH, "What must be done", "2031: a year of fear"]), "No word stands") == []

    def test_numbered_lines_that_hold_another_number_are_asked_about_together(self) -> None:
        rows = ["1. Nurses 4. Harbour", "2. Clinic of the Shore and of the Sea", "3. Doctors at Sea 5. Islands"]
        below = [PARAGRAPH, listed(NAMES)]
        assert asked("\n\n".join([*rows, *below]), "columns") == []
        rows = ["1. Nurses at Sea 4. Harbour", *rows[1:]]
        assert asked("\n\n".join([*rows, *below]), "columns read across") == rows
        assert asked("1. See article 4. It says so, as does article 5.", "columns read across") == []


def test_capitals_of_no_list_within_a_name_are_asked_about() -> None:
    reason = "Capitals that are no word"

    assert asked(listed([*NAMES, "Nurses HN QGPRX of the Port"]), reason) == ["Nurses HN QGPRX of the Port"]
    assert (
        asked(listed([*NAMES, "Nurses of the Port (QGPRX)", "QGPRX", "UNICEF", "Friends of UNICEF"]), reason) == []
    )


def test_a_word_that_goes_on_with_a_capital_after_a_hyphen_may_be_one_word() -> None:
    assert asked("They are the oppo-\nNents of the mine.", "Is it") == ["oppo-\nNents"]
    assert asked("They came from Great-\nBritain and from the south.", "Is it") == []


def test_a_word_of_no_language_with_a_letter_that_the_statement_does_not_write_is_asked_about() -> None:
    reason = "No language has this word"

    assert asked(listed([*NAMES, "Nurses of Sdéderbyk"]), reason) == ["Sdéderbyk"]
    assert asked(listed([*NAMES, "Réseau Santé", "Ärzte für Frieden", "Niñas del Mar"]), reason) == []
    assert (
        asked(listed([*NAMES, "Femmes de Sdéderbyk"]).replace("We call on", "Nous écrivons à"), reason, "fr") == []
    )
    assert asked(listed([*NAMES, "Femmes de Östrikvol"]), reason, "fr") == ["Östrikvol"]


def test_where_accents_were_lost_a_word_that_no_language_has_is_compared_with_the_paper_too() -> None:
    lost, unknown = ["Verein fur Frieden", "Asociacién Vida"], ["Osterheim Nurses"]
    about = "lost an accent in these names"
    assert asked(listed([*lost, *unknown]), about) == [
        "1. Verein fur Frieden\n2. Asociacién Vida\n3. Osterheim Nurses"
    ]
    assert asked(listed(unknown * 3), "lost an accent") == []


def test_a_form_of_a_word_that_the_language_has_has_lost_no_accent() -> None:
    assert asked("Nadie leerá esta carta en la sala.", "accent in this word", "es") == []


def test_a_note_without_its_mark_in_the_text_gives_it_to_no_other() -> None:
    text = (
        "The boats were burnt in May. The nets were burnt in June.”\n\nThe court is silent.\n\n"
        "1 Report of the Fishers, page 7.\n\n2 Cf. the Harbour Act, section 4."
    )
    assert asked(text, "mark of a footnote") == ["June.”"]
    assert "June.¹" not in clean(source_of(text)).lines[0].text


def test_a_compound_that_goes_on_with_hyphens_in_the_next_line_keeps_the_one_between() -> None:
    text = "Ils étaient quatre-\nvingt-dix-neuf dans la barque, et nul ne le sait."
    assert asked(text, "Is it", "fr") == []
    assert "quatre-vingt-dix-neuf" in clean(source_of(text, "fr")).lines[0].text


def test_a_heading_below_a_full_line_begins_something_new_without_a_question() -> None:
    above = (
        "The boats of the fishers were burnt in the month of May, and the nets were\n"
        "taken to the yard, and so it went on for weeks, until the harbour was empty."
    )
    below = (
        "We ask the Council to name those who gave the orders, and those who obeyed,\n"
        "and to bring them before a court of the country, which has been silent so far."
    )
    assert asked(f"{above}\n\fWhat we ask\n\n{below}", "ends with a full line") == []
    assert asked(f"{above}\n\f{below}", "ends with a full line") == ["empty.\nWe"]


def test_items_without_a_mark_are_asked_about_and_parted() -> None:
    items = ["the boats of the fishers, which were burnt in May;", "their nets and sheds; and", "the harbour."]
    text = "The navy has taken from the fishers of the town:\n\n" + "\n\n".join(items)
    below = "\n\nNobody has answered, and nobody will be asked."
    assert asked(text + below, "items of a list") == ["\n".join(items)]
    assert [line.text for line in clean(source_of(text)).lines[-3:]] == items
    assert asked(text.replace("\n\nthe", "\n\n• the").replace("\n\ntheir", "\n\n• their"), "items of a list") == []
    assert asked("The navy has taken this:\n\n“the boats of the fishers.”\n\nNobody has answered.", "items") == []


def test_a_block_with_a_small_letter_below_items_without_a_mark_is_one_of_them() -> None:
    items = ["the boats of the fishers;", "their nets; and", "the harbour.", "61 sheds on the shore", "the yard,"]
    text = "The navy has taken from the fishers of the town:\n\n" + "\n\n".join(items)
    assert asked(text + "\n\nNobody has answered.", "items of a list") == ["\n".join(items)]


def test_blocks_that_begin_with_the_same_word_below_a_colon_are_items() -> None:
    items = ["Que devuelva los barcos a sus dueños.", "Que pague las redes.", "Que abra el puerto."]
    text = "Pedimos al Gobierno de la isla:\n\n" + "\n\n".join(items) + "\n\nNo vamos a callar."
    assert asked(text, "items of a list", "es") == ["\n".join(items)]


def test_a_name_in_capitals_beside_one_that_lost_an_accent_is_compared_with_the_paper_too() -> None:
    lost = ["Verein fur Frieden", "Asociacién Vida", "ZELENA DOLINA"]
    assert asked(listed([*lost, "BLUE DOLINA"]), "lost an accent") == [
        "1. Verein fur Frieden\n2. Asociacién Vida\n3. ZELENA DOLINA"
    ]
    assert asked(listed([*NAMES, "ZELENA DOLINA"]), "lost an accent") == []


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("We saw 61casos and 20h00 and 3rd and 16bis in the paper of the court.", "es", ["61casos"]),
        ("The wall was moving by 3.5cma month and by 2 mm a year after that.", "en", []),
    ],
)
def test_a_number_that_ran_together_with_a_common_word_is_asked_about(
    text: str, language: str, words: list[str]
) -> None:
    assert asked(text, "space may be lost", language) == words


def test_a_unit_that_ran_together_with_its_number_and_the_next_word_is_asked_about() -> None:
    assert asked("The wall was moving by 3.5cma month. It broke on 2 mai in the night.", "without their space") == [
        "cma"
    ]


def test_an_upright_stroke_that_begins_a_word_is_asked_about() -> None:
    assert asked("The Government is silent. |t has not replied to the Council.", "Letters and digits") == ["|t"]


def test_a_time_of_the_day_is_no_mixed_word() -> None:
    assert asked("Le réseau a été coupé entre 20h00 et 6h00 du matin.", "Letters and digits", "fr") == []


def test_a_word_of_no_list_that_stands_twice_is_asked_about_where_letters_ran_together() -> None:
    text = "The Intemet was cut in May.\n\nThe people of Sarrow asked for the Intemet, and Sarrow was silent."
    assert asked(text, "prints nearly") == ["Intemet", "Intemet"]


def test_a_word_that_stands_with_its_accent_elsewhere_is_asked_about() -> None:
    text = "Nous appelons les Etats à agir. Les États parties ont signé le traité, et ces États le savent."
    assert asked(text, "accent in this word", "fr") == ["Etats"]


def test_a_preposition_where_a_verb_stands_is_asked_about() -> None:
    text = "Son authenticité à été reconnue. Il a été entendu, et il à déclaré que tout va à la ville et à eux."
    assert asked(text, "hardly stand together", "fr") == ["à été", "il à déclaré"]


def test_an_infinitive_or_a_noun_stands_after_a_preposition() -> None:
    text = "Elle est tout à fait prête à répondre, à pied, à midi et à la mer. La mer a répondu."
    assert asked(text, "hardly stand together", "fr") == []


def test_a_year_in_a_date_that_no_century_has_is_asked_about() -> None:
    text = "Depuis le 2 octobre 2631, rien. Le 4 mai 2031 et le 5 mai 2031, ils ont marché. Il y eut 2631 morts."
    assert asked(text, "year lies far", "fr") == ["2631"]


def test_a_line_that_stands_apart_with_odd_words_is_asked_about_with_the_line_beside_it() -> None:
    text = (
        "The people of the valley have waited for years, and nobody has come to see them.\n\n"
        "They gave Re been heard, .... 2018 in the town and the\n"
        "paim Peht Mtealhb tle | qe nie\n\n"
        "The court of the town has not heard them, and nobody has come to see them in it."
    )
    assert asked(text, "Much of this line") == [
        "They gave Re been heard, .... 2018 in the town and the",
        "paim Peht Mtealhb tle | qe nie",
    ]


def test_words_that_melted_into_one_are_asked_about_with_their_line() -> None:
    text = "They were\n\npormitessopordenoliasadarda for a hundred years without a word.\n\nNobody was asked."
    assert asked(text, "Much of this line") == ["pormitessopordenoliasadarda for a hundred years without a word."]


def test_a_name_that_is_spelled_in_three_ways_is_asked_about_in_each() -> None:
    names = [f"{first} of Lezgowo" for first in ("Amnesty", "Boats", "Clinic", "Doctors", "Fishers")]
    text = listed([*names, "Harbour Watch, tezgowo", "Union of tLezgowo", "Voice of Lezgowo"])
    assert len(asked(text, "spelled otherwise")) == 8


def test_names_at_the_end_of_a_sorted_list_that_begin_it_again_may_have_lost_an_accent() -> None:
    sorted_names = [
        *NAMES,
        "Kilnby Women",
        "Lawyers at Sea",
        "Mothers of Alesvik",
        "Nurses",
        "Open Port",
        "Port Radio",
    ]
    assert asked(listed([*sorted_names, "Alesvik Watch", "Osterby Union"]), "alphabet begins again") == [
        *("Alesvik", "Alesvik", "Osterby")
    ]
    assert asked(listed([*sorted_names, "Amnesty Two", "Boats for All"]), "alphabet begins again") == []


def test_a_name_that_the_list_is_not_asked_about_is_asked_about_its_accents() -> None:
    text = listed([*NAMES, "Infirmiéres et Infirmiers"]) + "\n\n8. Kilnby Women 10. Lawyers at Sea\n\n9. Port Radio"
    assert asked(text, "lost an accent in this name") == ["Infirmiéres et Infirmiers"]


def test_a_sign_between_words_that_is_shorter_than_the_dashes_of_the_text_is_asked_about() -> None:
    text = "We asked twice — in vain — and waited. The banks of that - country are silent."
    assert asked(text, "stands by itself") == ["that - country"]
    assert asked(text.replace("—", "-"), "stands by itself") == []


def test_a_quotation_that_begins_a_paragraph_with_a_small_letter_is_asked_about() -> None:
    assert asked("Nadie ha respondido.\n\n«bamos cantando», recuerda una maestra.", "small letter", "es") == [
        "«bamos"
    ]


def test_capitals_of_an_article_or_the_like_amid_small_letters_are_asked_about() -> None:
    assert asked(
        "Le point 4 est clos. AUX États de geler le projet, avec l'ONU et le HCR.", "Capitals stand", "fr"
    ) == ["AUX"]


def test_a_word_with_a_letter_too_many_or_too_few_is_asked_about() -> None:
    text = "The Goverment has to drop alll charges, and the siren of the lorry sounded."
    assert asked(text, "letter more or less") == ["Goverment", "alll"]


def test_a_currency_with_a_letter_for_its_sign_is_asked_about() -> None:
    assert asked("It made USS 81 million, and US$ 9 million before.", "currency") == ["USS"]


def test_a_word_after_an_article_that_lost_its_vowel_is_judged_by_itself() -> None:
    assert asked("Depuis un an, l'eaü contient du plomb.", "in no dictionary", "fr") == ["l'eaü"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("L Asamblea de Vecinas", "letter stands by itself"),
        ("Alianza de Mujeres (AMI", "has no other"),
        ("Coalition pour I'Ecole Bilingue", "lost its vowel"),
        ("DID ReNE", "hardly a name"),
    ],
)
def test_a_name_that_is_not_whole_or_has_a_misread_letter_at_its_head_is_asked_about(
    name: str, reason: str
) -> None:
    assert len(asked(listed([*NAMES, name]), reason, "es")) == 1


@pytest.mark.parametrize(
    "name", ["JUSTICIA YA", "#OpenLand", "MediaWatch", "E. Sand House", "Collectif « Le Port »"]
)
def test_a_name_in_capitals_of_its_own_is_left_alone(name: str) -> None:
    assert [text for text in asked(listed([*NAMES, name]), "") if name in text] == []


@pytest.mark.parametrize("words", ["casually", "nevermore", "upward"])
def test_a_rare_word_that_begins_with_no_article_is_left_alone(words: str) -> None:
    assert asked(f"The army {words} burned the town in the night.", "without their space") == []


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        ("Enla madrugada del 11 de febrero, la policía entró en el pueblo.", "es", "Enla"),
        ("La policía hirió almenos a treinta niños del pueblo.", "es", "almenos"),
        ("The army burned most ofa town in the night.", "en", "ofa"),
    ],
)
def test_two_words_that_a_list_has_as_one_are_asked_about(text: str, language: str, words: str) -> None:
    assert asked(text, "without their space", language) == [words]


def test_a_mark_that_was_not_read_is_asked_about_with_the_ends_of_sentences_before_the_next_one() -> None:
    text = "The army burned the town. The people fled.\n\nThe court met.2 It did nothing.\n\n"
    notes = "1 Report of the Council, page 7.\n2 Report of the Court, page 9."

    assert asked(f"{text}{notes}", "was not read (note 1)") == ["town.", "fled."]


def test_nothing_is_asked_where_every_note_is_called() -> None:
    text = "The army burned the town.1 The people fled.\n\nThe court met.2 It did nothing.\n\n"
    notes = "1 Report of the Council, page 7.\n2 Report of the Court, page 9."

    assert asked(f"{text}{notes}", "was not read (note") == []
