"""The metadata packet: what is written in it is read from it again, and nothing else."""

import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from handbill.errors import ContentError
from handbill.xmp import Claim, Description, properties, read_packet, write_packet

SAID = Description(
    title="A <b>&amp; “B” ]]>",
    language="zh-Hans",
    created=datetime(2025, 1, 31, 12, 30, tzinfo=timezone(timedelta(hours=5, minutes=30))),
    modified=datetime(2025, 2, 1, tzinfo=UTC),
    document="6f3a2c1e-0000-5000-8000-000000000001",
    instance="6f3a2c1e-0000-5000-8000-000000000002",
    source="https://example.org/?a=1&b=2",
    keywords=("Rights", "war & peace"),
    trapped=False,
)


@pytest.mark.parametrize("said", [SAID, replace(SAID, source="", keywords=(), trapped=None)], ids=["all", "least"])
def test_what_is_written_is_read_again(said: Description) -> None:
    assert read_packet(write_packet(said)) == said


def test_a_moment_is_written_in_universal_time() -> None:
    assert properties(write_packet(SAID))["xmp:CreateDate"] == ("2025-01-31T07:00:00Z",)


def test_it_is_well_formed_and_no_property_stands_twice() -> None:
    packet = write_packet(SAID, set(Claim)).decode()
    ET.fromstring(packet)
    for name in properties(packet.encode()):
        assert packet.count(f"<{name}>") == 1


@pytest.mark.parametrize(
    ("claims", "properties_of_claims"),
    [
        pytest.param(set(), set(), id="none"),
        pytest.param({Claim.PDFA_2A}, {"pdfaid:part", "pdfaid:conformance"}, id="PDF/A alone needs no description"),
        pytest.param({Claim.PDFUA_1}, {"pdfuaid:part"}, id="nor does PDF/UA"),
        pytest.param(
            {Claim.PDFA_2A, Claim.PDFUA_1},
            {"pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "pdfaExtension:schemas"},
            id="both do: PDF/A wants the vocabulary of PDF/UA described",
        ),
        pytest.param({Claim.PDFX_4}, {"pdfxid:GTS_PDFXVersion"}, id="PDF/X-4"),
    ],
)
def test_a_claim_has_its_properties_and_no_other(claims: set[Claim], properties_of_claims: set[str]) -> None:
    plain = set(properties(write_packet(SAID)))
    assert set(properties(write_packet(SAID, claims))) - plain == properties_of_claims


def test_pdf_x_has_the_identifiers_it_asks_for() -> None:
    said = properties(write_packet(SAID, {Claim.PDFX_4}))
    assert said["pdfxid:GTS_PDFXVersion"] == ("PDF/X-4",)
    assert (said["xmpMM:RenditionClass"], said["xmpMM:VersionID"]) == (("default",), ("1",))
    assert said["pdf:Trapped"] == ("False",)


def test_another_edition_and_another_recipe_have_other_identifiers_every_time_the_same() -> None:
    press, again = SAID.as_made_into("press", "marks"), SAID.as_made_into("press", "marks")
    plain, office = SAID.as_made_into("press", "no marks"), SAID.as_made_into("office", "grey")
    assert press == again
    assert press.document == plain.document != office.document != SAID.document
    assert len({SAID.instance, press.instance, plain.instance, office.instance}) == 4


RDF = 'xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def test_the_default_comes_first_of_the_alternatives() -> None:
    title = '<rdf:li xml:lang="fr">Un</rdf:li><rdf:li xml:lang="x-default">One</rdf:li>'
    about = f"<rdf:Description><dc:title><rdf:Alt>{title}</rdf:Alt></dc:title></rdf:Description>"
    packet = f"<rdf:RDF {RDF}>{about}</rdf:RDF>"
    assert properties(packet.encode())["dc:title"] == ("One", "Un")


def test_properties_written_as_attributes_are_read_too() -> None:
    packet = f'<rdf:RDF {RDF}><rdf:Description rdf:about="" dc:format="application/pdf"/></rdf:RDF>'
    assert properties(packet.encode()) == {"dc:format": ("application/pdf",)}


@pytest.mark.parametrize(
    "packet",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<a><b></a>", id="no XML"),
        pytest.param(b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', id="an entity of its own"),
    ],
)
def test_what_is_no_packet_is_refused(packet: bytes) -> None:
    with pytest.raises(ContentError, match="cannot be read"):
        properties(packet)


def test_a_packet_that_lacks_something_is_refused_by_its_name() -> None:
    packet = write_packet(SAID).replace(b"dc:title", b"dc:heading")
    with pytest.raises(ContentError, match="dc:title") as refused:
        read_packet(packet)
    assert refused.value.remedy
