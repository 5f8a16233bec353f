"""The reviewer's desk: a record and a page for each question and statement, reviews, and the article's own copy."""
