"""The list of signatories put together again: every kind of damage, and lists that have none."""

import pytest

from conftest import source_of, text_of
from handbill.clean import clean
from handbill.clean.evidence import gather
from handbill.clean.listing import Restored, list_of_names
from handbill.lexicon import Lexicon
from handbill.model import Gap, Line

NAMES = (
    "Amber Coast Lawyers",
    "Bakers for Bread",
    "Coalition of Ferrymen",
    "Dockers’ Local 44",
    "Eastern Choirs",
    "Friends of Clause 9",
)
NUMBERED = tuple(f"{number}. {name}" for number, name in enumerate(NAMES, 1))


def restored(*texts: str, language: str = "en") -> Restored:
    """The lines after the list was put together; a text that begins with ¶ stands after a gap."""
    lines = tuple(
        Line(number, number, text.removeprefix("¶"), Gap.BLANK if text.startswith("¶") else Gap.NONE, "\n")
        for number, text in enumerate(texts, 1)
    )
    return list_of_names(lines, gather(lines, Lexicon(language)))


def texts_of(made: Restored) -> tuple[str, ...]:
    return tuple(line.text for line in made.lines)


class TestLeftAlone:
    """What is right is not touched."""

    @pytest.mark.parametrize(
        "texts",
        [
            ("Signatories", *NUMBERED),
            NUMBERED,
            tuple(f"¶{text}" for text in NUMBERED),
            ("1. Article 19", "2. Clause 9 Watch", "3. Local 44", "4. Section 7. Committee", "5. 350. org"),
            ("1. League of the Rights", "of all Women", "2. Article 19", "3. Odhikar"),
            ("We ask you to:", "1. Free the prisoners.", "2. Open the courts.", "3. Let the press in."),
            ("The army came in 2017.", "The people fled.", "The court did nothing at all."),
            ("1.", "2."),
            (),
        ],
        ids=[
            "a list below its heading",
            "a list alone",
            "a list with gaps",
            "figures in names",
            "a name of two lines",
            "demands",
            "no list",
            "two numbers",
            "nothing",
        ],
    )
    def test_lines_that_are_whole_are_the_same_lines(self, texts: tuple[str, ...]) -> None:
        made = restored(*texts)

        assert texts_of(made) == tuple(text.removeprefix("¶") for text in texts)
        assert not [edit for edit in made.edits if edit.entry]
        assert made.doubts == ()

    def test_a_list_of_more_than_a_thousand_names_is_left_alone(self) -> None:
        texts = ("Signatories", *(f"{number}. Group number {number}" for number in range(1, 1_202)))
        assert texts_of(restored(*texts)) == texts

    def test_a_sentence_below_the_list_stays_below(self) -> None:
        below = "For more on all of this, please write to the office of the network."

        assert texts_of(restored(*NUMBERED, f"¶{below}")) == (*NUMBERED, below)

    @pytest.mark.parametrize(
        "below",
        ["Contact: Odhikar, Anchor Lane", "press@maren.example", "www.maren.example", "and 14 organisations more"],
    )
    def test_a_line_right_below_the_last_name_that_is_about_the_list_is_no_part_of_it(self, below: str) -> None:
        assert texts_of(restored("¶Signatories", *NUMBERED, below)) == ("Signatories", *NUMBERED, below)

    def test_a_line_that_begins_small_right_below_the_last_name_is_asked_about(self) -> None:
        made = restored("¶Signatories", *NUMBERED, "and 14 organisations more")

        assert [doubt.lines for doubt in made.doubts] == [(8, 8)]

    def test_years_in_a_sentence_are_no_list(self) -> None:
        text = ("The army came in", "2017. It came again in", "2018. It came back in", "2019. It has never left.")

        assert texts_of(restored(*text)) == text


class TestPutTogether:
    """What the scanner parted or misread."""

    def test_numbers_read_apart_from_their_names(self) -> None:
        made = restored("Signatories", *(f"{n}." for n in range(1, 7)), *NAMES)

        assert texts_of(made) == ("Signatories", *NUMBERED)

    def test_numbers_read_below_their_names(self) -> None:
        made = restored("¶Signatories", *(f"¶{name}" for name in NAMES), *(f"{n}." for n in range(1, 7)))

        assert texts_of(made) == ("Signatories", *NUMBERED)

    def test_a_list_whose_first_names_are_lost_keeps_its_numbers_and_a_person_is_asked(self) -> None:
        made = restored("¶Signatories", *NUMBERED[2:])

        assert texts_of(made) == ("Signatories", *NUMBERED[2:])
        assert [doubt.reason for doubt in made.doubts] == ["By the numbers, 2 names are missing above this line."]

    def test_a_name_that_begins_with_a_short_word_keeps_it_where_its_number_is_lost(self) -> None:
        scan = ("¶Firmantes", "1. Observatorio del Valle", "Red Carabaya Sin Minas", "3. Colectivo Joven", "4. Pie")

        made = restored(*scan, language="es")

        assert texts_of(made) == ("Firmantes", scan[1], f"2. {scan[2]}", *scan[3:]) and not made.doubts

    def test_names_of_which_only_the_numbers_were_read_are_asked_for_and_the_next_keeps_its_own(self) -> None:
        scan = ("¶Signatories", *NUMBERED[:2], "3", "4,", NUMBERED[4], NUMBERED[5])

        made = restored(*scan)

        assert texts_of(made) == ("Signatories", *NUMBERED[:2], *NUMBERED[4:])
        assert [doubt.reason for doubt in made.doubts] == ["By the numbers, 2 names are missing above this line."]

    def test_a_number_that_was_misread_between_two_that_were_not(self) -> None:
        scan = [*NUMBERED]
        scan[2] = scan[2].replace("3.", "Z.")

        assert texts_of(restored(*scan)) == NUMBERED

    @pytest.mark.parametrize(
        ("place", "read"),
        [(1, "Z."), (4, "S."), (4, "s"), (0, "l."), (3, "{4)"), (3, "(4}"), (3, "[4)")],
    )
    def test_letters_and_brackets_that_print_like_the_missing_number(self, place: int, read: str) -> None:
        scan = [*NUMBERED]
        scan[place] = f"{read} {NAMES[place]}"

        made = restored("¶Signatories", *scan)

        assert texts_of(made) == ("Signatories", *NUMBERED) and not made.doubts

    def test_a_number_that_touches_its_name_is_the_one_that_is_missing(self) -> None:
        scan = [*NUMBERED]
        scan[3] = f"4{NAMES[3]}"

        made = restored("¶Signatories", *scan)

        assert texts_of(made) == ("Signatories", *NUMBERED) and not made.doubts

    def test_two_misread_numbers_in_a_row_are_each_found_by_their_shapes(self) -> None:
        names = [*NAMES, "Guild of Printers", "Harbour Watch", "Inland Fishers", "Jetty Pilots", "Keepers", "Light"]
        numbers = [*(f"{number}." for number in range(1, 10)), "1O.", "ll.", "12."]

        made = restored("¶Signatories", *(f"{mark} {name}" for mark, name in zip(numbers, names, strict=True)))

        assert texts_of(made)[1:] == tuple(f"{number}. {name}" for number, name in enumerate(names, 1))

    def test_an_initial_between_numbers_that_follow_each_other_is_of_the_name(self) -> None:
        scan = ("1. Amber Coast Lawyers", "S. Brandt Fund", "2. Bakers for Bread", "3. Coalition of Ferrymen")

        assert texts_of(restored("¶Signatories", *scan))[1:3] == scan[:2]

    def test_a_name_in_curly_brackets_is_no_dirt(self) -> None:
        scan = [*NUMBERED]
        scan[2] += " {San Amaro}"

        assert texts_of(restored("¶Signatories", *scan)) == ("Signatories", *scan)

    @pytest.mark.parametrize("name", ["Amber Bakers Co-operative", "Anna Brandt, lawyer"])
    def test_a_name_of_a_list_without_numbers_ends_in_a_small_word_that_asks_for_none(self, name: str) -> None:
        made = restored("¶The undersigned", name, *NAMES[1:])

        assert texts_of(made)[1:3] == (f"1. {name}", f"2. {NAMES[1]}")

    def test_a_number_that_was_lost(self) -> None:
        scan = [*NUMBERED]
        scan[3] = NAMES[3]

        assert texts_of(restored(*scan)) == NUMBERED

    def test_a_speck_between_a_number_and_its_name(self) -> None:
        scan = [text.replace(". ", ". | ", 1) for text in NUMBERED]

        assert texts_of(restored(*scan)) == NUMBERED

    def test_columns_read_across_are_read_down(self) -> None:
        rows = [f"{left} {right}" for left, right in zip(NUMBERED[:3], NUMBERED[3:], strict=True)]

        assert texts_of(restored("Signatories", *rows)) == ("Signatories", *NUMBERED)

    def test_a_list_that_counts_row_by_row_keeps_its_numbers(self) -> None:
        rows = [f"{left} {right}" for left, right in zip(NUMBERED[::2], NUMBERED[1::2], strict=True)]

        assert sorted(texts_of(restored("Signatories", *rows))) == sorted(("Signatories", *NUMBERED))

    def test_the_foot_of_a_column_read_too_early(self) -> None:
        scan = (*NUMBERED[:2], "¶Signatories", *NUMBERED[2:])

        assert texts_of(restored(*scan)) == ("Signatories", *NUMBERED)

    def test_names_that_go_on_where_columns_meet_are_a_doubt(self) -> None:
        made = restored(
            "Signatories",
            "1. Amber Coast Lawyers 4. Dockers of the Eastern",
            "2. Bakers for Bread and Harbours",
            "3. Coalition of Ferrymen 5. Eastern Choirs",
        )

        assert [doubt.lines for doubt in made.doubts] == [(3, 3)]

    def test_names_without_numbers_that_may_begin_elsewhere_are_a_doubt(self) -> None:
        made = restored(
            "1.", "2.", "3.", "Amber Coast", "Lawyers Union", "Bakers for Bread", "Coalition of Ferrymen"
        )

        assert len(made.lines) == 4
        assert [doubt.lines for doubt in made.doubts] == [(4, 7)]
        assert "are 3 names" in made.doubts[0].reason


class TestCounted:
    """The numbers of the whole list decide together."""

    BODY = "The army came to the town in the night and burned it."

    def test_a_list_whose_first_number_was_misread_counts_from_one(self) -> None:
        scan = [*NUMBERED]
        scan[0] = scan[0].replace("1.", "L")

        assert texts_of(restored(self.BODY, "¶Organisations", *scan))[2:] == (
            "1. Amber Coast Lawyers",
            *NUMBERED[1:],
        )

    def test_names_whose_numbers_were_lost_above_a_column_of_numbers_count_from_one(self) -> None:
        apart = ("¶4.", "5.", "6.")
        made = restored(self.BODY, "¶Organisations", *(f"¶{name}" for name in NAMES[:3]), *apart, *NAMES[3:])

        assert texts_of(made) == (self.BODY, "Organisations", *NUMBERED)

    def test_a_note_under_a_page_of_the_list_ends_it_not(self) -> None:
        note = "? See the report of the Dockers’ Local of 13 March 2032, p. 2."
        made = restored("¶Signatories", *NUMBERED[:3], f"¶{note}", f"¶{NUMBERED[3]}", *NUMBERED[4:])

        assert texts_of(made) == ("Signatories", note, *NUMBERED)

    def test_a_column_that_lost_its_first_number_begins_with_the_next_name(self) -> None:
        made = restored(*NUMBERED[:2], "¶4.", "5.", "6.", *(f"¶{name}" for name in NAMES[2:]))

        assert texts_of(made) == NUMBERED

    def test_a_column_of_numbers_read_above_the_one_that_it_goes_on_from_is_part_of_it(self) -> None:
        made = restored(
            "¶Signatories", "5.", "6.", f"¶{NUMBERED[0]}", "¶2.", "3.", "4.", *(f"¶{name}" for name in NAMES[1:])
        )

        assert texts_of(made) == ("Signatories", *NUMBERED)

    def test_where_a_name_of_a_column_is_lost_all_its_names_are_one_doubt(self) -> None:
        names = [*NAMES[:3], *NAMES[4:]]
        made = restored("¶Signatories", *(f"{n}." for n in range(1, 7)), *(f"¶{name}" for name in names))

        assert [doubt.lines for doubt in made.doubts] == [(8, 12)]

    def test_a_line_whose_first_word_had_room_in_the_line_above_begins_a_name(self) -> None:
        names = ("Amber Coast", "Bakers for Bread and of", "Roses in the Upper Town", "Choirs", "Dockers")
        made = restored("¶Signatories", "1.", "2.", "3.", "4.", *names)

        assert texts_of(made)[1:] == (
            "1. Amber Coast",
            "2. Bakers for Bread and of",
            "Roses in the Upper Town",
            "3. Choirs",
            "4. Dockers",
        )

    def test_figures_below_a_name_that_are_no_number_of_the_list_go_on_with_it(self) -> None:
        made = restored("¶Signatories", *NUMBERED[:3], "4. Publishers’ Guild, Section", "12", *NUMBERED[4:])

        assert texts_of(made)[4:6] == ("4. Publishers’ Guild, Section", "12")

    def test_as_many_odd_words_between_numbers_as_are_missing_are_numbers(self) -> None:
        made = restored("¶Signatories", "1.", "2.", "Sette", "4.", "5.", "6.", *(f"¶{name}" for name in NAMES))

        assert texts_of(made) == ("Signatories", *NUMBERED)


class TestReadElsewhere:
    """What a scanner read in another place goes where the numbers say."""

    def test_two_names_in_one_line_are_two_where_the_list_goes_on_with_the_second(self) -> None:
        scan = (f"{NUMBERED[0]} {NUMBERED[1]}", *(f"¶{text}" for text in NUMBERED[2:]))

        assert texts_of(restored("¶Signatories", *scan)) == ("Signatories", *NUMBERED)

    def test_a_number_with_a_comma_parts_columns_where_the_list_goes_on_with_it(self) -> None:
        rows = [f"{left} {right}" for left, right in zip(NUMBERED[:3], NUMBERED[3:], strict=True)]
        rows[1] = rows[1].replace("5.", "5,")

        assert texts_of(restored("Signatories", *rows)) == ("Signatories", *NUMBERED)

    def test_a_name_read_among_those_before_it_goes_behind_them(self) -> None:
        long = ("5. Eastern Choirs and Chapels of", "Ysmer")
        scan = (*NUMBERED[:2], f"¶{long[0]}", f"¶{NUMBERED[2]}", f"¶{NUMBERED[3]}", long[1], f"¶{NUMBERED[5]}")

        made = restored("¶Signatories", *scan)

        assert texts_of(made) == ("Signatories", *NUMBERED[:4], *long, NUMBERED[5])

    def test_rows_at_the_head_of_a_page_whose_columns_were_read_down_below_them(self) -> None:
        rows = (f"{NUMBERED[0]} {NUMBERED[3]}", *(f"¶{text}" for text in (*NUMBERED[1:3], *NUMBERED[4:])))

        assert texts_of(restored("¶Signatories", *rows)) == ("Signatories", *NUMBERED)

    def test_a_misread_number_where_one_is_missing_stays_where_it_stands(self) -> None:
        scan = [*NUMBERED, "7. Gardeners of Ysmer", "8. Harbour Pilots"]
        scan[2] = "12. Coalition of Ferrymen"

        assert texts_of(restored("¶Signatories", *scan))[3] == "3. Coalition of Ferrymen"

    def test_the_head_of_a_list_read_before_the_rest_of_the_text_may_have_names_of_two_lines(self) -> None:
        head = ("1. Amber Coast Lawyers of the", "Upper Town", "2. Bakers for Bread", "3. Coalition of Ferrymen")
        text = ("We ask the court to hear them soon, and to let the people of the coast go home.", "¶Signatories")

        made = restored(*head, f"¶{text[0]}", text[1], *NUMBERED[3:])

        assert texts_of(made) == (text[0], "Signatories", *head, *NUMBERED[3:])

    def test_demands_of_a_text_are_not_the_head_of_a_list_that_lost_its_first_names(self) -> None:
        demands = ("1. Free the people who were taken from the harbour.", "2. Let them go home.")

        made = restored("¶We ask you:", *demands, "¶Signatories", *NUMBERED[2:])

        assert texts_of(made)[1:3] == demands

    def test_numbers_of_a_column_behind_names_are_numbers(self) -> None:
        names = list(NAMES)
        names[0], names[3] = f"{names[0]} 5.", f"{names[3]} 6."

        assert texts_of(restored("¶Signatories", "1.", "2.", "3.", "4.", *names)) == ("Signatories", *NUMBERED)

    def test_figures_behind_a_name_that_no_column_goes_on_with_are_its_own(self) -> None:
        names = (*NAMES[:3], "Dockers, Local 44.", *NAMES[4:])
        made = restored("¶Signatories", *(f"{n}." for n in range(1, 7)), *(f"¶{name}" for name in names))

        assert texts_of(made)[4] == "4. Dockers, Local 44."

    def test_a_column_of_numbers_in_brackets_is_counted(self) -> None:
        made = restored("¶Signatories", *(f"({n})" for n in range(1, 7)), *(f"¶{name}" for name in NAMES))

        assert texts_of(made) == ("Signatories", *NUMBERED)

    def test_misread_numbers_at_the_head_of_a_column_do_not_move_it(self) -> None:
        numbers = ("¶(9)", "(3)", "(3)", "(4)", "(5)", "(6)")
        made = restored("¶Signatories", *numbers, *(f"¶{name}" for name in NAMES))

        assert texts_of(made) == ("Signatories", *NUMBERED)

    def test_a_few_letters_between_two_numbers_that_follow_each_other_are_no_number(self) -> None:
        names = (*NAMES[:3], "Dockers of Old Corran", "Vale", "5. Eastern Choirs", "6. Friends of Clause 9")
        numbers = ("¶1.", "2.", "3.", "4.")

        made = restored("¶Signatories", *NAMES[:3], "Dockers of Old Corran", *numbers, *names[4:])

        assert "Vale" in " ".join(texts_of(made))

    def test_a_sign_before_a_name_below_a_column_of_numbers_does_not_end_them(self) -> None:
        names = (
            "Amber Coast",
            "Bakers",
            "Crofters",
            "Dockers",
            "Eastern Choirs",
            "Friends",
            ". Guild of Weavers",
            "of wool",
        )

        made = restored("¶Signatories", *(f"{number}." for number in range(1, 8)), *(f"¶{name}" for name in names))

        assert texts_of(made)[-2:] == ("7. Guild of Weavers", "of wool")

    def test_a_line_that_was_read_too_late_goes_above_the_one_that_ends_its_name(self) -> None:
        read = ("¶Signatories", *NAMES[:3], "¶1.", "2.", "3.", "4.", "Vale", "5. Eastern Choirs")

        made = restored(*read, "6. Friends of Clause 9", "¶Dockers of Old Corran-", "¶7. Guild of Weavers")

        assert texts_of(made)[4:7] == ("4. Dockers of Old Corran-", "Vale", "5. Eastern Choirs")
        assert texts_of(made)[-1] == "7. Guild of Weavers"

    BESIDE = (
        "¶We ask the harbour council to open the gates to all who fish there.",
        "¶Acacia Choir",
        "¶Brass Band of Corran",
        "¶Cooks of the Quay",
        "¶Dockers of the Outer",
        "Harbour",
        "¶Eastern Choirs",
        "¶We ask the ministers to say who signed the order, and why it was kept from us.",
        "¶Signatories",
        "¶Friends of the Sea",
        "¶Guild of Weavers",
        "¶Hands for Nets",
        "¶Islanders",
        "¶Jetty Watch",
    )

    def test_names_read_before_the_text_beside_them_go_to_the_list_and_both_parts_are_asked_about(self) -> None:
        made = restored(*self.BESIDE)

        body, names = texts_of(made)[:3], texts_of(made)[3:]
        assert body == tuple(self.BESIDE[at].removeprefix("¶") for at in (0, 7, 8))
        assert names[:2] == ("1. Acacia Choir", "2. Brass Band of Corran") and names[-1] == "10. Jetty Watch"
        assert [doubt.lines for doubt in made.doubts] == [(2, 7), (10, 14)]

    @pytest.mark.parametrize(("at", "text"), [(1, "¶Zither Choir"), (9, "¶Aunts of the Sea"), (3, "¶Yard Cooks")])
    def test_lines_that_the_list_does_not_go_on_with_stay_in_the_text(self, at: int, text: str) -> None:
        scan = [*self.BESIDE]
        scan[at] = text

        assert "Brass Band of Corran" in texts_of(restored(*scan))

    def test_lines_read_across_above_missing_numbers_are_asked_about_with_the_names_below(self) -> None:
        wide = ("1. Amber Coast Lawyers of Corran Coalition of Ferrymen", "2. Bakers for Bread of the Quay Dockers")
        below = (
            "¶7. Eastern Choirs",
            "Friends of Clause",
            "Guild of Weavers",
            "10. Hands",
            "11. Islanders",
            "12. Joy",
        )

        made = restored("¶Signatories", *wide, *below)

        (asked,) = (doubt for doubt in made.doubts if doubt.lines[0] == 2)
        assert all(text in asked.text for text in wide)
        alone = restored("¶Signatories", *wide, *(text.replace("7.", "3.", 1) for text in below[:1]))
        assert not alone.doubts


class TestDirt:
    """What is no name, or stands about one."""

    RESIDUE = ("¶PONHAWWNERUD", "¶OMAN OUHPWNR", "HhHhH")

    def test_what_is_left_of_a_column_of_numbers_is_no_name_and_a_person_is_asked(self) -> None:
        made = restored("¶Signatories", *self.RESIDUE, *(f"¶{name}" for name in NAMES))

        assert texts_of(made) == ("Signatories", *NUMBERED)
        assert {doubt.lines for doubt in made.doubts} >= {(2, 4)}

    def test_a_few_letters_in_which_other_names_end_are_no_dirt(self) -> None:
        names = (
            "1. Hilfe am Fluss e.V.",
            "2. Recht am Hafen e.V.",
            "3. Verein der Weber",
            "¶e.V.",
            "¶4. Wort und Tat",
        )

        made = restored("Signatories", *names)

        assert texts_of(made)[3:5] == ("3. Verein der Weber", "e.V.")
        assert "dirt" not in " ".join(doubt.reason for doubt in made.doubts)

    DEMANDS = ("¶1. Free the prisoners.", "¶2. Open the courts.", "¶3. Let the press in.", "¶Signatories")

    @pytest.mark.parametrize("first", ["1. ", "l. ", ""])
    @pytest.mark.parametrize(
        "paper", ["¶Harbour Office  Page 2", "¶Harbour Office - Quay 5 - office@harbour.example"]
    )
    def test_a_line_of_the_paper_below_the_heading_leads_no_demand_into_the_list(
        self, paper: str, first: str
    ) -> None:
        scan = (*self.DEMANDS, paper, f"¶{first}{NAMES[0]}", *NUMBERED[1:])

        made = restored(*scan)

        assert texts_of(made)[:4] == tuple(text.removeprefix("¶") for text in self.DEMANDS)
        assert texts_of(made)[-5:] == NUMBERED[1:]
        assert texts_of(made)[-6] == NUMBERED[0] or made.doubts

    def test_an_address_between_names_is_none_of_them_and_a_person_is_asked(self) -> None:
        address = "Quay 5 - office@harbour.example - Registered 4471"

        made = restored("Signatories", *NUMBERED[:3], f"¶{address}", f"¶{NUMBERED[3]}", *NUMBERED[4:])

        assert texts_of(made) == ("Signatories", *NUMBERED, address)
        assert [doubt.text for doubt in made.doubts] == [address]

    def test_the_addresses_of_the_names_stay_with_them(self) -> None:
        scan = [part for text in NUMBERED for part in (f"¶{text}", "¶office@harbour.example")]

        assert texts_of(restored("Signatories", *scan)) == (
            "Signatories",
            *(part.removeprefix("¶") for part in scan),
        )

    def test_dirt_of_several_lines_is_asked_about_once(self) -> None:
        dirt = ("¶oPE~3", "¶|]]3 x9{ 7]a", "¶n]5 {o8 9}k")

        made = restored("¶Signatories", *NUMBERED[:3], *dirt, *(f"¶{text}" for text in NUMBERED[3:]))

        assert [doubt.lines for doubt in made.doubts] == [(5, 7)]

    def test_the_short_name_of_an_organisation_is_a_name(self) -> None:
        names = ("¶Amber Coast Lawyers", "¶BAKREF", "¶Coalition of Ferrymen", "¶Dockers", "¶Eastern Choirs")
        made = restored("¶Signatories", *names)

        assert len(texts_of(made)) == 1 + len(names)

    @pytest.mark.parametrize("dirt", ["|", ":", "~", "'"])
    def test_a_sign_by_itself_behind_a_name_is_none_of_it(self, dirt: str) -> None:
        scan = [*NUMBERED]
        scan[2] += f" {dirt}"

        assert texts_of(restored("¶Signatories", *scan)) == ("Signatories", *NUMBERED)

    @pytest.mark.parametrize("dirt", ["_ ", "'", ". "])
    def test_dirt_before_a_number_is_none_of_it(self, dirt: str) -> None:
        scan = [*NUMBERED]
        scan[2] = f"{dirt}{scan[2]}"

        assert texts_of(restored("¶Signatories", *scan)) == ("Signatories", *NUMBERED)

    def test_signs_and_dashes_that_are_left_of_numbers_begin_names(self) -> None:
        scan = (*NUMBERED[:2], f". {NAMES[2]}", f"- {NAMES[3]}", f". {NAMES[4]}", NUMBERED[5])

        assert texts_of(restored("¶Signatories", *scan)) == ("Signatories", *NUMBERED)

    def test_a_dash_among_numbers_goes_on_with_a_name(self) -> None:
        scan = ("¶Signatories", *NUMBERED[:3], "4. Dockers of the Eastern Harbour", "— Local 44", *NUMBERED[4:])

        assert texts_of(restored(*scan)) == tuple(text.removeprefix("¶") for text in scan)

    @pytest.mark.parametrize("read", ["de", "ra"])
    def test_small_letters_where_a_number_stood_are_none_of_the_name(self, read: str) -> None:
        scan = [*NUMBERED]
        scan[2] = scan[2].replace("3.", read)

        assert texts_of(restored("¶Signatories", *scan)) == ("Signatories", *NUMBERED)

    def test_a_bracket_that_was_read_as_a_curly_one_closes(self) -> None:
        names = ("Amber Coast Lawyers (Ysmer}", "Bakers for Bread {Ysmer)", *NAMES[2:])
        made = restored("¶Signatories", *(f"{n}." for n in range(1, 7)), *names)

        assert [text.partition(" ")[2] for text in texts_of(made)[1:]] == list(names)

    def test_a_mark_of_a_page_among_names_without_numbers_does_not_end_them(self) -> None:
        mark = "The harbour of Ysmer: let the people go and open the court / continued, page 2"
        made = restored("¶Signatories", *NAMES[:3], f"¶{mark}", f"¶{NAMES[3]}", *NAMES[4:])

        assert texts_of(made) == ("Signatories", *NUMBERED)
        assert (5, 5) in {doubt.lines for doubt in made.doubts}


class TestColumns:
    """Columns that were read across are parted all together."""

    def test_the_last_line_of_a_name_is_rather_short(self) -> None:
        made = restored(
            "1. Amber Coast Lawyers of Ysmer 4. Dockers’ Association of",
            "2. Bakers for Bread of Ysmer Harbours",
            "3. Coalition of all Ferrymen 5. Eastern Choirs",
        )

        assert texts_of(made)[1] == "2. Bakers for Bread of Ysmer"
        assert texts_of(made)[4:5] == ("Harbours",)

    def test_words_that_stand_together_elsewhere_are_not_parted(self) -> None:
        made = restored(
            "We have worked in Puerto Claro for years, and we call on the court.",
            "¶Signatories",
            "1. Amber Coast Lawyers of 4. Dockers’ Association for",
            "Puerto Claro Prisoners",
            "2. Bakers for Bread and Roses 5. Eastern Choirs",
            "3. Coalition of Ferrymen 6. Friends of Clause 9",
        )

        assert texts_of(made)[3] == "Puerto Claro" and "Prisoners" in texts_of(made)

    def test_a_line_that_begins_oddly_where_a_number_is_missing_begins_a_name(self) -> None:
        rows = [f"{left} {right}" for left, right in zip(NUMBERED[:3], NUMBERED[3:], strict=True)]
        rows[1] = rows[1].replace("2.", "re")

        assert texts_of(restored("Signatories", *rows)) == ("Signatories", *NUMBERED)

    def test_a_column_has_words_in_every_line_above_its_last_number(self) -> None:
        made = restored(
            "Signatories",
            "1. Amber Coast Lawyers of Ysmer 5. Eastern Choirs of the Coast",
            "2. Bakers for Bread (Talmont)",
            "3. Coalition of Ferrymen 6. Friends of Clause 9",
            "4. Dockers’ Local 44 7. Gardeners",
        )

        assert texts_of(made)[5:7] == ("5. Eastern Choirs of the Coast", "(Talmont)")

    def test_a_bracket_does_not_stand_behind_an_article(self) -> None:
        made = restored(
            "Signatories",
            "1. Amber Coast Lawyers 4. Dockers’ Association of",
            "2. Bakers for Bread and Roses the Eastern Harbours",
            "(Ysmer) 5. Eastern Choirs",
            "3. Coalition of Ferrymen 6. Friends of Clause 9",
        )

        assert texts_of(made)[1:4] == ("1. Amber Coast Lawyers", "2. Bakers for Bread and Roses", "(Ysmer)")


def test_the_long_second_line_of_a_name_hides_no_heading_above_a_column_of_numbers() -> None:
    towns = ("Amber", "Bay", "Coral", "Dune", "East", "Fjord", "Gulf", "Haven", "Inlet", "Jetty", "Kelp", "Lagoon")
    names = [f"Friends of {town} Town" for town in towns]
    names[6:6] = ["Federation of Fishing Crews,", "office of the northern ocean and of the southern seas"]
    numbers = [f"{number})" for number in range(1, 14)]
    more = ("¶14)", "15)", "16)", "¶Red Ferries", "Salt Marsh Trust", "Tidal Choir")

    made = restored("We call.", "¶First signatories", "¶1)", *numbers[1:], f"¶{names[0]}", *names[1:], *more)

    assert texts_of(made)[1:4] == ("First signatories", f"1. {names[0]}", f"2. {names[1]}")


class TestWithoutNumbers:
    """A list without numbers, below a heading that says who signed."""

    NAMES = ("Amber Coast Lawyers", "Bakers for Bread", "Coalition of the Ferrymen and", "the Dockers", "Odhikar")
    READ = (
        "1. Amber Coast Lawyers",
        "2. Bakers for Bread",
        "3. Coalition of the Ferrymen and",
        "the Dockers",
        "4. Odhikar",
    )

    def test_names_are_counted_and_a_person_is_asked(self) -> None:
        made = restored("The army came to the town in the night and burned it.", "¶Signatories", *self.NAMES)

        assert texts_of(made)[2:] == self.READ
        assert [doubt.reason.partition("?")[0] for doubt in made.doubts] == [
            "This list has no numbers. Are these 4 names, and does each begin where it should"
        ]

    def test_nobody_is_asked_where_the_text_says_how_many_they_are(self) -> None:
        made = restored("We are 4 organisations of the coast, and we call on the court.", "¶Signed by", *self.NAMES)

        assert texts_of(made)[2:] == self.READ
        assert made.doubts == ()

    def test_a_number_of_anything_else_tells_nothing(self) -> None:
        made = restored("We have waited for 4 years, and we call on the court.", "¶Signed by", *self.NAMES)

        assert texts_of(made)[2:] == self.READ
        assert len(made.doubts) == 1

    def test_empty_lines_part_the_names_where_they_are_as_many_as_the_text_says(self) -> None:
        names = [f"¶{name}" for name in (*self.NAMES[:2], "Coalition of Weavers and", *self.NAMES[3:])]
        made = restored("We, five or so, are 5 organisations, and we call on the court.", "¶Signed by", *names)

        assert list(texts_of(made)[-3:]) == ["3. Coalition of Weavers and", "4. the Dockers", "5. Odhikar"]
        assert made.doubts == ()

    def test_a_paragraph_in_a_narrow_column_that_begins_with_those_who_sign_heads_no_names(self) -> None:
        text = ("¶The undersigned groups", "ask the court to hear", "them in the spring of", "that year.")

        assert restored(*text).lines == tuple(
            Line(at, at, each.removeprefix("¶"), Gap.BLANK if each[0] == "¶" else Gap.NONE, "\n")
            for at, each in enumerate(text, 1)
        )

    def test_whom_to_write_to_is_no_name(self) -> None:
        made = restored("¶Signatories", *self.NAMES, "¶Contact: press@statement.example")

        assert texts_of(made)[-1] == "Contact: press@statement.example"
        assert len(made.doubts) == 1

    def test_a_heading_above_sentences_heads_no_list(self) -> None:
        text = (
            "¶Endorsed by the Council",
            "The army came to the town in the night and burned it.",
            "It fled.",
            "So.",
        )

        assert texts_of(restored(*text))[1:] == text[1:]

    def test_two_lines_are_no_list(self) -> None:
        assert texts_of(restored("¶Signatories", "Amber Coast", "Bakers")) == (
            "Signatories",
            "Amber Coast",
            "Bakers",
        )


def test_every_word_of_a_damaged_list_is_there_once() -> None:
    scan = "Signatories\n1.\n2.\n3.\n4.\n\nAmber Coast\nBakers\nCoalition of\nFerrymen\nDockers"
    words = text_of(clean(source_of(scan))).split()

    assert sorted(words) == sorted(scan.split())


FORMS = (
    "{:02}.",
    "No. {}",
    "No {}",
    "Nº {}",
    "#{}",
    "[{}]",
    "{} –",
    "{} -—",
    "{}.-",
    "{}º",
    "{}/",
    "| {} |",
    "№ {}",
)
"""How papers print the number of a name, some of them as a scanner reads it."""


class TestForms:
    """A number of a list is a number in whatever form it is printed."""

    @pytest.mark.parametrize("form", FORMS)
    def test_numbers_stand_plainly_before_their_names(self, form: str) -> None:
        scan = (f"{form.format(number)} {name}" for number, name in enumerate(NAMES, 1))

        made = restored("¶Signatories", *scan)

        assert texts_of(made)[1:] in (NUMBERED, tuple(f"0{name}" for name in NUMBERED)) and not made.doubts

    @pytest.mark.parametrize("form", ["No. {}", "#{}", "[{}]", ".{}"])
    def test_numbers_in_a_column_of_their_own(self, form: str) -> None:
        column = [f"¶{number}" if number == 1 else form.format(number) for number in range(1, 7)]

        assert texts_of(restored("¶Signatories", *column, *NAMES)) == ("Signatories", *NUMBERED)

    def test_words_for_number_in_a_column_of_their_own_are_no_names(self) -> None:
        scan = ("¶Signatories", *(["No."] * 6), *NAMES, *(f"No. {n} Women of Port {n}" for n in range(7, 14)))

        made = texts_of(restored(*scan))

        assert made == ("Signatories", *NUMBERED, *(f"{n}. Women of Port {n}" for n in range(7, 14)))

    def test_what_is_no_list_keeps_its_form(self) -> None:
        texts = ("¶[1] Report of the Commission, 2031.", "¶No. 4 is the worst.", "¶12 – 14 October", "¶#2")

        assert texts_of(restored(*texts)) == tuple(text.removeprefix("¶") for text in texts)

    def test_folios_are_no_form_of_a_list(self) -> None:
        names = [f"{number}) Women of Port {number}" for number in range(1, 21)]
        pages = [line for page in range(4) for line in (*names[5 * page : 5 * page + 5], f"¶[{page + 1}]")]

        made = restored("¶Signatories", *pages)

        assert [text for text in texts_of(made) if text in names] == names

    def test_a_change_and_a_doubt_quote_the_form_that_was_read(self) -> None:
        scan = [f"No. {number} {name}" for number, name in enumerate(NAMES, 1) if number != 3]

        made = restored("¶Signatories", *scan)

        assert [doubt.text for doubt in made.doubts] == ["No. 4 Dockers’ Local 44"]
        assert all("No. " in edit.entry.before for edit in made.edits if edit.entry)


class TestRows:
    """Lists that fill their rows first, read column after column."""

    def test_two_columns_read_one_after_the_other(self) -> None:
        made = restored("¶Signatories", *NUMBERED[0::2], *(f"¶{name}" for name in NUMBERED[1::2]))

        assert texts_of(made) == ("Signatories", *NUMBERED)

    def test_a_number_that_was_misread_is_what_its_column_makes_it(self) -> None:
        names = [f"{number}. Women of Port {number}" for number in range(1, 13)]
        odd = [*names[::2]]
        odd[2] = odd[2].replace("5.", "6.", 1)

        assert texts_of(restored("¶Signatories", *odd, *names[1::2])) == ("Signatories", *names)

    def test_a_column_that_was_read_before_the_text_beside_it(self) -> None:
        names = [f"{number}) Women of Port {number}" for number in range(1, 13)]
        demands = ("¶1. Free them and all", "of the others", "¶2. Open the courts", "¶3. Tell us where they are")

        made = restored("¶We ask:", *demands[:2], *(f"¶{name}" for name in names[::2]), *demands[2:], *names[1::2])

        assert texts_of(made) == ("We ask:", *(text.removeprefix("¶") for text in demands), *names)

    def test_a_word_taken_for_the_number_that_a_column_leaves_out_goes_on_with_its_name(self) -> None:
        names = [f"{number}. Women of Port {number}" for number in range(1, 13)]
        scan = ["¶Firmantes", *names[:9:2], "del Mar", names[10], *names[1::2]]

        made = texts_of(restored(*scan, language="es"))

        assert made == ("Firmantes", *names[:9], "del Mar", *names[9:])

    def test_the_heading_of_names_that_stood_elsewhere_goes_with_them(self) -> None:
        demands = [f"{number}. We ask for {number}" for number in range(1, 9)]
        names = [f"({number}) Women of Port {number}" for number in range(1, 13)]
        body = ("¶It began in a", "winter of snow.")

        made = restored(
            *body, "¶ENDORSED BY", *names[:5], "¶Then it went on.", *demands, f"¶{names[5]}", *names[6:]
        )

        assert texts_of(made) == (body[0][1:], body[1], "Then it went on.", *demands, "ENDORSED BY", *names)


class TestDates:
    """A day of a year is no name and no number, below the list or at a page's edge."""

    @pytest.mark.parametrize(
        "date", ["Done at Port Amber, 4 October 2036", "4th of October 2036", "October 4, 2036"]
    )
    def test_a_date_below_the_last_name_is_none_of_it(self, date: str) -> None:
        assert texts_of(restored("¶Signatories", *NUMBERED, f"¶{date}")) == ("Signatories", *NUMBERED, date)

    def test_a_date_between_names_goes_below_them(self) -> None:
        made = restored("¶Signatories", *NUMBERED[:3], "¶4 October 2036", f"¶{NUMBERED[3]}", *NUMBERED[4:])

        assert texts_of(made) == ("Signatories", *NUMBERED, "4 October 2036")
        assert [doubt.text for doubt in made.doubts] == ["4 October 2036"]

    def test_a_day_without_its_year_may_be_a_name(self) -> None:
        names = ("1. Movement of 4 October", "2. League of Shepherds (est. 1911)", "3. Action 2036")

        assert texts_of(restored("¶Signatories", *names)) == ("Signatories", *names)


class TestEdges:
    """What stands at a page's edge, beside a column of numbers."""

    def test_a_name_of_two_lines_below_its_own_number_is_one(self) -> None:
        scan = [line for number, name in enumerate(NAMES, 1) for line in (f"¶{number}.", f"¶{name}", "of the Sea")]

        made = restored("¶Signatories", *scan)

        assert [text for text in texts_of(made) if text != "of the Sea"] == ["Signatories", *NUMBERED]
        assert texts_of(made).count("of the Sea") == len(NAMES)
