"""The table of definitions in `docs/guide/figures.md`, written from the indicators as the program declares them.

`python -m tests.statistics.definitions` writes it anew; a test holds the page to it.
"""

from pathlib import Path

from models.statistics.indicators.catalogue import INDICATORS
from models.statistics.sheet import PublishedFigure

PAGE = Path(__file__).parents[2] / "docs" / "guide" / "figures.md"
BEGIN, END = "<!-- definitions -->", "<!-- /definitions -->"


def definitions() -> str:
    """Return the definition, population and convention of every indicator, in Markdown."""
    return "\n\n".join(_one(indicator) for indicator in INDICATORS.values())


def page_with(text: str) -> str:
    """Return the page with the definitions between its marks."""
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{definitions()}\n\n{END}{after}"


def _one(of: PublishedFigure) -> str:
    lines = [f"### {of.number} · {of.title}", "", of.definition]
    if of.missing:
        lines += ["", f"Jalon ne le donne pas : il manque dans l’outil national le champ « {_plain(of.missing)} »."]
        return "\n".join(lines)
    return "\n".join(
        [
            *lines,
            "",
            f"- Population : {of.population}.",
            f"- Calcul : {of.computed} ({of.unit}).",
            f"- Convention : {of.convention}",
        ]
    )


def _plain(text: str) -> str:
    return text.replace("« ", "“").replace(" »", "”")


if __name__ == "__main__":
    PAGE.write_text(page_with(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
