"""Why a wish about reminders is refused, in French."""

ABSENCE_PAST = "Une absence commence aujourd'hui ou plus tard."
ABSENCE_REVERSED = "Une absence ne finit pas avant d'avoir commencé."
ABSENCE_LONG = "Une absence se note pour douze mois au plus."
