"""What passes for an e-mail address."""

import pytest

from models.accounts.emails import normalised

TYPED = (
    ("contact@mdph69.fr", "contact@mdph69.fr"),
    ("  Chloe.Durand@Exemple.FR ", "chloe.durand@exemple.fr"),
    ("chloé@exemple.fr", None),
    ("contact@préfecture.fr", None),
    ("contact", None),
    ("contact@exemple", None),
    ("a@b.fr, c@d.fr", None),
    (f"{'a' * 250}@b.fr", None),
)


@pytest.mark.parametrize(("typed", "kept"), TYPED)
def test_addresses(typed: str, kept: str | None) -> None:
    assert normalised(typed) == kept
