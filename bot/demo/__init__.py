"""A throw-away homeserver and made-up people with Matrix clients of their own. Nothing imports the demo."""
