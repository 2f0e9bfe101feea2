"""What is said of a campaign's two dates: until when to enter, and when it closes."""

from datetime import date

import pytest

from models.campaigns.tables import Campaign
from models.campaigns.texts import due

CLOSES = date(2027, 1, 15)
SAID = (
    (
        "before",
        date(2026, 12, 19),
        CLOSES,
        "À rendre avant le jeudi 31 décembre (dans 12 jours), fermeture le 15 janvier.",
    ),
    ("the eve", date(2026, 12, 30), CLOSES, "À rendre avant le jeudi 31 décembre (demain), fermeture le 15 janvier."),
    ("the day", date(2026, 12, 31), CLOSES, "À rendre aujourd'hui, jeudi 31 décembre, fermeture le 15 janvier."),
    ("the day, without a closing date", date(2026, 12, 31), None, "À rendre aujourd'hui, jeudi 31 décembre."),
    ("after", date(2027, 1, 4), CLOSES, "La date est passée (il y a 4 jours), fermeture le 15 janvier."),
    (
        "after, without a closing date",
        date(2027, 1, 4),
        None,
        "La date est passée (il y a 4 jours), la saisie reste ouverte.",
    ),
)


@pytest.mark.parametrize(("today", "closes", "said"), [case[1:] for case in SAID], ids=[case[0] for case in SAID])
def test_until_when_to_enter(today: date, closes: date | None, said: str) -> None:
    campaign = Campaign(date=date(2026, 12, 31), opens=date(2026, 12, 1), closes=closes)
    assert due(campaign, today) == said
