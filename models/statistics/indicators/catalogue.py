"""The published indicators, each one declaration: number, definition, population, convention (`figures.yaml`), formula.

Where the publication left a choice open, `convention` says which was made (decision 18). Their order is that of the
publication.
"""

from collections.abc import Mapping

from models.reference.nomenclature import Emploi, Niveau, Orientation
from models.statistics.indicators.formulas import (
    ActiveFile,
    Indicator,
    Persons,
    Reported,
    Share,
    ShareOfEntries,
    Slope,
    WidestGap,
    YearlyChange,
)
from models.statistics.sheet import Breakdown

PERSONS, PERCENT, POINTS, SLOPE = "personnes", "%", "points", "points par année d’ancienneté"

POPULATION = "Personnes suivies par le dispositif avec au moins 2 h d’accompagnement dans le mois (F01)"
ENTRIES = "Personnes entrées dans le trimestre"
EVENTS = "Tous les évènements de la campagne comptent, validés ou non ; la part validée est dite avec les chiffres."
_OF_F01 = f"Dénominateur : F01. {EVENTS}"
_MISSING = "Non calculable : la V1 ne recueille pas ce champ."

_DECLARED = (
    Indicator(
        "F01",
        "Personnes accompagnées",
        "Personnes bénéficiant d’au moins 2 h d’accompagnement par mois à la date.",
        "Toutes les personnes qui ont un évènement à la date",
        "Statut « Suivi par le dispositif » et tranche Suivi, Régulier ou Intensif : ni la Veille, ni "
        f"la veille totale, ni un suivi terminé, qui garde la tranche de son dernier mois. {EVENTS}",
        PERSONS,
        "nombre de personnes",
        formula=Persons(),
        line="Personnes",
        on_page=True,
    ),
    Indicator(
        "F04",
        "Évolution de l’année précédente",
        "Évolution annuelle du nombre de personnes accompagnées, l’année d’avant.",
        POPULATION,
        "Campagnes de même date, un an et deux ans plus tôt ; rien d’externe ne remplace une campagne qui manque.",
        PERSONS,
        "F01 un an plus tôt moins F01 deux ans plus tôt",
        formula=YearlyChange(2),
    ),
    Indicator(
        "F05",
        "Évolution sur un an",
        "Évolution annuelle du nombre de personnes accompagnées.",
        POPULATION,
        "Campagnes de même date, à un an d’intervalle ; rien d’externe ne remplace une campagne qui manque.",
        PERSONS,
        "F01 à la date moins F01 un an plus tôt",
        formula=YearlyChange(1),
        on_page=True,
    ),
    Indicator(
        "F06",
        "De 2 à 8 h par mois",
        "Part de la tranche Suivi (2 à 8 h par mois).",
        POPULATION,
        f"La Veille (moins de 2 h) n’est pas au dénominateur. {_OF_F01}",
        PERCENT,
        "tranche Suivi, rapportée à F01",
        formula=Share(Breakdown.NIVEAU, Niveau.SUIVI),
        on_page=True,
    ),
    Indicator(
        "F07",
        "Plus de 8 h par mois",
        "Part des tranches Régulier et Intensif (plus de 8 h par mois).",
        POPULATION,
        f"La tranche Régulier commence à 8 h, comme dans l’annexe 2. {_OF_F01}",
        PERCENT,
        "tranches Régulier et Intensif, rapportées à F01",
        formula=Share(Breakdown.NIVEAU, Niveau.SUIVI, others=True),
        on_page=True,
    ),
    Indicator(
        "F08",
        "Stabilité des tranches",
        "Plus grand écart de F06 à sa première valeur connue.",
        POPULATION,
        "Sur les campagnes jusqu’à la date, depuis la première où F01 n’est pas nul ; F07 varie d’autant. "
        "Aucun seuil ne dit ce qu’est « peu évolué ».",
        POINTS,
        "plus grand écart absolu de la part F06 à celle de la première campagne",
        decimals=1,
        formula=WidestGap(),
    ),
    Indicator(
        "F09",
        "Emplois privés et publics",
        "Secteur d’emploi des personnes accompagnées en emploi.",
        "Personnes en emploi",
        _MISSING,
        PERCENT,
        "",
        missing="secteur de l’employeur (privé ou public)",
    ),
    Indicator(
        "F10",
        "Orientation par la MDPH",
        "Part de la MDPH dans le total des orientations.",
        POPULATION,
        f"Dénominateur : les personnes de F01 dont l’orientation est renseignée. {EVENTS}",
        PERCENT,
        "orientations MDPH, rapportées aux orientations renseignées",
        formula=Share(Breakdown.ORIENTATION, Orientation.MDPH, known=True),
        line="MDPH",
        on_page=True,
    ),
    Indicator(
        "F11",
        "Orientation par le SPE, un an plus tôt",
        "Part du service public de l’emploi parmi les personnes entrées au même trimestre de l’année d’avant.",
        ENTRIES,
        "Les trois mois qui finissent un an avant la date, que la personne ait un "
        "évènement ou non ; l’orientation non renseignée reste au dénominateur.",
        PERCENT,
        "entrées orientées par le SPE, rapportées aux entrées",
        formula=ShareOfEntries(1),
    ),
    Indicator(
        "F12",
        "Orientation par le SPE",
        "Part du service public de l’emploi parmi les personnes entrées dans le trimestre.",
        ENTRIES,
        "Les trois mois qui finissent à la date, que la personne ait un "
        "évènement ou non ; l’orientation non renseignée reste au dénominateur.",
        PERCENT,
        "entrées orientées par le SPE, rapportées aux entrées",
        formula=ShareOfEntries(),
        on_page=True,
    ),
    Indicator(
        "F13",
        "Sans expérience de travail",
        "Personnes qui n’avaient jamais travaillé avant l’entrée.",
        POPULATION,
        _MISSING,
        PERCENT,
        "",
        missing="antécédent d’emploi (« n’a jamais travaillé »)",
    ),
    Indicator(
        "F14",
        "En emploi à l’entrée",
        "Personnes en emploi au moment de l’entrée.",
        POPULATION,
        f"{_MISSING} Une durée sans emploi de 0 ne suffit pas à le dire.",
        PERCENT,
        "",
        missing="situation d’emploi à l’entrée",
    ),
    Indicator(
        "F15",
        "En emploi à l’entrée, deux ans plus tôt",
        "Personnes en emploi à l’entrée parmi les entrées d’il y a deux ans.",
        "Personnes entrées dans l’année",
        _MISSING,
        PERCENT,
        "",
        missing="situation d’emploi à l’entrée",
    ),
    Indicator(
        "F16",
        "En emploi à l’entrée, dans l’année",
        "Personnes en emploi à l’entrée parmi les entrées de l’année.",
        "Personnes entrées dans l’année",
        _MISSING,
        PERCENT,
        "",
        missing="situation d’emploi à l’entrée",
    ),
    Indicator(
        "F17",
        "Sans emploi dans le mois",
        "Personnes restées sans emploi au cours du mois.",
        POPULATION,
        f"Question « Emploi dans le dernier mois », et non à la date. {_OF_F01}",
        PERCENT,
        "sans emploi dans le dernier mois, rapporté à F01",
        formula=Share(Breakdown.EMPLOI_MOIS, Emploi.SANS_EMPLOI),
        line="Sans emploi",
        on_page=True,
    ),
    Indicator(
        "F18",
        "En CDI dans le mois",
        "Personnes en CDI dans le mois.",
        POPULATION,
        f"Question « Emploi dans le dernier mois ». {_OF_F01}",
        PERCENT,
        "CDI dans le dernier mois, rapporté à F01",
        formula=Share(Breakdown.EMPLOI_MOIS, Emploi.CDI),
        line="CDI",
        on_page=True,
    ),
    Indicator(
        "F19",
        "En CDD dans le mois",
        "Personnes en CDD dans le mois.",
        POPULATION,
        f"Question « Emploi dans le dernier mois ». {_OF_F01}",
        PERCENT,
        "CDD dans le dernier mois, rapporté à F01",
        formula=Share(Breakdown.EMPLOI_MOIS, Emploi.CDD),
        line="CDD",
        on_page=True,
    ),
    Indicator(
        "F20",
        "Sans emploi selon l’ancienneté",
        "Variation moyenne de la part « sans emploi » par année d’ancienneté.",
        f"{POPULATION}, dont la date d’entrée est connue et passée",
        "Coupe à la date, et non suivi d’une cohorte. Valeur : méthode A, pente des moindres "
        "carrés ordinaires de 100 si sans emploi dans le mois, 0 sinon, sur l’ancienneté en "
        "jours divisée par 365,25. Méthode B, donnée à côté : part de la dernière classe "
        "d’années révolues moins part de la première, par année qui les sépare.",
        SLOPE,
        "méthode A : moindres carrés ordinaires",
        decimals=1,
        formula=Slope(Emploi.SANS_EMPLOI),
        on_page=True,
    ),
    Indicator(
        "F21",
        "CDI selon l’ancienneté",
        "Variation moyenne de la part des CDI par année d’ancienneté.",
        f"{POPULATION}, dont la date d’entrée est connue et passée",
        "Être en CDI dans le mois, et non le signer : la V1 ne date pas la signature. Méthodes A et B comme F20.",
        SLOPE,
        "méthode A : moindres carrés ordinaires",
        decimals=1,
        formula=Slope(Emploi.CDI),
        on_page=True,
    ),
    Indicator(
        "F22",
        "Évolution de l’emploi à l’entrée",
        "Hausse du taux d’emploi à l’entrée, en deux ans.",
        "Personnes entrées dans l’année",
        _MISSING,
        POINTS,
        "",
        missing="situation d’emploi à l’entrée",
    ),
    Indicator(
        "F23",
        "File active",
        "Personnes accompagnées au moins une fois dans l’année civile.",
        "Toutes les personnes",
        "Du 1er janvier à la date : un évènement de statut « Suivi par le dispositif », "
        "ou une date d’entrée au plus tard à la date sans sortie avant le 1er janvier. "
        "Les évènements seuls, donnés à côté, ne voient pas qui entre et sort entre "
        "deux campagnes. Les critères d’entrée dans la file active ne sont pas publiés.",
        PERSONS,
        "nombre de personnes, évènements ou présence",
        formula=ActiveFile(),
        on_page=True,
    ),
    Indicator(
        "F24",
        "Remontées dans l’année",
        "Nombre de remontées dans l’année civile.",
        "Campagnes",
        "Dates de campagne de l’année qui ont au moins un évènement du périmètre.",
        "remontées par an",
        "nombre de dates d’évènement",
        formula=Reported(),
    ),
)

INDICATORS: Mapping[str, Indicator] = {one.number: one for one in _DECLARED}
assert len(INDICATORS) == len(_DECLARED), "an indicator is declared twice under one number"
