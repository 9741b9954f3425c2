"""Preflight: whether a finished PDF may leave the building.

In: a PDF, the edition it is meant for, and the words it was made of where they are known. Out: an answer to every
question of the edition's profile. "Their file is wrong" (fail), "our check broke" (error) and "did not apply"
(skip) are three different answers, and a check that says nothing has broken.
"""

from handbill.preflight.answers import Answer, Check, Status
from handbill.preflight.checks import CHECKS
from handbill.preflight.profiles import ANY, Profile, load_profile
from handbill.preflight.recognise import Recognised, recognise
from handbill.preflight.report import as_json, as_lines
from handbill.preflight.runner import Preflight, Result, preflight
from handbill.preflight.subject import Copy, Layout

__all__ = [
    "ANY",
    "CHECKS",
    "Answer",
    "Check",
    "Copy",
    "Layout",
    "Preflight",
    "Profile",
    "Recognised",
    "Result",
    "Status",
    "as_json",
    "as_lines",
    "load_profile",
    "preflight",
    "recognise",
]
