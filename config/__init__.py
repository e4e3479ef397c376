"""What an operator may change: settings, words, packs; and the clock."""
