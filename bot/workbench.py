"""What a process for heavy work has loaded before its first job: that alone takes longer than most jobs."""

from documents import chat_pictures, logos, printing
from documents.wording import wording
from usecases.papers import registry

LOADED = (chat_pictures, logos, printing, registry)

wording().compile("documents/", "instruments/")
