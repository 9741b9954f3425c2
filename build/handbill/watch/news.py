"""News: what a build that is being watched is doing, for any number of browsers to read.

In: what changed, from the build. Out: the whole state, newer than what a reader has seen; who is slow misses
what came between and still has the newest.
"""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any


@dataclass(frozen=True, slots=True)
class News:
    """The state of the building.

    Attributes:
        number: Counts the changes of this state.
        builds: Builds that have ended; what a page shows is old when there are more than when it was loaded.
        building: Whether one is running.
        lines: What the running or last build told.
        pictures: Pictures that the running build has made, by their path, with the hash they are asked for by.
        fault: Why the last build was refused; empty where it was not.
    """

    number: int = 0
    builds: int = 0
    building: bool = False
    lines: tuple[str, ...] = ()
    pictures: Mapping[str, str] = field(default_factory=dict)
    fault: str = ""


class Board:
    """Where the newest state is posted, and read."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._news = News()
        self._closed = False

    @property
    def news(self) -> News:
        """The newest state."""
        return self._news

    @property
    def is_closed(self) -> bool:
        """Whether nothing more will be posted."""
        return self._closed

    def post(self, **changes: Any) -> None:
        """Change some of the state, by the names of its attributes."""
        with self._changed:
            self._news = replace(self._news, number=self._news.number + 1, **changes)
            self._changed.notify_all()

    def after(self, number: int, seconds: float) -> News | None:
        """The newest state as soon as it is another one than that of this number; None if it is not for so long."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._news.number != number, seconds)
            return self._news if self._news.number != number else None

    def close(self) -> None:
        """Let nobody wait any more."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
