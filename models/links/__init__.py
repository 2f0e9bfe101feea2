"""Single-use links by which a workbook that must not pass through the chat is fetched or sent (design, point 7)."""
