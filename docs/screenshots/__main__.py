"""Play a quarter in the demo, coach, coordinator, chef de file then administrator; write every picture of the guide."""

from docs.screenshots import coordinator, figures, job_coach, lead, reminders, workbooks
from docs.screenshots.demo import demo
from docs.screenshots.phone import IMAGES, browser, phone

COACH, COORDINATOR, CHIEF, ADMIN, INVITED = 1001, 1002, 1003, 1004, 1006


def main() -> None:
    """Write every picture of the guide, in the order of a quarter: each page finds what the ones before it left."""
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demo() as address, browser() as opened:
        with phone(opened, address, INVITED) as invited:
            job_coach.coming_in(invited)
        with phone(opened, address, COACH) as coach, phone(opened, address, COORDINATOR) as responsable:
            job_coach.one_by_one(coach)
            reminders.reminding(coach)
            responsable.start()
            reminders.foreseeing(responsable)
            job_coach.lists_and_several(coach)
            job_coach.a_new_person(coach)
            figures.own_quarter(coach)
            coordinator.reviewing(responsable)
            workbooks.keeping(responsable)
            figures.reading_ones_own(responsable)
            workbooks.exchanging(responsable)
            with phone(opened, address, CHIEF) as chief:
                figures.reading_figures(chief)
                lead.planning(chief)
                lead.answering(responsable)
                lead.reporting(chief)
        with phone(opened, address, ADMIN) as admin:
            workbooks.administering(admin)
            reminders.announcing(admin)


if __name__ == "__main__":
    main()
