"""What is said in French on Telegram alone."""

GROUP = "Jalon ne répond qu'en conversation privée, pour protéger les personnes. Je quitte ce groupe."
