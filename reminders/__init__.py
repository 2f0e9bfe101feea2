"""Pure rules of time: which obligation is due, who is told what and when."""
