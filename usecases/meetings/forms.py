"""Every form about meetings."""

from usecases.meetings import (
    agenda,
    attendance,
    changing,
    closing,
    corrections,
    follow_ups,
    inviting,
    live,
    materials,
    minutes,
    planning,
    replying,
)

FORMS = (
    planning.FORM,
    changing.CHANGE,
    changing.CALL_OFF,
    agenda.ITEM,
    agenda.SENDING,
    inviting.ONE,
    inviting.MANY,
    materials.FORM,
    replying.DECLINE,
    replying.SEND_DEPUTY,
    attendance.CAME,
    live.SHARE,
    minutes.ENTRY,
    minutes.REWRITE,
    closing.CLOSE,
    follow_ups.FORM,
    corrections.CORRECT,
    corrections.TAKE,
    corrections.REFUSE,
)
