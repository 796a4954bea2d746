"""Every form about meetings."""

from usecases import (
    meetings_agenda,
    meetings_attendance,
    meetings_changing,
    meetings_following,
    meetings_inviting,
    meetings_live,
    meetings_materials,
    meetings_planning,
    meetings_replying,
    minutes,
    minutes_closing,
    minutes_correcting,
)

FORMS = (
    meetings_planning.FORM,
    meetings_changing.CHANGE,
    meetings_changing.CALL_OFF,
    meetings_agenda.ITEM,
    meetings_agenda.SENDING,
    meetings_inviting.ONE,
    meetings_inviting.MANY,
    meetings_materials.FORM,
    meetings_replying.DECLINE,
    meetings_replying.SEND_DEPUTY,
    meetings_attendance.CAME,
    meetings_live.SHARE,
    minutes.ENTRY,
    minutes.REWRITE,
    minutes_closing.CLOSE,
    meetings_following.FORM,
    minutes_correcting.CORRECT,
    minutes_correcting.TAKE,
    minutes_correcting.REFUSE,
)
