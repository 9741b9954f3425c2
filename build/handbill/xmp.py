"""XMP: the packet in which a PDF says what it is (ISO 16684-1; ISO 32000-1, 14.3.2).

In: a `Description` and the standards that the file claims to conform to. Out: the packet, the same bytes from the
same description; or, from a packet, its properties.
"""

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import Enum
from xml.sax.saxutils import escape

import defusedxml.ElementTree
from defusedxml.common import DefusedXmlException

from handbill.errors import ContentError

NAMESPACES: Mapping[str, str] = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfx": "http://ns.adobe.com/pdfx/1.3/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
}
"""The vocabularies by the prefix they are written with."""

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

_BEGIN = '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
_END = '</x:xmpmeta>\n<?xpacket end="w"?>'

_EXTENSION = """<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""
"""What PDF/A-1 to 3 ask for where a property is none of their own (ISO 19005-2, 6.6.2.3): here that of PDF/UA."""


class Claim(Enum):
    """A standard that a file says it conforms to."""

    PDFA_2A = "PDF/A-2a"
    PDFA_3A = "PDF/A-3a"
    PDFUA_1 = "PDF/UA-1"
    PDFX_4 = "PDF/X-4"


@dataclass(frozen=True, slots=True)
class Description:
    """What a file says of itself.

    Attributes:
        title: Its title.
        language: BCP 47 tag.
        created: When it was made.
        modified: When it was changed.
        document: UUID of the document, the same for all its versions.
        instance: UUID of this version.
        source: Address of what it is a rendition of, or "".
        keywords: What it is about.
        trapped: Whether inks that meet are made to overlap; None where the file does not say.
    """

    title: str
    language: str
    created: datetime
    modified: datetime
    document: str
    instance: str
    source: str = ""
    keywords: tuple[str, ...] = ()
    trapped: bool | None = None

    def as_made_into(self, edition: str, recipe: str) -> "Description":
        """The same for another edition made from this one: its identifiers follow from what it was made of and how.

        Args:
            edition: The edition's name.
            recipe: Everything that decides how it is made.
        """
        return replace(
            self,
            document=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.document}#{edition}")),
            instance=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.instance}#{edition}#{recipe}")),
        )


def write_packet(description: Description, claims: AbstractSet[Claim] = frozenset()) -> bytes:
    """The packet of a description and the claims of its file."""
    parts = (_core, _dates, _pdf, _identifiers)
    groups = (_claimed(claims), *(part(description) for part in parts))
    used = {prefix for prefix in NAMESPACES if any(f"<{prefix}:" in group for group in groups)} | {"rdf"}
    spaces = " ".join(f'xmlns:{prefix}="{NAMESPACES[prefix]}"' for prefix in sorted(used))
    body = "\n".join(f'<rdf:Description rdf:about="">\n{group}\n</rdf:Description>' for group in groups if group)
    return f"{_BEGIN}<rdf:RDF {spaces}>\n{body}\n</rdf:RDF>\n{_END}".encode()


def read_packet(packet: bytes) -> Description:
    """The description in a packet.

    Raises:
        ContentError: It is no XMP, or it lacks what a description must have.
    """
    said = properties(packet)

    def one(name: str) -> str:
        if not said.get(name):
            raise ContentError(f"The metadata of the PDF has no {name}.", "Build it again with handbill.")
        return said[name][0]

    return Description(
        title=one("dc:title"),
        language=one("dc:language"),
        created=_moment(one("xmp:CreateDate")),
        modified=_moment(one("xmp:ModifyDate")),
        document=one("xmpMM:DocumentID").removeprefix("uuid:"),
        instance=one("xmpMM:InstanceID").removeprefix("uuid:"),
        source="".join(said.get("dc:source", ())[:1]),
        keywords=said.get("dc:subject", ()),
        trapped={"True": True, "False": False}.get("".join(said.get("pdf:Trapped", ())[:1])),
    )


def properties(packet: bytes) -> dict[str, tuple[str, ...]]:
    """All properties of a packet by their usual name, "dc:title"; those of unknown vocabularies are left out.

    Raises:
        ContentError: It is no XMP.
    """
    try:
        root = defusedxml.ElementTree.fromstring(packet.strip(b"\x00 \r\n\t"))
    except (ET.ParseError, DefusedXmlException, ValueError) as error:
        raise ContentError(f"The metadata of the PDF cannot be read: {error}.") from None
    said: dict[str, tuple[str, ...]] = {}
    for about in root.iter(_tag("rdf:Description")):
        for tag, value in about.attrib.items():
            said[_name(tag)] = (value,)
        for each in about:
            said[_name(each.tag)] = _values(each)
    return {name: values for name, values in said.items() if name and not name.startswith("rdf:")}


def pdf_date(moment: datetime) -> str:
    """A moment as PDF writes it (ISO 32000-1, 7.9.4).

    >>> pdf_date(datetime(2025, 1, 31, tzinfo=UTC))
    'D:20250131000000Z'
    """
    return f"D:{moment.astimezone(UTC):%Y%m%d%H%M%S}Z"


def _claimed(claims: AbstractSet[Claim]) -> str:
    lines = []
    part = "3" if Claim.PDFA_3A in claims else "2" if Claim.PDFA_2A in claims else ""
    if part:
        lines += [f"<pdfaid:part>{part}</pdfaid:part>", "<pdfaid:conformance>A</pdfaid:conformance>"]
    if Claim.PDFUA_1 in claims:
        lines.append("<pdfuaid:part>1</pdfuaid:part>")
    if part and Claim.PDFUA_1 in claims:
        lines.append(_EXTENSION)
    if Claim.PDFX_4 in claims:
        lines.append("<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>")
    return "\n".join(lines)


def _core(description: Description) -> str:
    title, language = escape(description.title), escape(description.language)
    lines = [
        "<dc:format>application/pdf</dc:format>",
        f'<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>',
        f"<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>",
    ]
    if description.source:
        lines.append(f"<dc:source>{escape(description.source)}</dc:source>")
    if description.keywords:
        items = "".join(f"<rdf:li>{escape(word)}</rdf:li>" for word in description.keywords)
        lines.append(f"<dc:subject><rdf:Bag>{items}</rdf:Bag></dc:subject>")
    return "\n".join(lines)


def _dates(description: Description) -> str:
    created, modified = _timestamp(description.created), _timestamp(description.modified)
    return (
        f"<xmp:CreateDate>{created}</xmp:CreateDate>\n"
        f"<xmp:ModifyDate>{modified}</xmp:ModifyDate>\n"
        f"<xmp:MetadataDate>{modified}</xmp:MetadataDate>"
    )


def _pdf(description: Description) -> str:
    lines = []
    if description.keywords:
        lines.append(f"<pdf:Keywords>{escape(', '.join(description.keywords))}</pdf:Keywords>")
    if description.trapped is not None:
        lines.append(f"<pdf:Trapped>{description.trapped}</pdf:Trapped>")
    return "\n".join(lines)


def _identifiers(description: Description) -> str:
    return (
        f"<xmpMM:DocumentID>uuid:{description.document}</xmpMM:DocumentID>\n"
        f"<xmpMM:InstanceID>uuid:{description.instance}</xmpMM:InstanceID>\n"
        "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n"
        "<xmpMM:VersionID>1</xmpMM:VersionID>"
    )


def _timestamp(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"


def _moment(text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ContentError(f'The metadata of the PDF has "{text}" where a date belongs.') from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _tag(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def _name(tag: str) -> str:
    """The usual name of an element or attribute; "" where its vocabulary is unknown."""
    address, _, local = tag.removeprefix("{").partition("}")
    return next((f"{prefix}:{local}" for prefix, known in NAMESPACES.items() if known == address), "")


def _values(element: ET.Element) -> tuple[str, ...]:
    """The values of a property: those of its list, of an alternative the default first, or its text."""
    items = element.findall(f"*/{_tag('rdf:li')}")
    if element.find(_tag("rdf:Alt")) is not None:
        items.sort(key=lambda item: item.get(_LANGUAGE) != "x-default")
    if len(element):
        return tuple("".join(item.itertext()) for item in items)
    return ((element.text or "").strip(),)
