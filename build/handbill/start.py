"""Start: the door of the program, through which a build that has nothing to do leaves at once.

In: the words of a call. Out: its exit code. Loading the command line takes longer than to see that nothing has
changed, so that is looked for first; everything else is `__main__`'s. Beside it the only module that prints.
"""

import gc
import io
import os
import sys

from handbill.unchanged import Call, told_again

OBJECTS = 500_000
"""Objects that are made before Python looks for some that are not needed. A brief has 250 000 at most, and all that
is left of them goes after the worker's call, when the answer is out; word lists have 400 000, which stay. Looking
after each 700, as Python does, takes an eighth of a layout's time and a third of cleaning's."""


def main() -> int:
    """Run the command that the program was called with and return its exit code."""
    words = sys.argv[1:]
    if words[:1] == ["build"] and is_done(Call(words[1:])):
        return 0
    gc.set_threshold(OBJECTS)
    from handbill.__main__ import main as run

    return run(words)


def is_done(call: Call) -> bool:
    """Whether a build has nothing to do; what the last one told is told again then."""
    told = told_again(call)
    if told is None:
        return False
    write_utf8()
    count, lines = told
    for line in lines:
        print(line, file=sys.stderr)
    print(closing(count, call.out))
    return True


def closing(count: int, out: str) -> str:
    """The last line of a build that went well."""
    return f"{count} {'file' if count == 1 else 'files'}; open {os.path.join(out, 'index.html')}"


def write_utf8() -> None:
    """Write UTF-8 whatever the terminal says it is: names of signatories are not ASCII."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
