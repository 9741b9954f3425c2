"""Accessible and archival: what a tagged PDF needs beside its tags, to be PDF/UA-1 and PDF/A-2a in one file.

In: an open PDF that `tagging` gave its structure. Out: the same one, kept to ISO 14289-1 and ISO 19005-2, and what
its XMP packet may claim. With a file in it, it is PDF/A-3a, the part that allows one. Nothing is claimed of a file
without tags; whether the claim is true is for veraPDF to say (`build/verapdf`, tests/test_conformance.py).
"""

from functools import lru_cache

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from handbill.assets import resource_folder
from handbill.errors import FaultError
from handbill.xmp import Claim

_PRINT = 4
"""The flag of an annotation that is printed, and neither hidden nor invisible (ISO 32000-1, table 165)."""


def make_accessible(pdf: pikepdf.Pdf) -> frozenset[Claim]:
    """Make a tagged PDF conform, and return what it may claim to be; title and language are still to be written.

    Raises:
        FaultError: It has no structure.
    """
    _refuse_untagged(pdf)
    _add_output_intent(pdf)
    _show_links(pdf)
    _leave_pixels_alone(pdf)
    _leave_glyph_lists_out(pdf)
    _show_title(pdf)
    return frozenset({_associate_files(pdf), Claim.PDFUA_1})


def _refuse_untagged(pdf: pikepdf.Pdf) -> None:
    tagged = "/StructTreeRoot" in pdf.Root and bool(pdf.Root.get("/MarkInfo", Dictionary()).get("/Marked"))
    if not tagged or any(page.get("/Tabs") != Name.S for page in pdf.pages):
        raise FaultError(
            "The PDF has no structure, and cannot be made accessible.",
            "Report this with the statement it is about.",
        )


@lru_cache(maxsize=1)
def _srgb() -> bytes:
    return (resource_folder("styles") / "colour" / "sRGB2014.icc").read_bytes()


def _add_output_intent(pdf: pikepdf.Pdf) -> None:
    """Say what the file's RGB means (ISO 19005-2, 6.2.3 and 6.2.4.3)."""
    profile = pdf.make_stream(_srgb(), N=3, Alternate=Name.DeviceRGB)
    pdf.Root.OutputIntents = Array(
        [
            Dictionary(
                Type=Name.OutputIntent,
                S=Name.GTS_PDFA1,
                OutputConditionIdentifier=String("sRGB"),
                RegistryName=String("http://www.color.org"),
                Info=String("sRGB (IEC 61966-2-1)"),
                DestOutputProfile=pdf.make_indirect(profile),
            )
        ]
    )


def _show_title(pdf: pikepdf.Pdf) -> None:
    """Let a viewer's window have the title, not the file's name (ISO 14289-1, 7.1)."""
    if "/ViewerPreferences" not in pdf.Root:
        pdf.Root.ViewerPreferences = Dictionary()
    pdf.Root.ViewerPreferences.DisplayDocTitle = True


def _show_links(pdf: pikepdf.Pdf) -> None:
    """Let no annotation be hidden, on the screen or in print (ISO 19005-2, 6.3.2)."""
    for page in pdf.pages:
        for annotation in page.get("/Annots", Array()):
            annotation.F = _PRINT


def _leave_pixels_alone(pdf: pikepdf.Pdf) -> None:
    """Let no viewer smooth a picture (ISO 19005-2, 6.2.8)."""
    for image in pdf.objects:
        if isinstance(image, Stream) and "/Interpolate" in image:
            del image["/Interpolate"]


def _leave_glyph_lists_out(pdf: pikepdf.Pdf) -> None:
    """Leave out the list of a font's glyphs, which must be whole where it is there (ISO 19005-2, 6.2.11.4.2)."""
    for descriptor in pdf.objects:
        if isinstance(descriptor, Dictionary) and "/CIDSet" in descriptor:
            del descriptor["/CIDSet"]


def _associate_files(pdf: pikepdf.Pdf) -> Claim:
    """Tie the files in a PDF to it as a whole (ISO 19005-3, 6.8), and tell which PDF/A it is with them."""
    if not pdf.attachments:
        return Claim.PDFA_2A
    pdf.Root.AF = Array([file.obj for file in pdf.attachments.values()])
    return Claim.PDFA_3A
