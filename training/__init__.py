"""Training of the language pipeline. Not part of the installed package; see README.md here."""
