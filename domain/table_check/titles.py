"""What the head of a column, or of a row, says of it: total, rank, weight, name, number, product; weights within it."""

import re
from dataclasses import dataclass
from typing import Final

TOTAL, RANK, WEIGHT, NAME, NUMBER, PRODUCT, OTHER = (
    "total",
    "rank",
    "weight",
    "name",
    "number",
    "product",
    "",
)

LONGEST: Final = 200
"""Characters of a title that tells something; longer ones are nothing but long."""

_SURE: Final = 3
"""Of two columns that could be the total the surer one is it: 'Total' before 'Nilai'."""

_WHAT = r"(?: (?:skor|score|nilai|bobot|akhir|total|tertimbang|terbobot|keseluruhan|seluruhnya|mcua|poin|[x×*+]))*"
_TOTALS = (
    re.compile(rf"(?:grand total|total|jumlah|sum|[Σ∑σ].*|(?:skor|score|nilai) (?:akhir|total)){_WHAT}"),
    re.compile(rf"(?:nilai|skor|score|hasil|poin|rata-rata|rerata|rataan|mean|average){_WHAT}"),
)
_FORMULA = re.compile(
    r"(?:(?:hasil|total|jumlah|nilai|skor) )?\(*[0-9]*[a-z]\)*(?: ?[x×*+] ?\(*[0-9]*[a-z]\)*)+"
)
"""'CxAxRxL', '(AxB)+C', 'Jumlah (A+2B)xC': how the column is made of others, so that it is their result."""

_SUM = re.compile(rf"(?:grand total|total|jumlah|sum|[Σ∑σ].*){_WHAT}")
_MEAN = re.compile(rf"(?:rata-rata|rerata|rataan|mean|average){_WHAT}")
_RANK = re.compile(
    r"(?:urutan |skala |nomor |no\.? )?(?:peringkat|pringkat|ranking|rangking|rank|urutan|urut|prioritas|juara)"
    r"(?: (?:akhir|ke|prioritas|masalah|isu))?"
)
_WEIGHT = re.compile(r"(?:nilai |persentase )?(?:bobot|weight)(?: (?:kriteria|nilai|persen|tiap kriteria))?")
_NUMBER = re.compile(r"no|nomor|nomer|no urut|#")
_NAME = re.compile(
    r"(?:nama|daftar|jenis|uraian)?\s*(?:alternatif|alternative|pilihan|opsi|usulan|program|kegiatan|isu|isu strategis"
    r"|masalah|permasalahan|lokasi|desa|kelurahan|kecamatan|kabupaten|nama|uraian|kriteria|yang dinilai|strategi"
    r"|tindakan|proyek|butir|indikator)"
)
_SCORE = "(?:nilai|skor|score|rating|peringkat|n|s|r)"
_PRODUCT = re.compile(
    r"(?:bn|nb|bs|sb|(?:nilai |skor )?(?:terbobot|tertimbang|pembobotan)|weighted score"
    rf"|(?:bobot|b) ?[x×*.] ?{_SCORE}|{_SCORE} ?[x×*.] ?(?:bobot|b))"
)
_ASIDE = re.compile(
    r"(?:tahun|kode|id|nip|nik|rt|rw|pagu|anggaran|volume|luas|(?:jumlah |banyaknya )(?:kk|jiwa|penduduk|orang))"
    r"(?: .*)?"
)
_PRICE = re.compile(r"(?:harga|tarif|upah|biaya satuan|honor)\b")
_BRACKETS = re.compile(r"\s*(?:\([^()]*\)|\[[^\[\]]*\])\s*$")
_AGGREGATE = re.compile(
    r"(?:sub ?)?(?:total|jumlah|rata-rata|rerata)\b.*|(?:keterangan|catatan|sumber|ket)\b.*"
)

_AMOUNT = r"(?P<amount>[-\N{MINUS SIGN}]?[0-9]+(?:[.,][0-9]+)?(?:\s*/\s*[0-9]+)?\s*%?)"
_HEAD_WEIGHT = (
    re.compile(
        rf"(?P<title>.*?)\s*[(\[]\s*(?:(?:bobot|weight|b|w)\s*[=:]?\s*)?{_AMOUNT}\s*[)\]]\s*", re.IGNORECASE
    ),
    re.compile(rf"(?P<title>.*?)[\s:,–-]*(?:bobot|weight)\s*[=:]?\s*{_AMOUNT}\s*", re.IGNORECASE),
    re.compile(r"(?P<title>.*?)[\s:,=–-]*\b(?P<amount>[0-9]+(?:[.,][0-9]+)?\s*%)\s*"),
)


@dataclass(frozen=True, slots=True)
class HeadWeight:
    """A criterion's title with the weight that stood in it, as written."""

    title: str
    amount: str


def role(title: str) -> str:
    """What a column with this head holds; OTHER for a criterion and for all that is not known."""
    plain = _plain(title) if len(title) <= LONGEST else title
    for kind, pattern in ((RANK, _RANK), (WEIGHT, _WEIGHT), (NUMBER, _NUMBER), (PRODUCT, _PRODUCT)):
        if pattern.fullmatch(plain):
            return kind
    if _sureness(plain):
        return TOTAL
    return NAME if _NAME.fullmatch(plain) else OTHER


def surest_total(titles: list[str]) -> int | None:
    """The place of the column that is the total: the last one of those whose head says so most surely."""
    found = [(_sureness(_plain(title)), at) for at, title in enumerate(titles) if role(title) == TOTAL]
    return max(found)[1] if found else None


def says_sum(title: str) -> bool:
    """Whether the head of the totals says that they are sums."""
    return bool(_SUM.fullmatch(_plain(title)))


def says_mean(title: str) -> bool:
    """Whether the head of the totals says that they are means."""
    return bool(_MEAN.fullmatch(_plain(title)))


def says_price(title: str) -> bool:
    """Whether the column holds prices of one piece each."""
    return bool(_PRICE.match(_plain(title)))


def is_aggregate(label: str) -> bool:
    """Whether a row only adds up the columns, or remarks on the table."""
    return bool(_AGGREGATE.fullmatch(_plain(label)))


def is_aside(title: str) -> bool:
    """Whether its numbers describe what is judged, rather than judge it: 'Tahun', 'Kode', 'Anggaran'."""
    return bool(_ASIDE.fullmatch(_plain(title)))


def head_weight(title: str) -> HeadWeight | None:
    """'Dampak (30%)', 'Dampak (0,3)', 'Dampak bobot 30' with what they say; None where no weight stands in it."""
    for pattern in _HEAD_WEIGHT if len(title) <= LONGEST else ():
        found = pattern.fullmatch(title.strip())
        if found and found["title"].strip():
            return HeadWeight(found["title"].strip(), found["amount"])
    return None


def _plain(title: str) -> str:
    """In small letters, without what stands in brackets behind, without a colon or point at the end."""
    bare = _BRACKETS.sub("", title).strip() or title.strip()
    return " ".join(bare.casefold().replace("%", " ").split()).strip(" .:=")


def _sureness(plain: str) -> int:
    matches = (pattern.fullmatch(plain) for pattern in (*_TOTALS, _FORMULA))
    return next((_SURE - at for at, found in enumerate(matches) if found), 0)
