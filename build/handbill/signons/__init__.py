"""Sign-ons: the export of a sign-on form beside a statement's list of signatories.

In: a table, the statement, and `signatories.toml`. Out: what is new, the same or in question, and the merged form.
"""

from handbill.signons.columns import KEPT, SignOn, sign_ons
from handbill.signons.compare import Comparison, State, compare
from handbill.signons.merge import merged

__all__ = ["KEPT", "Comparison", "SignOn", "State", "compare", "merged", "sign_ons"]
