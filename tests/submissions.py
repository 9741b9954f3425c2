"""A small statement of five organisations that are nowhere, with notes, in three languages, to be submitted."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from handbill.translate import read_catalogue, write_catalogue
from handbill.translations import Review, update_translation

NAME = "valley"
FIRST_NOTE = "Report of the Valley Commission, 2024."
SECOND_NOTE = "Testimonies collected by River Watch."

SOURCE = f"""Valley: Four years of war, the Council must act

We, the undersigned 5 organizations, call on the Council to act on the war in the valley, which lasts four years.¹

¹ {FIRST_NOTE}

What has happened

In 2024 more than 600 houses were burned in the valley, and 900 people fled to the hills.² The villages are empty.

² {SECOND_NOTE}

What we ask

We call on the Human Rights Council:

• to send observers to the valley;

• to renew the mandate of the Commission.

1. Aurora International
2. River Watch
3. Valley Sisters
4. Hill Union
5. Plain Network
"""

STATEMENT = """title = "Valley: Four years of war, the Council must act"
language = "en"
published = 2025-06-02
online = "https://example.org/valley"
languages = ["en"]
keywords = ["valley"]

[session]
name = "59th session of the Human Rights Council"
opens = 2025-06-16
closes = 2025-07-09
agenda_item = 4

[submission]
submitted_by = 2
"""

STATUSES = {1: "general", 2: "special", 3: "roster", 4: "none", 5: "none"}
NAMES = ("Aurora International", "River Watch", "Valley Sisters", "Hill Union", "Plain Network")

TRANSLATIONS: Mapping[str, Mapping[str, str]] = {
    "fr": {
        "title": "Vallée : quatre ans de guerre, le Conseil doit agir",
        "session": "59e session du Conseil des droits de l’homme",
        "p1": "Nous, les 5 organisations soussignées, demandons au Conseil d’agir face à la guerre dans la vallée, "
        "qui dure depuis quatre ans.¹",
        "n1": "Rapport de la Commission de la vallée, 2024.",
        "h1": "Ce qui s’est passé",
        "p2": "En 2024, plus de 600 maisons ont été brûlées dans la vallée et 900 personnes ont fui vers les "
        "collines.² Les villages sont vides.",
        "n2": "Témoignages recueillis par River Watch.",
        "h2": "Ce que nous demandons",
        "p3": "Nous demandons au Conseil des droits de l’homme :",
        "i1": "d’envoyer des observateurs dans la vallée ;",
        "i2": "de renouveler le mandat de la Commission.",
    },
    "es": {
        "title": "Valle: cuatro años de guerra, el Consejo debe actuar",
        "session": "59.º período de sesiones del Consejo de Derechos Humanos",
        "p1": "Las 5 organizaciones firmantes pedimos al Consejo que actúe ante la guerra en el valle, que dura ya "
        "cuatro años.¹",
        "n1": "Informe de la Comisión del Valle, 2024.",
        "h1": "Lo que ha pasado",
        "p2": "En 2024 fueron quemadas más de 600 casas en el valle, y 900 personas huyeron a las colinas.² Las "
        "aldeas están vacías.",
        "n2": "Testimonios recogidos por River Watch.",
        "h2": "Lo que pedimos",
        "p3": "Pedimos al Consejo de Derechos Humanos:",
        "i1": "que envíe observadores al valle;",
        "i2": "que renueve el mandato de la Comisión.",
    },
}


def valley(root: Path, statuses: Mapping[int, str] = STATUSES) -> Path:
    """The folder of the statement."""
    folder = root / NAME
    folder.mkdir()
    (folder / "source.txt").write_text(SOURCE, encoding="utf-8")
    (folder / "statement.toml").write_text(STATEMENT, encoding="utf-8")
    set_statuses(folder, statuses)
    return folder


def set_statuses(folder: Path, statuses: Mapping[int, str], more: str = "") -> None:
    """Write signatories.toml."""
    entries = [
        f'[[signatories]]\nnumber = {number}\nname = "{NAMES[number - 1]}"\nstatus = "{status}"\n'
        'source = "The database, 2 June 2025"\n'
        for number, status in statuses.items()
    ]
    (folder / "signatories.toml").write_text("\n".join([*entries, more]), encoding="utf-8")


def change(folder: Path, file: str, before: str, after: str) -> None:
    """Change one place of a file of the statement."""
    path = folder / file
    text = path.read_text("utf-8")
    assert text.count(before) == 1
    path.write_text(text.replace(before, after), encoding="utf-8")


def translated(folder: Path, tag: str, *, reviewed: bool = True, without: str = "") -> None:
    """Put a translation beside it: whole but for one message, and reviewed if it is whole."""
    update_translation(folder, tag)
    path, words = folder / f"{tag}.po", TRANSLATIONS[tag]
    catalogue = read_catalogue(path, tag)
    entries = tuple(
        replace(each, text="" if each.id == without else words.get(each.id, each.text))
        for each in catalogue.entries
    )
    path.write_bytes(write_catalogue(replace(catalogue, entries=entries), NAME))
    if reviewed and not without:
        update_translation(folder, tag, review=Review("A. Reader", date(2025, 6, 3)))


def words_of(text: str) -> list[str]:
    """The words of a text, bare of line ends and no-break spaces."""
    return re.split(r"\s+", text.strip())
