"""The worker side: what is done later, outside a conversation. Sees neither aiogram nor the handlers."""
