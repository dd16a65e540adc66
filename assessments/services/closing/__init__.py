"""The door: from an open round's answers to a frozen result, once and for good.

Afterwards no plain answer, key or state is left.
"""

from assessments.services.closing.door import close_round

__all__ = ["close_round"]
