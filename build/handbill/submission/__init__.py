"""Submission: a version of a statement becomes the file of a written statement to the Human Rights Council.

In: a version, who sponsors it, what OHCHR asks for (`ohchr.toml`). Out: a paper whose words are counted, and the
same as a .docx file. Nothing of the masthead or the emblem of the United Nations is in it.
"""

from handbill.submission.conventions import Conventions, Labels, load_conventions
from handbill.submission.counting import Section, by_section
from handbill.submission.document import write
from handbill.submission.paper import Note, Paper, Paragraph, lay_down
from handbill.submission.sponsors import Sponsor, Sponsors, group

__all__ = [
    "Conventions",
    "Labels",
    "Note",
    "Paper",
    "Paragraph",
    "Section",
    "Sponsor",
    "Sponsors",
    "by_section",
    "group",
    "lay_down",
    "load_conventions",
    "write",
]
