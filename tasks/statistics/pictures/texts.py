"""What a picture says of its own signs."""

HIDDEN_PARTS = "masqué : {names}"
MASKED = "« masqué » : moins de 5 personnes, ou un chiffre déductible."
MASKED_LINES = "Marque vide en bas : masqué (moins de 5 personnes, ou déductible)."
EMPTY = "Aucune donnée."
