"""How many units of a language say what 120 words of English say: the paces of the packs ([speech]).

Run it with `.venv/bin/python tests/bench/pace.py`. Languages say the same in about the same time (Coupé and
others, Science Advances 5, 2019: 39 bits a second, in 17 languages), and how fast a text is read aloud follows
from the number of words that a language needs for it (Brysbaert, Journal of Memory and Language 109, 2019). So the
units of tests/texts, fourteen paragraphs of the Universal Declaration, are counted in each language, beside those
of English, which interpreters ask to be spoken at 100 to 120 words a minute.

Where that would be more than 70 % of the pace at which adults were timed reading aloud, that share is the pace
instead: Arabic (138 words a minute), Chinese (255 characters), Japanese (357; all three Trauzettel-Klosinski and
Dietz, IReST, 2012). Burmese, Shan, Mon and Karen were never timed, for all we know: theirs is that share of Thai
(4.7 syllables a second; Coupé). The 70 % is our own choice, as 120 is about so much of the 183 words at which
English is read aloud (Brysbaert); no speaker has been timed for any of this.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from handbill.languages import known_languages, load_language
from handbill.speech import counted
from specimen import TEXTS

ENGLISH = 120


def units(tag: str) -> int:
    """Units of a language's text."""
    return counted((TEXTS / f"{tag}.txt").read_text(encoding="utf-8"), load_language(tag))


def pace(tag: str) -> int:
    """Units a minute, rounded to five."""
    return 5 * round(ENGLISH * units(tag) / units("en") / 5)


if __name__ == "__main__":
    for tag in known_languages():
        if (TEXTS / f"{tag}.txt").exists():
            form = load_language(tag).pack.speech
            print(f"{tag}: {units(tag)} {form.unit}, {pace(tag)} a minute; its pack says {form.per_minute}")
