"""Who may press what, besides the Ketua, at any moment of the walk; a place without a line here fails the test.

The letters are those of OTHERS in tests/bot/support/walking.py.
"""

BY_WHOM = {
    # the Ketua alone, or whoever it is of
    "": """
        authors conductor_here finalise fu_accept fu_grant fu_refuse role rule snooze
        unlink_group
    """,
    # Ketua and Sekretaris
    "s": """
        accept adopt agenda_send broadcast broadcast_again broadcast_cancel broadcast_more
        broadcast_off broadcast_read broadcasts decline do fu_cancel fu_reopen group guest invite
        meeting_announce meeting_cancel meeting_close paper_final paper_send paper_share qr quorum
        reach refuse renew stationery stationery_part stationery_sample sure take write_broadcast
    """,
    # who it was given to, of the voters
    "as": """
        answers fu_blocked fu_done fu_hand fu_resume
    """,
    # who guides
    "fs": """
        agenda agenda_down agenda_drop agenda_edit agenda_up ask_members attend attendance begin begin_now
        close close_topic deadline divide draw_again drop_plenary fu_board fu_group give
        give_by_hand invite_more invitee invitees live material_add meeting_code meeting_edit
        meeting_give meeting_open meeting_preview meeting_replies minute minute_drop minute_edit
        move nudge on_behalf open_topic participants plan_meeting point reopen skip skip_activity
        start start_in_plenary tick turnout undivide unite
    """,
    # the Pokja itself, without its guests
    "afs": """
        follow_up fu_files fu_history meeting_material paper paper_draft
    """,
    # everybody in the Pokja
    "afst": """
        absence absences correct correction corrections desk follow_ups materials meeting
        meeting_deputy meeting_here meeting_no meeting_yes meetings member members minutes
        paper_file paper_of papers pokja_list result rows rules topic topic_follow_ups
        topic_meetings topics trace
    """,
    # everybody who is in that Pokja or in another
    "afost": """
        pokja
    """,
    # anybody at all
    "afoprst": """
        check erase found help later menu own_data
    """,
}
ALLOWED = {place: letters for letters, places in BY_WHOM.items() for place in places.split()}
