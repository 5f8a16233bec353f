"""How a reader disputes a card: a prepared issue where the publisher has set a repository, else a text to copy."""

from __future__ import annotations

from html import escape

from smart_asn.language import Language
from smart_asn.publication import Publication, issue_address


def dispute_text(number: str, outcome: str, build: str, speak: Language) -> str:
    """What a reader fills in, whatever way it takes."""
    lines = [
        speak("{number}, outcome “{outcome}”, build {build}", number=number, outcome=outcome, build=build),
        "",
        speak("I hold that the outcome should be:"),
        speak("Because (words of the article with their page, or a source with its address):"),
        speak("What would settle it:"),
    ]
    return "\n".join(lines)


def dispute(number: str, outcome: str, build: str, published: Publication, speak: Language) -> str:
    """The invitation as markup: a link to a prepared issue, or the text with a button that copies it."""
    text = dispute_text(number, outcome, build, speak)
    subject = speak("Dispute of {number}", number=number)
    if address := issue_address(published, subject, text):
        return (
            f'<p><a rel="external" href="{escape(address)}">{escape(speak("Open a prepared issue"))}</a></p>'
        )
    where = ""
    if published.contact:
        name = published.contact.removeprefix("mailto:")
        link = f'<a href="{escape(published.contact)}">{escape(name)}</a>'
        where = f"<p>{escape(speak('Copy this text, fill it in, and send it to:'))} {link}</p>"
    else:
        where = f"<p>{escape(speak('Copy this text, fill it in, and send it to whoever published this edition.'))}</p>"
    button = f'<button type="button" class="copy-text" hidden>{escape(speak("Copy"))}</button>'
    return f'{where}<div class="citation"><h3>{escape(subject)}</h3>{button}<pre tabindex="0">{escape(text)}</pre></div>'
