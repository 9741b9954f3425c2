"""Checks of PDF/X-4 that concern the print shop alone; the table in `x4` asks them."""

from handbill.preflight.checks.rules import from_rule

_REFUSED = "A print shop's own preflight refuses the file."
_INK = "The colour on paper is another than the one on the screen."

CHECKS = (
    from_rule("press/header", "header", _REFUSED),
    from_rule("press/identifier", "identifier", _REFUSED),
    from_rule("press/external-streams", "external-streams", "What is not in the file is not printed."),
    from_rule("press/embedded-files", "embedded-files", _REFUSED),
    from_rule("press/postscript", "postscript", "What is not in the file is not printed."),
    from_rule("press/output-intent", "output-intent", "Nobody knows for which paper the inks are meant."),
    from_rule("press/condition", "condition", "Nobody knows for which paper the inks are meant."),
    from_rule("press/output-profile", "output-profile", "A proof cannot be made."),
    from_rule("press/trim-box", "trim-box", "Nobody knows where to cut."),
    from_rule("press/viewer-areas", "viewer-areas", "The bleed is cut off before it is printed."),
    from_rule("press/device-colour", "device-colour", _INK),
    from_rule("press/house-colours", "house-colours", _INK),
    from_rule("press/group-colour", "group-colour", _INK),
    from_rule("press/transfer-functions", "transfer-functions", _INK),
    from_rule("press/layers", "layers", "A layer that is off on one machine is on at the next."),
    from_rule("press/annotations", "annotations", _REFUSED),
    from_rule("press/actions", "actions", _REFUSED),
    from_rule("press/forms", "forms", _REFUSED),
    from_rule("press/packet", "packet", _REFUSED),
    from_rule("press/version-key", "version-key", _REFUSED),
    from_rule("press/packet-keys", "packet-keys", _REFUSED),
    from_rule("press/trapped", "trapped", "The shop may trap what is trapped already."),
    from_rule(
        "press/black-text", "black-text", "Letters on a colour get white edges where the plates do not meet."
    ),
    from_rule("press/knockout", "knockout", "What prints over another colour changes its own."),
)
