"""Makes names of words: what people write in a spreadsheet or call a folder, as the catalog can name it.

Refuses nothing; text without a letter or digit comes out empty.
"""

from __future__ import annotations

import re
import unicodedata

_GAPS = re.compile(r"[^a-z0-9]+")


def slug(words: str, gap: str = "-", limit: int = 63) -> str:
    """Return words as a name: lower case, ASCII letters and digits, one `gap` between them."""
    plain = unicodedata.normalize("NFKD", words.replace("ß", "ss").replace("&", " and ")).casefold()
    letters = "".join(char for char in plain if not unicodedata.combining(char))
    return _GAPS.sub(gap, letters).strip(gap)[:limit].strip(gap)
