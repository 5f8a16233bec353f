"""A release: what it is called, its archive and checksums, the ledger it leaves, and how a stranger builds it again."""
