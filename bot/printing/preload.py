"""What a process for heavy work has loaded before its first job: that alone takes longer than most jobs."""

from documents.chat import pictures
from documents.editions import printing
from documents.language.wording import wording
from documents.paper import logos
from usecases.documents.kinds import registry

LOADED = (pictures, logos, printing, registry)

wording().compile("documents/", "instruments/")
