"""From data to a published site: notebooks executed, chapters woven, pages built, the site swapped in."""
