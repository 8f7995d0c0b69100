"""Checks a notice's PDF with implementations that are not ours.

    python validate_pdf.py notice.pdf notice.json

qpdf (through pikepdf) reads every object. The rules of PDF/A-2a (ISO 19005-2) that can be checked from the
structure are checked here: no full validator of the standard could be installed from a package registry. pdftotext
(poppler) gives the text back: every sentence of every language must be there whole, in the order of the notice.
"""

import difflib
import json
import re
import subprocess
import sys
import unicodedata

import pikepdf


def structure(path):
    """The rules, each with whether it holds."""
    with pikepdf.open(path) as pdf:
        root = pdf.Root
        intents = [dict(intent) for intent in root.get("/OutputIntents", [])]
        metadata = root.Metadata.read_bytes().decode("utf-8")
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Font"]
        described = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/FontDescriptor"]
        composite = [font for font in fonts if font.get("/Subtype") == "/Type0"]
        actions = {str(o.get("/S")) for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and o.get("/Type") == "/Action"}
        yield "qpdf finds no fault", not pdf.check_pdf_syntax()
        yield "not encrypted (6.1.3)", not pdf.is_encrypted
        yield "file identifier (6.1.3)", "/ID" in pdf.trailer
        yield "output intent with a colour profile (6.2.3)", any("/DestOutputProfile" in i and i["/S"] == "/GTS_PDFA1" for i in intents)
        yield "fonts are embedded (6.2.11.4)", described and all(
            any(key in d for key in ("/FontFile", "/FontFile2", "/FontFile3")) for d in described)
        yield "text maps to Unicode (6.2.11.7)", composite and all("/ToUnicode" in font for font in composite)
        yield "no scripts, no files, no launching (6.5, 6.8)", not actions & {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData"} \
            and "/EmbeddedFiles" not in root.get("/Names", {})
        yield "says that it is PDF/A-2a (6.6.4)", "<pdfaid:part>2" in metadata and re.search("<pdfaid:conformance>A", metadata)
        yield "says that it is PDF/UA-1 (ISO 14289-1, 5)", "<pdfuaid:part>1" in metadata
        yield "tagged (6.7.2, 6.7.3)", bool(root.MarkInfo.Marked) and "/StructTreeRoot" in root
        yield "names its language (6.7.4)", "/Lang" in root
        yield "shows its title (ISO 14289-1, 7.1)", bool(root.ViewerPreferences.DisplayDocTitle)


def plain(text):
    """Letters and signs only: line breaks, marks of direction and joining strokes are a matter of layout."""
    text = unicodedata.normalize("NFKC", text)
    return "".join(c for c in text if not c.isspace() and unicodedata.category(c) != "Cf" and c != "ـ")


def words(text):
    """Words of Arabic letters alone. poppler reads a letter that bears a vowel sign as the letter twice, so words
    with signs are left out; and it gives numbers and Latin names back in the order of the page."""
    found = re.findall(r"[^\W\d_]+(?:[\u064b-\u0652]+[^\W\d_]*)*", unicodedata.normalize("NFC", text))
    return [word for word in found if len(word) > 2 and all("\u0621" <= c <= "\u064a" for c in word)]


def text_of(path):
    """The text between the head and the foot of each page (A4, in points), page after page."""
    area = ["-x", "0", "-y", "50", "-W", "595", "-H", "735"]
    done = subprocess.run(["pdftotext", "-enc", "UTF-8", *area, path, "-"], check=True, capture_output=True)
    return unicodedata.normalize("NFKC", done.stdout.decode())


def sentences(path, signed):
    """Each sentence, with whether it follows the one before it in the text of the PDF; of Arabic, all at once,
    whether nine of ten words come in the order of the notice."""
    told = text_of(path)
    whole, place = plain(told), 0
    for text in json.load(open(signed))["notice"]["texts"]:
        parts = [text["headline"]] + [one for section in text["sections"] for one in section["sentences"]]
        if text["language"] == "ar":
            expected = [word for one in parts for word in words(one["text"])]
            blocks = difflib.SequenceMatcher(None, expected, words(told), autojunk=False).get_matching_blocks()
            found = sum(block.size for block in blocks)
            yield f"ar: {found} of {len(expected)} words in order", found * 10 >= len(expected) * 9
            continue
        for one in parts:
            at = whole.find(plain(one["text"]), place)
            yield f'{text["language"]}: {one["text"][:60]}', at >= 0
            place = max(place, at)


def main():
    path, signed = sys.argv[1:]
    failed = [what for what, holds in [*structure(path), *sentences(path, signed)] if not holds]
    for what in failed:
        print(f"does not hold: {what}")
    print(f"{path}: {len(failed)} findings")
    sys.exit(1 if failed else 0)


main()
