"""The platform's address book: functions in bodies, with an e-mail address, whether or not they use Jalon."""
