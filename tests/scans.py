"""Texts as scanners leave them, for properties that must hold of every text."""

from hypothesis import strategies as st

WORDS = (
    *("the", "a", "of", "court", "military", "army", "people", "must", "act", "now", "international"),
    *("organisations", "Geneva", "Rohingya", "long-term", "ill-treatment", "6,000", "2021", "3.5", "“close"),
    *("cooperation”", "said.", "killed,", "town.", "No.", "5", "U.N.", "e.g.", "Myanmar’s", "it's", "(ICC)"),
    *("-", "—", "well-", "réseau", "re\u0301seau", "ﬁnal", "Iocal", "2O21", "mili-", "tary", "a_word", "xqzvbt"),
    *("soft\u00adly", "ندعو", "我们", "Совет", "ကျွန်ုပ်တို့", "\u200bzero", "\u202edirection\u202c", "co\x00urt"),
)
FIRST_WORDS = ("Network", "Association", "Clause", "ODHIKAR", "Asociación", "Friends")
TOWNS = ("", "Amber", "Brook", "Clay", "Dover", "Elm", "Fern", "Grove", "Hill")
LINE_ENDS = ("\n", "\n", "\n", "\n\n", "\n\f", "-\n", "\n ", "\r\n", "  \n\n\n", "\n\t\n")
FURNITURE = (
    *("12", "- 3 -", "Page 3 of 7", "Freedom in the Valley", "• Free them.", "(a) free them", "2. Act now"),
    *("uoljdnoo Jo pua ay} pue 'mou satjuno9 ano4", "HOMAN RIGHTS NOW", "24.", "\x00", "\u2028", "¢ Free them"),
)


@st.composite
def scans(draw: st.DrawFn, furniture: bool = True) -> str:
    """Words of statements, lines, gaps, pages, cut words, furniture if asked for, and names at the end."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=1, max_size=80))
    ends = draw(st.lists(st.sampled_from(LINE_ENDS), min_size=len(words), max_size=len(words)))
    breaks = draw(st.lists(st.integers(0, 9), min_size=len(words), max_size=len(words)))
    stray = draw(
        st.lists(
            st.sampled_from(("", "", "", *(FURNITURE if furniture else ()))),
            min_size=len(words),
            max_size=len(words),
        )
    )
    text = ""
    for word, end, at_end, line in zip(words, ends, breaks, stray, strict=True):
        text += word + (end if at_end == 0 else " ")
        text += f"{line}{end}" if line and at_end == 0 else ""
    return text + draw(lists_of_names())


@st.composite
def lists_of_names(draw: st.DrawFn) -> str:
    """Names below their text: one on a line, read across two columns, apart from their numbers, or some without."""
    count = draw(st.integers(0, 8))
    names = [f"{draw(st.sampled_from(FIRST_WORDS))} {TOWNS[n]} of Towns" for n in range(1, count + 1)]
    listed = [f"{n}. {name}" for n, name in enumerate(names, 1)]
    damage = draw(st.sampled_from(("none", "none", "across", "apart", "lost", "wrapped")))
    if damage == "across":
        half = (count + 1) // 2
        listed = [" ".join(listed[row::half]) for row in range(half)]
    elif damage == "apart":
        listed = [*(f"{n}." for n in range(1, count + 1)), *names]
    elif damage == "lost":
        listed = [name if draw(st.booleans()) else line for name, line in zip(names, listed, strict=True)]
    elif damage == "wrapped":
        listed = [line.replace(" of ", "\nof ") for line in listed]
    end = draw(st.sampled_from(("\n", "\n\n")))
    return "".join(f"{end}{line}" for line in ("", *listed))


ANY_TEXT = st.text(max_size=300)
"""Any characters at all: controls, marks without a letter, every script."""
