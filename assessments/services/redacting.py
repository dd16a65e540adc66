"""Taking words out of a text. Never putting any in: a gap is always the same sign."""

import re
from collections.abc import Collection
from dataclasses import dataclass

GAP = "[…]"
WORD = re.compile(r"\S+")
# What ends a sentence stays, so that the rest still reads.
END = re.compile(r"[.,;:!?]+$")


@dataclass(frozen=True)
class Word:
    """One word of a text, by its place among the words. A gap made earlier cannot be taken back."""

    place: int
    text: str

    @property
    def is_gap(self) -> bool:
        return GAP in self.text


def list_words(text: str) -> list[list[Word]]:
    """The words of each line that has any."""
    place, lines = 0, []
    for line in text.splitlines():
        words = [Word(place + i, word) for i, word in enumerate(WORD.findall(line))]
        place += len(words)
        if words:
            lines.append(words)
    return lines


def take_out(text: str, places: Collection[int]) -> str:
    """The text with one gap for each run of words taken out, however many they were."""
    kept: list[str] = []
    end = 0
    was_taken = False
    for place, found in enumerate(WORD.finditer(text)):
        between = text[end : found.start()]
        is_taken = place in places or found.group() == GAP
        if not is_taken:
            kept += [between, found.group()]
        elif was_taken and not between.strip(" "):
            kept[-1] = _gap_for(found.group())
        else:
            kept += [between, _gap_for(found.group())]
        was_taken, end = is_taken, found.end()
    return "".join(kept) + text[end:]


def _gap_for(word: str) -> str:
    """“Smith.” becomes a gap and its full stop."""
    ending = END.search(word)
    return GAP + (ending.group() if ending else "")
