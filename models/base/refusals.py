"""What is refused: a code with its arguments, raised where the rule is; its French stands in one table a feature.

The feature's texts hold the codes and the table, checked when they are imported:

    class UndoRefusal(StrEnum):
        NO_IMPORT = "no_import"
        CHANGED_SINCE = "changed_since"

    UNDO_REFUSALS = sentences_of(UndoRefusal, {
        UndoRefusal.NO_IMPORT: "Aucun import {number} à votre nom.",
        UndoRefusal.CHANGED_SINCE: changed_since,  # a function of the arguments, where a plural or a list is told
    })

The feature declares what it raises with them, and the edge (handlers, tasks, the command line) tells `str(refused)`:

    class UndoRefused(Refusal):
        sentences = texts.UNDO_REFUSALS

    raise UndoRefused(UndoRefusal.NO_IMPORT, number=import_id)
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import ClassVar, TypeVar, overload

Sentence = str | Callable[..., str]
"""A sentence with its arguments in braces, or a function of them."""

CodeT = TypeVar("CodeT", bound=StrEnum)


class Refusal(Exception):
    """Something is refused, for a reason that is a code; `arguments` are what its sentence names."""

    sentences: ClassVar[Mapping[StrEnum, Sentence]]

    def __init__(self, code: StrEnum, /, **arguments: object) -> None:
        super().__init__(code, arguments)
        self.code = code
        self.arguments = arguments

    def __str__(self) -> str:
        return told(self.sentences, self.code, self.arguments)


def told(sentences: Mapping[StrEnum, Sentence], code: StrEnum, arguments: Mapping[str, object]) -> str:
    """Return the sentence of a code with its arguments."""
    sentence = sentences[code]
    return sentence.format(**arguments) if isinstance(sentence, str) else sentence(**arguments)


@overload
def sentences_of(codes: type[CodeT], sentences: Mapping[CodeT, str]) -> Mapping[StrEnum, str]: ...
@overload
def sentences_of(codes: type[CodeT], sentences: Mapping[CodeT, Sentence]) -> Mapping[StrEnum, Sentence]: ...
def sentences_of(codes: type[CodeT], sentences: Mapping[CodeT, Sentence]) -> Mapping[StrEnum, Sentence]:
    """Return the sentences of a feature's refusals; raises `LookupError` where a code has none: nothing starts then."""
    missing = [code.name for code in codes if code not in sentences]
    if missing:
        raise LookupError(f"{codes.__name__} without a sentence: {', '.join(missing)}")
    return {code: sentences[code] for code in codes}
