"""The book in other programs' forms: each module makes one form from what is built, and nothing reads it back."""
