"""A sample Pokja for the demo: seven people with roles, in a group, at the start of the process."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from domain import roles
from store import people
from store.tables.core import Membership, Pokja
from usecases.people import founding
from usecases.work import Work


@dataclass(frozen=True, slots=True)
class Character:
    """Somebody of the sample."""

    name: str
    instansi: str
    jabatan: str
    role: str


POKJA, REGION, PROCESS = "Pokja STPP Air Minum", "Kabupaten Sukamaju", "stpp-pdam"

CHARACTERS: Sequence[Character] = (
    Character("Hendra Wijaya", "Bappeda", "Kepala Bidang Prasarana", roles.KETUA),
    Character("Siti Aminah", "PDAM Tirta Maju", "Kepala Bagian Hubungan Langganan", roles.SEKRETARIS),
    Character("Ratna Dewi", "Lembaga Mitra Air", "Fasilitator", roles.FASILITATOR),
    Character("Budi Santoso", "Dinas PUPR", "Kepala Seksi Air Minum", roles.ANGGOTA),
    Character("Maria Goreti", "Dinas Kesehatan", "Kepala Seksi Penyehatan Lingkungan", roles.ANGGOTA),
    Character("Agus Salim", "Bagian Hukum Setda", "Penyusun Peraturan", roles.ANGGOTA),
    Character("Yusuf Rahman", "Forum Pelanggan Air Minum", "Ketua Forum", roles.ANGGOTA),
)


async def plant(work: Work, telegram_ids: Mapping[str, int], group_chat_id: int | None) -> Pokja:
    """The sample Pokja, its people by name already known to Telegram, its run begun today."""
    pokja = await founding.found(work, POKJA, REGION, founding.DEFAULT_ZONE)
    pokja.group_chat_id = group_chat_id
    for each in CHARACTERS:
        user = await people.see_user(work.session, telegram_ids[each.name], each.name, None, work.now)
        user.reach, user.active_pokja_id = "started", pokja.id
        work.session.add(
            Membership(
                pokja_id=pokja.id,
                user_id=user.id,
                name=each.name,
                instansi=each.instansi,
                jabatan=each.jabatan,
                role=each.role,
                state=people.ACTIVE,
                joined_at=work.now,
            )
        )
    await founding.start_run(work, pokja, PROCESS, work.today(pokja.zone))
    return pokja
