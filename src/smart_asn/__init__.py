"""A verifiable edition of one article: six Indonesian regencies and the Smart ASN."""
