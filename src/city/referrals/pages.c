/* pages.c -- the slip for whoever holds its code: on a phone, on paper (A5), as a calendar; no names in it. */
#include "city/referrals/referrals.h"

#include "city/counter/pages_bar.h"
#include "city/house.h"
#include "city/referrals/pages_impl.h"
#include "city/referrals/routes.h"

#include "base/day.h"
#include "base/geo.h"
#include "base/qr.h"

#include <stdio.h>
#include <string.h>

const struct flow *const referrals_flows[] = {&referral_flow, NULL};

static err_t check_code(struct req *rq)
{
    struct slip *s = ARENA_NEW(rq->cx.arena, struct slip);
    rq->scoped = s;
    return slip_open(&rq->cx, req_param(rq, "slip"), s);
}
static const struct scope code_holder = {"whoever holds the code", "slip", check_code};

static err_t put_item(struct req *rq, struct view *v, const struct q_referral_of_slip_row *r, int number)
{
    struct arena *a = rq->cx.arena;
    const char *name, *phone, *url = arena_fmt(a, "%s/jobs/%s", desk_base(rq), r->job_code);
    TRY(referral_contact(&rq->cx, r->job_id, &name, &phone));
    view_i64(a, v, "number", number);
    view_str(a, v, "title", r->title);
    view_str(a, v, "employer", r->employer_name);
    view_str(a, v, "place", r->place);
    view_str(a, v, "pay", r->wage_text);
    view_str(a, v, "hours", *r->hours != '\0' ? r->hours : NULL);
    view_str(a, v, "when", r->interview_at == NULL ? NULL : day_text_stamp(&rq->cx, *r->interview_at));
    view_str(a, v, "advice", *r->advice != '\0' ? r->advice : NULL);
    view_str(a, v, "contact", name);
    view_str(a, v, "phone", phone);
    view_bool(a, v, "ended", strcmp(r->job_status, "open") != 0);
    view_str(a, v, "url", url_fmt(rq, "/jobs/%s", r->job_code));
    bool located = r->lng != NULL && r->lat != NULL;
    view_str(a, v, "way_url", !located ? NULL
                                       : geo_map_url(a, GEO_AMAP, (struct geo){(double)*r->lng / 1e6, (double)*r->lat / 1e6}, r->employer_name));
    if (!rq->json)
        view_html(a, v, "qr", qr_svg(a, url, arena_fmt(a, tr(&rq->cx, N_("二维码：%s")), r->title)));
    return E_OK;
}

static err_t put_slip(struct req *rq)
{
    const struct slip *s = rq->scoped;
    struct arena *a = rq->cx.arena;
    bool meets = false;
    desk_page(rq);
    view_str(a, rq->view, "code", s->code);
    view_str(a, rq->view, "station", s->station_name);
    view_str(a, rq->view, "station_phone", s->station_phone);
    view_str(a, rq->view, "station_address", s->station_address);
    view_str(a, rq->view, "day", day_text_full(&rq->cx, day_of(s->at, DAY_ZONE)));
    view_str(a, rq->view, "until", day_text_stamp(&rq->cx, s->expires_at));
    view_i64(a, rq->view, "n", (int64_t)s->n);
    view_bool(a, rq->view, "noindex", true);
    view_str(a, rq->view, "print_url", url_fmt(rq, "/r/%s/print", s->code));
    if (!rq->json)
        view_html(a, rq->view, "slip_qr", qr_svg(a, arena_fmt(a, "%s/r/%s", desk_base(rq), s->code), tr(&rq->cx, N_("二维码：这张推荐单"))));
    struct view *list = view_list(a, rq->view, "items");
    for (size_t i = 0; i < s->n; i++) {
        TRY(put_item(rq, view_item(a, list), &s->referrals[i], (int)i + 1));
        meets |= s->referrals[i].interview_at != NULL;
    }
    view_str(a, rq->view, "calendar_url", meets ? url_fmt(rq, "/r/%s/interviews.ics", s->code) : NULL);
    return E_OK;
}

static err_t show_slip(struct req *rq) { return put_slip(rq); }

static err_t print_slip(struct req *rq)
{
    const struct slip *s = rq->scoped;
    TRY(put_slip(rq));
    view_str(rq->cx.arena, rq->view, "paper", "slip");
    bool desk = (rq->cx.actor.role & DESK) != 0 && s->visit_id != 0;
    view_str(rq->cx.arena, rq->view, "back_url", desk ? url_fmt(rq, "/desk/visits/%lld", (long long)s->visit_id) : url_fmt(rq, "/r/%s", s->code));
    return E_OK;
}

/* ---- the calendar (RFC 5545) ---- */

static void ics_stamp(struct buf *b, const char *name, int64_t ms)
{
    int64_t day = day_of(ms, 0), minute = day_minute(ms, 0);
    buf_fmt(b, "%s:%08lldT%02lld%02lld00Z\r\n", name, (long long)day, (long long)minute / 60, (long long)minute % 60);
}

/* Escapes, and folds after 75 bytes between characters. */
static void ics_text(struct buf *b, const char *name, const char *text)
{
    struct buf line = {.a = b->a};
    buf_fmt(&line, "%s:", name);
    for (; *text != '\0'; text++) {
        if (strchr("\\;,", *text) != NULL)
            buf_str(&line, "\\");
        if (*text == '\n')
            buf_str(&line, "\\n");
        else if (*text != '\r')
            buf_add(&line, text, 1);
    }
    const char *p = buf_text(&line);
    for (size_t left = line.len, room = 74; left > 0; room = 73) {
        size_t n = left < room ? left : room;
        while (n < left && n > 1 && ((unsigned char)p[n] & 0xC0) == 0x80)
            n--;
        buf_add(b, p, n);
        p += n;
        left -= n;
        buf_str(b, left > 0 ? "\r\n " : "\r\n");
    }
}

static err_t show_calendar(struct req *rq)
{
    const struct slip *s = rq->scoped;
    struct arena *a = rq->cx.arena;
    struct buf b = {.a = a};
    buf_str(&b, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Yizhan//slip//ZH\r\nMETHOD:PUBLISH\r\n");
    for (size_t i = 0; i < s->n; i++) {
        const struct q_referral_of_slip_row *r = &s->referrals[i];
        if (r->interview_at == NULL)
            continue;
        buf_str(&b, "BEGIN:VEVENT\r\n");
        buf_fmt(&b, "UID:referral-%lld@yizhan\r\nSEQUENCE:%lld\r\n", (long long)r->id, (long long)r->version);
        ics_stamp(&b, "DTSTAMP", rq->cx.now);
        ics_stamp(&b, "DTSTART", *r->interview_at);
        ics_stamp(&b, "DTEND", *r->interview_at + 3600000);
        ics_text(&b, "SUMMARY", arena_fmt(a, tr(&rq->cx, N_("面试：%s")), r->title));
        ics_text(&b, "LOCATION", arena_fmt(a, "%s %s", r->employer_name, r->place));
        if (*r->advice != '\0')
            ics_text(&b, "DESCRIPTION", r->advice);
        buf_str(&b, "END:VEVENT\r\n");
    }
    buf_str(&b, "END:VCALENDAR\r\n");
    (void)buf_text(&b);
    return reply_bytes(rq, "text/calendar; charset=utf-8", "interviews.ics", b.p, b.len);
}

#define REFERRAL "/desk/referrals/{referral}"
const struct route referrals_routes[] = {
    {GET, "/r/{slip}", show_slip, EVERYONE, &code_holder, "referrals/slip", N_("岗位推荐单"), .flags = ROUTE_SENSITIVE},
    {GET, "/r/{slip}/print", print_slip, EVERYONE, &code_holder, "referrals/slip_print", N_("打印推荐单"), .flags = ROUTE_SENSITIVE},
    {GET, "/r/{slip}/interviews.ics", show_calendar, EVERYONE, &code_holder, NULL, N_("面试日历"), .flags = ROUTE_SENSITIVE},
    {GET, "/desk/referrals", show_follow_ups, DESK, NULL, "referrals/follow_ups", N_("回访"), .flags = ROUTE_SENSITIVE},
    {GET, "/desk/follow-ups", to_follow_ups, DESK, NULL, NULL, N_("回访"), .flags = 0},
    {GET, REFERRAL, show_referral, DESK, &own_referral, "referrals/show", N_("推荐"), .flags = ROUTE_SENSITIVE},
    {POST, REFERRAL "/actions", do_referral_move, DESK, &own_referral, "referrals/show", N_("推荐的一步"), referral_move_fields, sizeof(struct move_form), show_referral,
     ROUTE_SENSITIVE},
    {POST, REFERRAL "/interview", do_interview, DESK, &own_referral, "referrals/show", N_("约面试"), referral_meet_fields, sizeof(struct meet_form), show_referral,
     ROUTE_SENSITIVE},
    {POST, REFERRAL "/hire", do_hire, DESK, &own_referral, "referrals/show", N_("记录用"), referral_hire_fields, sizeof(struct hire_in), show_referral, ROUTE_SENSITIVE},
    {POST, "/desk/follow-ups/{follow_up}", do_follow_up, DESK, &own_follow_up, "referrals/follow_ups", N_("记回访结果"), follow_up_fields, sizeof(struct follow_up_in),
     show_follow_ups, ROUTE_SENSITIVE},
    {0},
};
