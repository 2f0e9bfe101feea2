"""Whoever opens Jalon: an invitation, the first screen, the help and the menu of each role, and nobody known."""

from tests.golden.harness import Quarter

ROLES = ((1001, "Camille"), (1002, "Dominique"), (1003, "Claude"), (1004, "Alix"), (1005, "Sacha"))


async def play(quarter: Quarter) -> None:
    """Come in by an invitation; try it again; come without one."""
    quarter.scene("coming-in", "An invitation, and who comes without one")
    lou = await quarter.phone(1006, "Lou")
    await lou.write("/start")
    await lou.write(f"/start {quarter.invitation}")
    await lou.tap("Saisir la remontée")
    await lou.write("/personnes")
    await lou.write("/valider")
    stranger = await quarter.phone(1999, "Personne")
    await stranger.write(f"/start {quarter.invitation}")
    await stranger.write("/start jamais-vu")
    for command in ("/saisir", "/aide", "/confidentialite", "bonjour"):
        await stranger.write(command)


async def roles(quarter: Quarter) -> None:
    """The first screens and the menus of the five roles."""
    quarter.scene("roles", "What each role finds at first")
    for number, name in ROLES:
        phone = await quarter.phone(number, name)
        for command in ("/start", "/aide", "/confidentialite"):
            await phone.write(command)
        await quarter.step(f"{name} opens the menu")
        async with quarter.http.get(f"/sim/users/{number}/commands") as answer:
            for one in await answer.json():
                quarter.record.note(f"/{one['command']} {one['description']}", 2)
