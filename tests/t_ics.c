/* t_ics.c -- calendars, JobPosting, Atom and JSON Feed as their standards want them. */
#include "feeds/ics.h"

#include "feeds/jobposting.h"
#include "tap.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <stdlib.h>

static struct arena arena;

static bool has(const struct buf *b, const char *part)
{
    bool found = memmem(b->p, b->len, part, strlen(part)) != NULL;
    if (!found)
        printf("# no '%s' in:\n# %.*s\n", part, (int)b->len, b->p);
    return found;
}

/* Every line ends in CRLF, has at most 75 octets and no broken character. */
static bool well_folded(const struct buf *b)
{
    size_t at = 0;
    while (at < b->len) {
        const char *end = memmem(b->p + at, b->len - at, "\r\n", 2);
        if (end == NULL || (size_t)(end - b->p) - at > 75 || memchr(b->p + at, '\n', (size_t)(end - b->p) - at) != NULL)
            return false;
        if (((unsigned char)b->p[at] & 0xc0) == 0x80 || (b->p[at] == ' ' && ((unsigned char)b->p[at + 1] & 0xc0) == 0x80))
            return false;
        at = (size_t)(end - b->p) + 2;
    }
    return at == b->len && b->len > 0;
}

static const char *unfolded(const struct buf *b)
{
    struct buf u = {.a = &arena};
    for (size_t i = 0; i < b->len; i++)
        if (i + 2 < b->len && memcmp(b->p + i, "\r\n ", 3) == 0)
            i += 2;
        else
            buf_add(&u, b->p + i, 1);
    return buf_text(&u);
}

static void calendar(void)
{
    struct buf b = {.a = &arena};
    struct ics_calendar c = {"-//Yizhan//ZH", "中山门驿站（示例）活动", NULL, "https://example.org/events.ics?a=1,2", 6};
    struct ics_event e = {.uid = "event-7@example.org",
                          .sequence = 3,
                          .stamp = 1772328600000,
                          .start = 1772328600000,
                          .end = 1772335800000,
                          .cancelled = true,
                          .title = "专场招聘会；制造业, 第一场\\上午",
                          .description =
                              "请带身份证。\r\n地点在二楼，电梯在右边，到了以后找穿红马甲的工作人员登记，然后按号码进场。",
                          .place = "天津市河东区（示例）路 1 号",
                          .latitude = "39.12",
                          .longitude = "117.25",
                          .url = "https://example.org/e/7\r\nX-BAD:1"};
    const int64_t closed[] = {20261001, 20261002};
    struct ics_hours h = {
        "hours-1@example.org", 1772328600000, "开门", "驿站", NULL, 0x1f, 20260301, 20261231, 540, 1050, closed, 2};
    ics_begin(&b, &c);
    ics_event(&b, &e);
    ics_hours(&b, &h);
    ics_end(&b);
    ok(well_folded(&b), "folded at 75 octets between characters, CRLF");
    struct buf u = {.a = &arena};
    buf_str(&u, unfolded(&b));
    ok(has(&u, "BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\n") && has(&u, "TZOFFSETTO:+0800\r\n"), "time zone");
    ok(has(&u, "DTSTART;TZID=Asia/Shanghai:20260301T093000\r\nDTEND;TZID=Asia/Shanghai:20260301T113000\r\n"), "local times");
    ok(has(&u, "DTSTAMP:20260301T013000Z\r\n") && has(&u, "SEQUENCE:3\r\nSTATUS:CANCELLED\r\n"), "stamp, sequence, cancelled");
    ok(has(&u, "SUMMARY:专场招聘会；制造业\\, 第一场\\\\上午\r\n"), "escaped");
    ok(has(&u, "DESCRIPTION:请带身份证。\\n地点"), "line ends in a text");
    ok(has(&u, "URL:https://example.org/e/7X-BAD:1\r\n"), "a URL cannot begin a line of its own");
    ok(has(&u, "SOURCE;VALUE=URI:https://example.org/events.ics?a=1,2\r\n") &&
           has(&u, "REFRESH-INTERVAL;VALUE=DURATION:PT6H\r\n"),
       "RFC 7986");
    ok(has(&u, "DTSTART;TZID=Asia/Shanghai:20260302T090000\r\nDTEND;TZID=Asia/Shanghai:20260302T173000\r\n"),
       "hours begin on the first open day");
    ok(has(&u, "RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;UNTIL=20261231T155900Z\r\n"), "weekly until");
    ok(has(&u, "EXDATE;TZID=Asia/Shanghai:20261001T090000\r\nEXDATE;TZID=Asia/Shanghai:20261002T090000\r\n"),
       "holidays left out");
    ok(has(&u, "END:VEVENT\r\nEND:VCALENDAR\r\n"), "ends");
}

static const char *at(const json_t *v, const char *a, const char *b, const char *c)
{
    v = json_object_get(v, a);
    v = b == NULL ? v : json_object_get(v, b);
    v = c == NULL ? v : json_object_get(v, c);
    return json_is_integer(v) ? arena_fmt(&arena, "%lld", (long long)json_integer_value(v)) : json_string_value(v);
}

static void posting(void)
{
    struct job_posting job = {.title = "焊工",
                              .description = "</script><b>",
                              .posted = 20260301,
                              .valid_through = 20260331,
                              .employer = "示例机械有限公司",
                              .street = "（示例）路 1 号",
                              .district = "西青区",
                              .city = "天津市",
                              .latitude = "39.1",
                              .longitude = "117.1",
                              .employment_type = "FULL_TIME",
                              .salary_min = 600000,
                              .salary_max = 800050,
                              .salary_unit = "MONTH",
                              .openings = 3,
                              .identifier = "J17",
                              .identifier_of = "驿站",
                              .url = "https://example.org/jobs/17"};
    struct view *v = view_obj(&arena);
    struct buf b = {.a = &arena};
    jobposting_view(&arena, v, &job);
    view_json(&b, v);
    json_t *j = json_loadb(b.p, b.len, 0, NULL);
    if (!ok(j != NULL, "JobPosting is JSON"))
        return;
    ok(memmem(b.p, b.len, "</script", 8) == NULL, "and cannot end its script element");
    is_str(at(j, "validThrough", NULL, NULL), "2026-03-31T23:59:59+08:00", "valid to the end of the last day");
    is_str(at(j, "baseSalary", "value", "minValue"), "6000", "whole yuan");
    is_str(at(j, "baseSalary", "value", "maxValue"), "8000.50", "yuan and fen");
    is_str(at(j, "jobLocation", "address", "addressLocality"), "西青区", "place");
    is_str(at(j, "jobLocation", "geo", "latitude"), "39.1", "position");
    is_str(at(j, "identifier", "value", NULL), "J17", "identifier");
    is_str(at(j, "totalJobOpenings", NULL, NULL), "3", "openings");
    is_str(at(j, "hiringOrganization", "name", NULL), "示例机械有限公司", "employer");
    json_decref(j);
}

static void news(void)
{
    struct feed f = {"新岗位",
                     NULL,
                     "tag:example.org,2026:jobs",
                     "https://example.org/jobs?a=1&b=2",
                     "https://example.org/jobs.atom",
                     "驿站",
                     "zh-CN",
                     1772328600000};
    struct feed_entry e[] = {
        {"tag:example.org,2026:17", "https://example.org/jobs/17", "焊工 <高薪> & \x01", "月薪 6000", 1772328600000,
         1772328600000, "焊工"},
        {"tag:example.org,2026:18", "https://example.org/jobs/18", "电工", NULL, 1772328600000, 1772328600000, NULL}};
    struct buf a = {.a = &arena}, j = {.a = &arena};
    feed_atom(&a, &f, e, 2);
    xmlDocPtr doc = xmlReadMemory(a.p, (int)a.len, NULL, NULL, XML_PARSE_NONET | XML_PARSE_NOERROR);
    ok(doc != NULL, "Atom is well-formed");
    xmlFreeDoc(doc);
    ok(has(&a, "<updated>2026-03-01T01:30:00Z</updated>") && has(&a, "<title>焊工 &lt;高薪&gt; &amp; </title>"),
       "times and escapes");
    ok(has(&a, "href=\"https://example.org/jobs?a=1&amp;b=2\""), "links");
    feed_json(&j, &f, e, 2);
    json_t *v = json_loadb(j.p, j.len, 0, NULL);
    is_str(at(v, "version", NULL, NULL), "https://jsonfeed.org/version/1.1", "JSON Feed");
    is_int((long long)json_array_size(json_object_get(v, "items")), 2, "its items");
    json_decref(v);
}

int main(void)
{
    arena_init(&arena, 0);
    calendar();
    posting();
    news();
    arena_free(&arena);
    return done();
}
