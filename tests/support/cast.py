"""Who lives in the tests: the same people everywhere, so that a name tells their part."""

HENDRA, SITI, BUDI, RINA = "Hendra Wijaya", "Siti Aminah", "Budi Santoso", "Rina Kartika"
"""The Ketua first; Siti is Sekretaris where there is one."""
MARIA, AGUS, YUSUF, WATI = "Maria Goreti", "Agus Salim", "Yusuf Rahman", "Wati Lestari"
"""Further members."""
FITRI, TONO = "Fitri Handayani", "Tono Prasetyo"
"""A Fasilitator and a guest."""
SEVEN = (HENDRA, SITI, BUDI, MARIA, AGUS, YUSUF, RINA)
"""A Pokja of seven, the Ketua first."""
FIVE = SEVEN[:5]
