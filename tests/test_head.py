"""The head of a document: its title among all that stands there."""

from dataclasses import replace

import pytest

from conftest import source_of
from handbill.clean import clean
from handbill.clean.furniture import IS_LETTERHEAD
from handbill.head import ABOVE_TITLE, Matter, is_name, matter
from handbill.headline import Beside, titles_first
from handbill.model import Correction, Statement
from handbill.structure import IS_TITLE, structure

TEXT = "On 9 October the police of the Republic entered eleven schools and took away 83 teachers."


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("JOINT STATEMENT", Matter.KIND),
        ("Déclaration conjointe d’organisations de la société civile", Matter.KIND),
        ("Llamamiento de 120 organizaciones al Consejo", Matter.KIND),
        ("Human Rights Council", Matter.BODY),
        ("Seventy-fourth session", Matter.SESSION),
        ("72º período de sesiones", Matter.SESSION),
        ("Agenda item 4", Matter.ITEM),
        ("Tema 4 de la agenda", Matter.ITEM),
        ("12 June–7 July 2034", Matter.DATE),
        ("Montclair, le 18 mars 2035", Matter.DATE),
        ("San Amaro, 1 de mayo de 2033", Matter.DATE),
        ("Rivemont, octobre 2033", Matter.DATE),
        ("Port-Saint-Jean, mardi 9 juin 2037", Matter.DATE),
        ("3 December 2037, International Day of Mountains", Matter.DATE),
        ("Joint position paper of 96 organisations", Matter.KIND),
        ("To the Permanent Representatives of the Member States", Matter.ADDRESSEE),
        ("À Monsieur le Rapporteur spécial sur le logement", Matter.ADDRESSEE),
        ("Your Excellencies,", Matter.GREETING),
        ("Par courrier électronique et par la poste", Matter.SENT),
        ("PRESS RELEASE", Matter.RELEASE),
        ("Comunicado de prensa de 46 organizaciones", Matter.KIND),
        ("FOR IMMEDIATE RELEASE: 20 February 2031", Matter.RELEASE),
        ("DECLARACIÓN CONJUNTA / JOINT STATEMENT", Matter.KIND),
        ("COMUNICADO N.º 17", Matter.KIND),
        ("Déclaration orale prononcée par Mme Anne Rive", Matter.KIND),
        ("EMBARGOED UNTIL 06:00 GMT, 20 NOVEMBER 2034", Matter.RELEASE),
        ("Thirtieth meeting, second part", Matter.SESSION),
        ("Harrow Ferry (Upper Vale), del 22 al 25 de marzo de 2036", Matter.DATE),
        ("Submitted on 6 February 2037", Matter.DATE),
        ("Día Internacional de los Montes", Matter.DATE),
        ("Joint report – Summary", Matter.KIND),
        ("COMMUNIQUÉ DE PRESSE - Sous embargo jusqu’au lundi 6 avril 2037, 10 h", Matter.KIND),
        ("Summary", None),
        ("A meeting of 12 villages", None),
        (
            "The Secretary-General has received the following written statement, which is circulated.",
            Matter.RECEIVED,
        ),
        ("Open letter on the detention of health workers", None),
        ("Lettre ouverte : protégez les sauniers", None),
        ("A right to learn in their own language", None),
        ("To be free is the right of all", None),
        ("Items that were taken have not been returned", None),
    ],
)
def test_what_a_line_of_the_head_is(text: str, said: Matter | None) -> None:
    assert matter(text) is said


@pytest.mark.parametrize(
    "text", ["The Council must act now", "Valley: Four Years of War", "Free the Workers of Harrow"]
)
def test_what_says_something_is_no_name(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    ("above", "title", "below"),
    [
        ([], "Stop the war", ["To the Council of Elders"]),
        (["UNITED CHURCH OF HARROW", "“Let justice roll”"], "The siege of Harrow must end", []),
        (["JOINT STATEMENT"], "Who answers for the children?", ["Many ask for an inquiry"]),
        (["Human Rights Council", "Agenda item 4", "Situations of concern"], "The schools of Harrow", []),
        (["Agenda item 4"], "The schools of Harrow", []),
        ([], "Appeal to the Council", ["12 May 2031"]),
        (["Case No. HC/2031/17"], "Joint submission on the curfew", []),
        (["Contact: Ann Lee, 00 555 0119"], "Four dead: the owners must answer", []),
        (["Public note on bill 318 12 October 2031"], "A law against solidarity", []),
        (["Registered under number 00482 of 1999"], "The valley does not yield", []),
        (["Rights on land and at sea", "Joint statement"], "Nobody should be tied to a bed", []),
        (["News - Nouvelles - Noticias"], "Nobody should be tied to a bed", []),
        (["Harrow Ground", "info@harrowground.example"], "Open the bridges of the valley", []),
        (["From: Harrow Network <news@harrow.example>"], "Sign-on letter: justice for the weavers", []),
    ],
)
def test_the_likeliest_title_of_a_head(above: list[str], title: str, below: list[str]) -> None:
    assert titles_first([*above, title, *below, TEXT])[0] == len(above)


def test_a_running_header_tells_which_line_is_the_title() -> None:
    head = ["Schools are no barracks", "Two hundred days: the detention of the teachers", TEXT]

    assert titles_first(head)[0] == 0
    assert titles_first(head, Beside(running=["The detention of the teachers"]))[0] == 1


LONG = (
    "On Monday the harbour police closed every bridge between Harrow and the mainland without warning. "
    "Families could neither reach their fields nor bring children to school, while patients waited beside "
    "locked gates until midnight. Local councillors asked the minister for reasons; nobody answered. Doctors "
    "report eleven deaths, fishermen lost their boats, teachers found empty classrooms, shops closed and "
    "prices doubled within a fortnight of the closure."
)


def test_a_line_of_which_the_text_has_no_word_is_hardly_the_title() -> None:
    head = ["Monthly circular from abroad", "Open the bridges of Harrow"]

    assert titles_first([*head, TEXT])[0] == 0
    assert titles_first([*head, LONG])[0] == 1


def test_a_line_that_is_the_name_of_one_who_signed_is_hardly_the_title() -> None:
    head = ["Physicians for Open Roads", "Let the boats of Harrow go out"]

    assert titles_first([*head, TEXT])[0] == 0
    assert titles_first([*head, TEXT], Beside(signed=["Physicians for Open Roads", "Harrow Union"]))[0] == 1


def structured(text: str) -> Statement:
    return structure(clean(source_of(text)), "text", "en")


def test_a_long_title_below_the_session_is_the_title_and_the_other_lines_stay() -> None:
    title = (
        "Two hundred days without a classroom: the detention of the Harrow teachers, the ban on their union "
        "and what the Council can do about both"
    )
    statement = structured(f"Human Rights Council\n\nSeventy-fourth session\n\nAgenda item 4\n\n{title}\n\n{TEXT}")

    assert statement.title == title
    assert [block.text for block in statement.blocks][:3] == [
        "Human Rights Council",
        "Seventy-fourth session",
        "Agenda item 4",
    ]
    assert ABOVE_TITLE not in [doubt.reason for doubt in statement.doubts]


def test_what_no_text_has_above_its_title_is_asked_about_once() -> None:
    statement = structured(
        f"CHURCH OF HARROW\n\n“Let justice roll”\n\nJoint statement\n\nThe siege must end\n\n{TEXT}"
    )
    asked = [doubt for doubt in statement.doubts if doubt.reason == ABOVE_TITLE]

    assert statement.title == "The siege must end"
    assert [[place.text for place in doubt.each()] for doubt in asked] == [
        ["CHURCH OF HARROW", "“Let justice roll”"]
    ]


def test_paper_above_a_plain_title_is_taken_out_and_asked_about_once_and_comes_back() -> None:
    title = "Open the bridges of Harrow: boats and doctors"
    head = "Prof. Ann Vane\nJoy Lind, Treasurer\n\n12 Tannery Lane\n\nJoint statement"
    text = f"{head}\n\n{title}\n\n{LONG}"
    statement = structured(text)
    kept = [Correction(at, line, line, "It is of the text.") for at, line in ((1, "Prof. Ann Vane"),)]
    source = source_of(text)
    back = structure(clean(replace(source, corrections=tuple(kept))), "text", "en")

    assert statement.title == title
    assert statement.blocks[0].text == "Joint statement"
    assert [doubt.text for doubt in statement.doubts if doubt.reason == IS_LETTERHEAD] == [
        "Prof. Ann Vane\nJoy Lind, Treasurer\n12 Tannery Lane"
    ]
    assert back.blocks[0].text == "Prof. Ann Vane"


@pytest.mark.parametrize(
    "lines",
    [
        ["TWICE LOCKED OUT:", "JOINT SUBMISSION ON THE BRIDGES OF HARROW"],
        ["HOW BOATS AND DOCTORS OF HARROW WERE STOPPED AT PORT ST.", "ALBAN, 2031-2034"],
        ["ITEM 4 - DIALOGUE ABOUT BOATS AND DOCTORS WITH THE", "COUNCILLORS OF HARROW"],
    ],
)
def test_a_title_in_two_lines_is_whole(lines: list[str]) -> None:
    statement = structured("\n".join(["Harrow Ground\n", *lines, f"\n{LONG}"]))

    assert statement.title == " ".join(lines)


def test_after_the_greeting_the_text_begins() -> None:
    letter = "We write to you, doctors and teachers of Harrow, about bridges and\n\nboats of the harbour"
    head = "OPEN LETTER ON THE BRIDGES OF HARROW\n\nBrackenfield, 2 June 2032\nYour Excellencies,"

    assert structured(f"{head}\n\n{letter}\n\n{LONG}").title == "OPEN LETTER ON THE BRIDGES OF HARROW"


def test_a_title_that_hardly_looks_like_one_is_asked_about() -> None:
    sure = structured(f"Open the bridges of Harrow: boats and doctors\n\n{LONG}")
    unsure = structured(f"Monthly circular from abroad\n\n{LONG}")

    assert IS_TITLE not in [doubt.reason for doubt in sure.doubts]
    assert [doubt.text for doubt in unsure.doubts if doubt.reason == IS_TITLE] == ["Monthly circular from abroad"]


def test_a_title_in_lines_of_its_own_is_found_below_a_board_and_a_cover_sheet() -> None:
    head = "Prof. Ann Vane\nJoy Lind, Treasurer\n\n12 Tannery Lane\n\nFrom: Harrow Ground\nDate: 3/5/2031"
    statement = structured(f"{head}\n\nDoctors and Teachers of Harrow\nLocked out of Their Fields\n\n{LONG}")

    assert statement.title == "Doctors and Teachers of Harrow Locked out of Their Fields"
