"""What reminders are decided from: where everybody stands in a campaign, and what they wish."""
