"""A feature has one name in every layer, and where it stands in none, the reason is written here."""

from itertools import product

from tests.tree.source import folders_of

LAYERS = ("models", "handlers", "tasks", "tests")

NOTHING_TO_TAP = "nobody opens it from the chat"
NO_WORK = "no worker has anything to do for it"
TOLD = "what it tells is in the outbox, which the workers send"

FEATURES: dict[str, dict[str, str]] = {
    "accounts": {"tasks": NO_WORK},
    "announcements": {"tasks": TOLD},
    "audit": {"handlers": NOTHING_TO_TAP, "tasks": NO_WORK, "tests": "tested with whatever writes it"},
    "campaigns": {"handlers": "opened and closed by the command line", "tasks": NO_WORK},
    "conversations": {"handlers": "what every handler is given", "tasks": NO_WORK},
    "dispositifs": {"handlers": NOTHING_TO_TAP, "tasks": NO_WORK, "tests": "tested with the workbooks that fill it"},
    "encryption": {"handlers": NOTHING_TO_TAP, "tasks": NO_WORK, "tests": "tested with the commands it refuses"},
    "entry": {"tasks": NO_WORK},
    "events": {"handlers": "shown by the entry and the review", "tasks": NO_WORK},
    "figures": {"tasks": NO_WORK},
    "jobs": {},
    "meetings": {},
    "notifications": {"handlers": "a message is opened from the chat it was sent to"},
    "people": {"tasks": NO_WORK},
    "persons": {"handlers": "shown by the people's files", "tasks": NO_WORK},
    "population": {"handlers": NOTHING_TO_TAP, "tasks": NO_WORK},
    "reference": {"handlers": NOTHING_TO_TAP, "tasks": NO_WORK},
    "reminders": {},
    "review": {"tasks": TOLD},
    "statistics": {},
    "workbook": {},
}
"""Every feature, with the layers where it does not stand and why."""

NO_FEATURES: dict[str, frozenset[str]] = {
    "models": frozenset({"base", "migrations"}),
    "handlers": frozenset(),
    "tasks": frozenset({"telegram"}),
    "tests": frozenset(
        {
            *("base", "migrations", "telegram", "shell", "simulator", "deploy", "benchmarks"),
            *("data", "harness", "tree", "faults", "browser", "golden"),
        }
    ),
}
"""The folders of each layer that hold no feature: the ground floor, the edge, what the tests stand on."""


def test_every_folder_is_a_feature_that_the_table_knows() -> None:
    unknown = {f"{layer}/{name}" for layer in LAYERS for name in folders_of(layer) - set(FEATURES) - NO_FEATURES[layer]}
    assert not unknown, "is it one more feature, or one under another name? Say it in the table"


def test_a_feature_stands_in_every_layer_but_those_where_it_is_said_why_not() -> None:
    there = {layer: folders_of(layer) for layer in LAYERS}
    missing = {(name, layer) for name, layer in product(FEATURES, LAYERS) if name not in there[layer]}
    said = {(name, layer) for name, reasons in FEATURES.items() for layer in reasons}
    assert missing - said == set(), "a layer without the feature: say why in the table, or give it the same name"
    assert said - missing == set(), "the feature stands there by now: take the reason off"
