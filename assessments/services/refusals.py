"""What a service says when it will not do something.

Each carries a sentence that a page can show as it is.
"""


class Refused(Exception):
    """The act would break a promise or a rule. `str(refusal)` says why, and what to do."""


class RoundNotOpen(Refused):
    """Answers are taken only while the round is open."""


class AlreadyBegun(Refused):
    """There is a response for this link already."""


class AlreadySubmitted(Refused):
    """Only the return code opens a response that was submitted."""


class CodeHasEnded(Refused):
    """A join code lets nobody in after its time."""


class EveryPlaceTaken(Refused):
    """As many have joined by a code as are in the room."""


class NotAsked(Refused):
    """The round does not ask that of this person, or the answer is none that it offers."""
