"""What the scripts of the desk say, in the edition's language: they have no words of their own."""

from __future__ import annotations

from smart_asn.language import Language


def walk_words(speak: Language) -> dict[str, str]:
    """The words of the review walk; ``{…}`` in them are filled in by the script."""
    return {
        "which": speak("Which questions"),
        "all": speak("all questions"),
        "outcome_is": speak("outcome: {outcome}"),
        "blind": speak("Blind: show the edition’s outcome only after mine"),
        "size": speak("How many, drawn at random (empty: all)"),
        "seed": speak("Seed of the draw"),
        "name": speak("Your name (optional)"),
        "start": speak("Start"),
        "anew": speak("Start anew"),
        "anew_ask": speak(
            "Start anew? Answers that were given so far are kept for questions that come again."
        ),
        "setup": speak("What to review"),
        "progress": speak("{done} of {total} answered"),
        "of": speak("Question {place} of {total}: {id}"),
        "previous": speak("Previous"),
        "next": speak("Next"),
        "open_next": speak("Next open one"),
        "go": speak("Go to"),
        "statements": speak("What the article says"),
        "asked": speak("What was asked"),
        "observed": speak("Observed"),
        "outcome": speak("Outcome"),
        "doubt": speak("Doubt"),
        "kindest": speak("Kindest reading"),
        "note_of_edition": speak("Note"),
        "cell": speak("The cell"),
        "in_chapter": speak("the cell in its chapter"),
        "page": speak("page of its own"),
        "hidden": speak("hidden until you answer"),
        "your_answer": speak("Your answer"),
        "agree": speak("agree"),
        "disagree": speak("disagree"),
        "cannot_tell": speak("cannot tell"),
        "your_outcome": speak("Your outcome"),
        "listed": speak("Your answer is about {claim}, under which the question is listed."),
        "note": speak("Your note"),
        "keys": speak("Answer by keys"),
        "keys_help": speak(
            "a agree, d disagree, t cannot tell, 1 to 6 the outcome, n next, p previous, e your note, Escape out of it"
        ),
        "keys_help_blind": speak(
            "1 to 6 the outcome, t cannot tell, n next, p previous, e your note, Escape out of it"
        ),
        "edition_has": speak("The edition has: {outcome}. You {verdict}."),
        "saved": speak("Answer kept: {verdict}"),
        "results": speak("Your record"),
        "json": speak("Save as JSON"),
        "csv": speak("Save as CSV"),
        "print": speak("Print the protocol"),
        "forget": speak("Forget all"),
        "forget_ask": speak("Forget every answer in this browser?"),
        "forgotten": speak("All answers are forgotten."),
        "nothing_kept": speak("This browser keeps no data for this page: export before you leave it."),
        "dispute": speak("Dispute this: a text to fill in"),
        "copy": speak("Copy"),
        "compare": speak("Compare reviews"),
        "compare_about": speak(
            "Open one or more files that were saved here, by you or by others. They stay in this page."
        ),
        "files": speak("Review files (JSON)"),
        "bad_file": speak("{file}: this is no review that was saved here."),
        "reviewer": speak("Reviewer"),
        "unnamed": speak("unnamed reviewer {number}"),
        "answers": speak("Answers"),
        "compared": speak("Compared"),
        "raw": speak("Agreement"),
        "kappa": speak("Cohen’s kappa"),
        "with_edition": speak("With the edition"),
        "between": speak("Between reviewers"),
        "alpha": speak("Krippendorff’s alpha (nominal), {count} reviewers: {alpha}"),
        "other_build": speak(
            "{reviewer}: made with another build ({build}); these questions have changed since: {list}."
        ),
        "other_build_same": speak(
            "{reviewer}: made with another build ({build}); none of its questions has changed since."
        ),
        "left_out": speak("Questions that have changed are left out of the comparison."),
        "by_question": speak("Question by question"),
        "edition": speak("Edition"),
        "question": speak("Question"),
        "none": speak("none"),
        "protocol": speak("Protocol of a review"),
        "build": speak("Checksum of the build: {build}"),
        "date": speak("Date: {date}"),
        "by": speak("Reviewer: {name}"),
        "chosen": speak("Questions: {filter}; {how}"),
        "chosen_all": speak("every one of them"),
        "chosen_sample": speak("a sample of {size} with the seed {seed}"),
        "made_blind": speak("blind"),
        "verdict": speak("Answer"),
    }


def copy_words(speak: Language) -> dict[str, str]:
    """The words of the page of the reader's own copy; ``{…}`` in them are filled in by the script."""
    return {
        "open": speak("Open your copy of the article (PDF or text)"),
        "drop": speak("or drop the file here"),
        "reading": speak("Reading page {page} of {total} …"),
        "matching": speak("Looking for {count} places …"),
        "served": speak(
            "A PDF cannot be read from a page that was opened as a file: run “make serve”, or open a text file."
        ),
        "too_old": speak(
            "This browser is too old to read a PDF here; open a text file of the article instead."
        ),
        "broken": speak("{file}: it is broken, or no PDF at all."),
        "encrypted": speak("{file}: it needs a password; save a copy of it without one."),
        "no_text": speak("{file}: it has no text, only pictures of pages; recognise its text first."),
        "many": speak("{file}: it has {count} pages, and the article 22; give the article alone."),
        "not_text": speak("{file}: neither a PDF nor a text in UTF-8."),
        "wrong": speak("{file}: this is not the article; {count} of {total} anchors stand in it."),
        "summary": speak("{found} of {total} found, {nearly} nearly, {missing} not"),
        "found": speak("found"),
        "nearly": speak("found nearly"),
        "missing": speak("not found"),
        "differ": speak("letters that differ: {count}"),
        "show": speak("Show"),
        "everything": speak("everything"),
        "pages": speak("Your copy"),
        "page": speak("Page {page} of the file"),
        "no_picture": speak("This page could not be drawn; its words were read all the same."),
        "no_scan": speak("A picture on this page could not be shown; its words were read all the same."),
        "place": speak("p. {page}, line {line}"),
        "card": speak("its page in this edition"),
        "on_page": speak("on the page"),
        "pick": speak("Choose a mark on the page, or a line of the lists."),
    }


def coding_words(speak: Language) -> dict[str, str]:
    """The words of the page for coding a regency; ``{…}`` in them are filled in by the script."""
    return {
        "regency": speak("Regency"),
        "where": speak("Its section of the article: {place}."),
        "counts": speak("Counts when"),
        "not": speak("Does not count"),
        "present": speak("stated"),
        "absent": speak("not stated"),
        "answer_of": speak("{code}: does the section state it?"),
        "progress": speak("{done} of {total} coded"),
        "open_next": speak("Next open one"),
        "keys": speak("Code by keys"),
        "keys_help": speak("y stated, n not stated; j and k the next and the previous measure"),
        "compare": speak("Compare with the edition"),
        "compare_early": speak("Code all {total} measures first: what the edition has would lead you."),
        "csv": speak("Save as CSV"),
        "forget": speak("Forget all"),
        "forget_ask": speak("Forget every answer in this browser?"),
        "result": speak("Your coding and the edition’s"),
        "with": speak("Compared with"),
        "pass": speak("pass {number}"),
        "settled": speak("the settled coding"),
        "differing": speak("Differing"),
        "raw": speak("Agreement"),
        "kappa": speak("Cohen’s kappa"),
        "differ": speak("Where you differ from the settled coding"),
        "no_difference": speak("You coded every measure as the edition does."),
        "measure": speak("Measure"),
        "yours": speak("Yours"),
        "edition": speak("Edition"),
        "why": speak("Evidence or reason"),
        "no_reason": speak("no place was found that states it"),
        "outcomes": speak("Outcomes that would change under your coding"),
        "no_change": speak("No outcome would change."),
        "statement": speak("Statement"),
        "now": speak("Edition"),
        "then": speak("Under your coding"),
        "csv_help": speak(
            "The file has the form of a coding pass in data/coding/. CONTRIBUTING.md says how a cell is settled another way."
        ),
    }
