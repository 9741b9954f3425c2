"""XLIFF: a catalogue for translators who work in a CAT tool.

In: a catalogue and its messages. Out: an XLIFF 1.2 document (OASIS standard, 1 February 2008), and from a document
that comes back, the catalogue with its translations. A document that is not about the text of today is refused.
"""

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import replace

import defusedxml.ElementTree
from defusedxml import DefusedXmlException

from handbill.errors import CallError
from handbill.model import Message
from handbill.translate.catalogue import Catalogue, Entry

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_WAY_OUT = "Export it anew with `handbill translate STATEMENT TAG --xliff FILE`."


def write_xliff(catalogue: Catalogue, messages: Sequence[Message], name: str, source_language: str) -> bytes:
    """The XLIFF document of a catalogue; names are in it, locked."""
    ET.register_namespace("", NAMESPACE)
    root = ET.Element(_tag("xliff"), version="1.2")
    file = ET.SubElement(
        root,
        _tag("file"),
        {
            "original": name,
            "source-language": source_language,
            "target-language": catalogue.language,
            "datatype": "plaintext",
        },
    )
    body = ET.SubElement(file, _tag("body"))
    for message in messages:
        entry = catalogue.entry(message.id)
        assert entry
        _write_unit(body, message, entry, source_language, catalogue.language)
    ET.indent(root)
    document: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return document + b"\n"


def _write_unit(body: ET.Element, message: Message, entry: Entry, source_language: str, language: str) -> None:
    unit = ET.SubElement(body, _tag("trans-unit"), {"id": message.id, "resname": message.id, _SPACE: "preserve"})
    if message.given:
        unit.set("translate", "no")
    if message.room:
        unit.set("maxwidth", str(message.room))
        unit.set("size-unit", "char")
    ET.SubElement(unit, _tag("source"), {_LANG: source_language}).text = message.text
    if entry.text:
        state = "needs-review-translation" if entry.stale else "translated"
        ET.SubElement(unit, _tag("target"), {_LANG: language, "state": state}).text = entry.text
    if entry.note:
        ET.SubElement(unit, _tag("note"), {"from": "handbill"}).text = entry.note
    if entry.previous:
        former = ET.SubElement(unit, _tag("alt-trans"), {"alttranstype": "previous-version"})
        ET.SubElement(former, _tag("source"), {_LANG: source_language}).text = entry.previous
        ET.SubElement(former, _tag("target"), {_LANG: language}).text = entry.text


def read_xliff(content: bytes, where: str, catalogue: Catalogue) -> Catalogue:
    """The catalogue with the translations of an XLIFF document.

    A unit whose state begins with "needs-" stays stale; one that is new or empty leaves the catalogue as it was.

    Args:
        content: The document.
        where: Its path, for messages.
        catalogue: What it was exported from, in step with the text.

    Raises:
        CallError: It is no XLIFF 1.2, is into another language, or translates other words than the text has now.
    """
    try:
        root = defusedxml.ElementTree.fromstring(content, forbid_dtd=True)
    except (ET.ParseError, DefusedXmlException, ValueError) as error:
        raise CallError(f"{where}: not an XML document that can be read: {error}.", _WAY_OUT) from None
    if root.tag != _tag("xliff") or root.get("version") != "1.2":
        raise CallError(f"{where}: not an XLIFF 1.2 document.", "Save it as XLIFF 1.2 in the CAT tool.")
    languages = {file.get("target-language", "") for file in root.iter(_tag("file"))}
    if languages != {catalogue.language}:
        shown = ", ".join(sorted(languages))
        raise CallError(f'{where}: the target language is "{shown}", not "{catalogue.language}".', _WAY_OUT)
    units = {unit.get("id", ""): unit for unit in root.iter(_tag("trans-unit"))}
    known = {entry.id: entry for entry in catalogue.entries}
    _refuse_strangers(units, known, where)
    return replace(catalogue, entries=tuple(_taken(entry, units.get(entry.id)) for entry in catalogue.entries))


def _refuse_strangers(units: Mapping[str, ET.Element], known: Mapping[str, Entry], where: str) -> None:
    for unit_id, unit in units.items():
        entry, source = known.get(unit_id), _words(unit.find(_tag("source")))
        if entry is None:
            raise CallError(f'{where}: "{unit_id}" is no text of this statement.', _WAY_OUT)
        if source != entry.source:
            raise CallError(
                f"{where}: {unit_id} was translated from other words.\n"
                f"    there: {source}\n    now:   {entry.source}",
                _WAY_OUT,
            )


def _taken(entry: Entry, unit: ET.Element | None) -> Entry:
    target = unit.find(_tag("target")) if unit is not None else None
    text = _words(target)
    if unit is None or target is None or not text or unit.get("translate") == "no":
        return entry
    state = target.get("state", "translated")
    if state == "new":
        return entry
    stale = state.startswith("needs-")
    return replace(entry, text=text, stale=stale, previous=entry.previous if stale else "")


def _words(element: ET.Element | None) -> str:
    """The words of an element without the tool's inline marks."""
    return "".join(element.itertext()) if element is not None else ""


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
