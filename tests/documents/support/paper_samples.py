"""Documents for the tests of the paper renderings: an ordinary one, a hostile one, and one as long as a real one."""

import base64
from datetime import UTC, datetime

from markupsafe import escape

from documents.paper.page_setup import PageSetup
from tests.support.pictures import png

HOSTILE = (
    "<b>tebal</b>",
    "{{7*7}}",
    '=HYPERLINK("http://example.com","klik")',
    "a & b &amp; c",
    "terima kasih 🙏 👍",
    "السلام عليكم",
    "baris satu\nbaris dua",
    "'; DROP TABLE anggota; --",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\"kutip\" 'tunggal' ]]> <!-- -->",
)
LONG_TEXT = " ".join(f"kata{number}" for number in range(1, 400))[:3000]
PAGE_SETUP = PageSetup(
    title="Berita Acara & Kesepakatan <1>",
    author="Pokja Sanitasi Kabupaten Contoh",
    made_at=datetime(2026, 11, 23, 2, 30, tzinfo=UTC),
    note="Pokja Sanitasi Kabupaten Contoh · versi 1 · segel 5f2a9c0d",
)


LOGO = f'<img src="data:image/png;base64,{base64.b64encode(png(60, 70)).decode()}" alt="Lambang daerah">'
LETTERHEAD = f"""
<header class="letterhead">
{LOGO}
<h2>PEMERINTAH KABUPATEN CONTOH</h2>
<h2>BADAN PERENCANAAN PEMBANGUNAN DAERAH</h2>
<p>Jalan Merdeka Nomor 1, Kota Contoh 12345 · Telepon (021) 555 0101 · bappeda@contoh.go.id</p>
</header>
"""
SIGNATURES = """
<p class="right">Kota Contoh, 23 November 2026</p>
<table class="signatures">
<tr><td>Mengetahui,<br>Kepala Bappeda</td><td><br>Ketua Pokja</td></tr>
<tr><td></td><td></td></tr>
<tr><td><b><u>Dra. Siti Aminah, M.Si.</u></b><br>NIP 19700101 199503 2 001</td>
<td><b><u>Hendra Wijaya, S.T.</u></b><br>NIP 19750202 200003 1 002</td></tr>
</table>
"""


def table(
    rows: int, columns: int = 4, caption: str = "Kegiatan dan biaya", text: str = "Pembangunan tangki septik"
) -> str:
    """A table with a number in its last column."""
    titles = "".join(f"<th>Kolom {number}</th>" for number in range(2, columns))
    body = "".join(
        f"<tr><td>{row}</td>" + f"<td>{text} {row}</td>" * (columns - 2) + f"<td>Rp{row * 1250}.000</td></tr>"
        for row in range(1, rows + 1)
    )
    return (
        f"<table>\n<caption>{caption}</caption>\n<tr><th>No</th>{titles}<th>Biaya</th></tr>\n{body}\n</table>"
    )


def ordinary() -> str:
    """A letterhead, a title, minutes, a list, a long table, a wide one, signatures."""
    return f"""{LETTERHEAD}
<h1 class="title">BERITA ACARA KESEPAKATAN</h1>
<p class="center">Nomor 005/12/Pokja/2026</p>
<table class="plain"><tr><td>Hari, tanggal</td><td>: Senin, 23 November 2026</td></tr>
<tr><td>Tempat</td><td>: Aula Bappeda</td></tr></table>
<h1>Pembukaan</h1>
<p>Rapat menghasilkan hal berikut. <b>Kesepakatan</b> dicapai secara mufakat, dan catatan <i>dicantumkan</i>.</p>
<ol><li>Isu strategis disepakati.<ul><li>Sanitasi</li><li>Air minum</li></ul></li><li>Jadwal disepakati.</li></ol>
<ol><li>Daftar kedua dimulai lagi dari satu.</li></ol>
<h2>Kegiatan</h2>
{table(45)}
<h2>Rincian</h2>
{table(12, 11, "Rincian yang lebar")}
<p>Catatan singkat sesudah tabel lebar.</p>
<h1>Penutup</h1>
<p>Demikian berita acara ini dibuat.</p>
{SIGNATURES}"""


def hostile() -> str:
    """Every hostile text in a heading, a paragraph, a list, a cell and a caption, and a very long cell."""
    parts = [
        f"<h2>{escape(text)}</h2><p>{escape(text)}</p><ul><li>{escape(text)}</li></ul>"
        f"<table><caption>{escape(text)}</caption><tr><th>No</th><th>{escape(text)}</th></tr>"
        f"<tr><td>1</td><td>{escape(text)}</td></tr></table>"
        for text in HOSTILE
    ]
    return (
        "".join(parts)
        + f"<table><tr><th>No</th><th>Isi</th></tr><tr><td>1</td><td>{LONG_TEXT}</td></tr></table>"
    )


def sixty_pages() -> str:
    """As long as a whole STPP: chapters, paragraphs, tables of ordinary and of great width."""
    chapters = []
    for chapter in range(1, 11):
        paragraphs = f"<p>{'Uraian keadaan daerah dan hasil pembahasan Pokja. ' * 12}</p>" * 4
        chapters.append(
            f"<hr class=page><h1>Bab {chapter} Keadaan</h1>{paragraphs}"
            f"<h2>{chapter}.1 Kegiatan</h2>{table(40)}<h2>{chapter}.2 Matriks</h2>{table(16, 12)}"
            f"<h2>{chapter}.3 Rincian</h2>{paragraphs}{table(40, 6)}"
        )
    return (
        f'<h1 class="title">STRATEGI SANITASI</h1><nav class="contents"></nav>{"".join(chapters)}{SIGNATURES}'
    )
