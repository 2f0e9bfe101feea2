"""The French of what every list has."""

PAGES = ("Page précédente", "Page suivante")
THOSE = ("Précédents", "Suivants")
"""What leads to the pages before and after; where what is listed is masculine: contacts, territories."""
