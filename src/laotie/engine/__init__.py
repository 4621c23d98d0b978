"""The mathematics: pure functions over arrays and tables. No Django, no other room."""
