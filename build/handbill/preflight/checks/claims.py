"""Checks of the standards that a file claims; quick ones, of what most often makes a claim untrue.

Whether a claim is true altogether is for veraPDF to say: `build/verapdf`.
"""

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Name, Stream

from handbill.errors import ContentError
from handbill.preflight.answers import Answer, any_of, check, failed, skipped
from handbill.preflight.subject import Subject


@check(
    "claims/pdfa",
    reason="An archive refuses a file that says it is PDF/A and is not.",
    source="ISO 19005-2, 6.1 to 6.7",
)
def pdfa(subject: Subject) -> Iterator[Answer]:
    """If it claims PDF/A, does it keep the rules that are most often broken?"""
    part, level = _said(subject, "pdfaid:part"), _said(subject, "pdfaid:conformance")
    if not part:
        yield _no_claim(subject, "PDF/A")
        return
    faults = list(_against_pdfa(subject, part, level))
    yield from any_of([failed(code, message) for code, message in faults], f"PDF/A-{part}{level.lower()}")


def _against_pdfa(subject: Subject, part: str, level: str) -> Iterator[tuple[str, str]]:
    pdf = subject.pdf
    if pdf.is_encrypted:
        yield "encrypted", "PDF/A may not be encrypted."
    if not isinstance(pdf.trailer.get("/ID"), Array):
        yield "no-identifier", "PDF/A asks for an identifier of the file."
    intents = [each for each in pdf.Root.get("/OutputIntents", Array()) if each.get("/S") == Name.GTS_PDFA1]
    device = sorted({paint.space for paint in subject.painted.paints if paint.space.startswith("Device")})
    if device and not any(isinstance(each.get("/DestOutputProfile"), Stream) for each in intents):
        yield "no-output-intent", f"Colours in {', '.join(device)} mean nothing without an output intent."
    for each in subject.file.dictionaries:
        if each.get("/Interpolate", False):
            yield "interpolation", "An image asks to be smoothed."
        if each.get("/S") == Name.JavaScript:
            yield "script", "PDF/A may not have scripts."
    if pdf.attachments and part in ("1", "2"):
        yield "attachment", f"PDF/A-{part} may not carry files."
    if level == "A" and not _is_tagged(subject):
        yield "untagged", "Level A asks for tags."


@check(
    "claims/pdfua",
    reason="Who needs a file that can be heard relies on the claim of PDF/UA.",
    source="ISO 14289-1, 7.1 to 7.18",
)
def pdfua(subject: Subject) -> Iterator[Answer]:
    """If it claims PDF/UA, does it keep the rules that are most often broken?"""
    part = _said(subject, "pdfuaid:part")
    if not part:
        yield _no_claim(subject, "PDF/UA")
        return
    faults = list(_against_pdfua(subject))
    yield from any_of([failed(code, message) for code, message in faults], f"PDF/UA-{part}")


def _against_pdfua(subject: Subject) -> Iterator[tuple[str, str]]:
    root = subject.pdf.Root
    if not _is_tagged(subject):
        yield "untagged", "The file has no tags."
    if not str(root.get("/Lang", "")):
        yield "no-language", "The file does not say in what language it is."
    if not _said(subject, "dc:title"):
        yield "no-title", "The packet has no title."
    if not root.get("/ViewerPreferences", Dictionary()).get("/DisplayDocTitle", False):
        yield "title-not-shown", "The window shows the file's name, not its title."
    if any("/Annots" in page and page.get("/Tabs") != Name.S for page in subject.pdf.pages):
        yield "tab-order", "The tab key does not go in the order of the structure."


def _is_tagged(subject: Subject) -> bool:
    marked = subject.pdf.Root.get("/MarkInfo", Dictionary()).get("/Marked", False)
    return bool(marked) and subject.structure is not None


def _no_claim(subject: Subject, standard: str) -> Answer:
    if any(claim.startswith(standard) for claim in subject.profile.limits.claims):
        return failed("no-claim", f"The file does not say that it is {standard}.")
    return skipped(f"It does not claim to be {standard}.")


def _said(subject: Subject, name: str) -> str:
    try:
        return "".join(subject.said.get(name, ())[:1])
    except ContentError:
        return ""


CHECKS = (pdfa, pdfua)
