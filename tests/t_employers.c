/* t_employers.c -- an employer registers, is found under any spelling, is checked, lapses, changes its name, gets the ads of its name. */
#include "city/employers/employers.h"

#include "base/day.h"
#include "tests/town.h"

static const char code_a[] = "91350100M000100Y43"; /* the standard's own example */

static struct employer_form form(const char *uscc, const char *name)
{
    return (struct employer_form){.uscc = uscc, .name = name, .kind = "private", .street = 120102001, .address = "示例路 9 号",
                                  .contact_name = "示例甲", .contact_phone = "022-23456789"};
}

static struct q_employer_get_row get(struct world *w, int64_t id)
{
    struct q_employer_get_row e = {0};
    world_ok(w, employer_find(&w->cx, id, &e), "an employer is found");
    return e;
}

static void spellings(struct world *w)
{
    static const char *const names[] = {"海津示例机械（天津）有限公司", "海津示例机械(天津)有限公司", "海津示例机械（天津）有限责任公司",
                                        " 海津示例机械 （天津） 有限公司 ", "海津示例机械（天津）"};
    int64_t first = 0, id;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        world_ok(w, employer_named(&w->cx, names[i], NULL, 0, &id), names[i]);
        first = i == 0 ? id : first;
        is_int(id, first, "is the same employer");
    }
    world_ok(w, employer_named(&w->cx, "海津示例机械（天津）有限公司西青分公司", NULL, 0, &id), "a branch");
    ok(id != first, "is another");
    is_str(get(w, first).status, "listed", "it is known from ads only");
}

static void registering(struct world *w, int64_t *id)
{
    struct employer_form f = form(code_a, "渤海示例食品有限公司");
    int64_t again;
    world_actor(w, ROLE_PUBLIC, 0);
    if (!world_ok(w, employer_register(&w->cx, &f, id), "an employer registers"))
        return;
    struct q_employer_get_row e = get(w, *id);
    const char *name, *phone;
    is_str(e.status, "claimed", "nobody has checked it yet");
    is_int(e.district, 120102, "its district is its street's");
    world_ok(w, employer_contact(&w->cx, &e, &name, &phone), "its contact is opened");
    is_str(phone, "022-23456789", "as it was given");
    is_int(employer_register(&w->cx, &f, &again), E_CONFLICT, "once only");
    struct employer_form wrong = form("91350100M000100Y44", "别家");
    is_int(employer_register(&w->cx, &wrong, &again), E_INVALID, "a code with a wrong check digit is refused");
    is_str(w->cx.fail.field, "uscc", "at its field");
    wrong.uscc = "9135";
    is_int(employer_register(&w->cx, &wrong, &again), E_INVALID, "so is one that is too short");
}

static void editing(struct world *w, int64_t id)
{
    struct employer_form f = form(NULL, "渤海示例食品有限公司");
    f.about = "做糕点的（示例）";
    world_actor(w, ROLE_EMPLOYER, 5);
    world_ok(w, employer_edit(&w->cx, id, get(w, id).version, &f), "it mends its record");
    is_str(get(w, id).uscc, code_a, "the code stays");
    is_int(employer_edit(&w->cx, id, 1, &f), E_CONFLICT, "not over somebody else's change");
}

static int64_t jobs_of(struct world *w, int64_t employer)
{
    struct q_job_list_row *rows;
    size_t n;
    if (job_page(&w->cx, &(struct q_job_list_in){.employer_id = &employer, .lim = 1}, &rows, &n) != E_OK)
        return -1;
    return n > 0 ? rows->total : 0;
}

static void life(struct world *w, int64_t id)
{
    struct q_employer_log_list_row *log;
    struct q_job_get_row j;
    size_t n;
    int64_t listed;
    world_actor(w, ROLE_CLOCK, 0);
    world_ok(w, employer_named(&w->cx, "渤海示例食品有限责任公司", NULL, 0, &listed), "an ad names it before it is checked");
    ok(listed != id, "and does not become the ad of somebody who only says so");
    town_sql(w, arena_fmt(w->cx.arena, "UPDATE job SET employer_id = %lld WHERE code = 'J5'", (long long)listed));
    world_actor(w, ROLE_EMPLOYER, 5);
    is_int(employer_step(&w->cx, id, "verify", "我们自己看过"), E_DENIED, "it cannot check itself");
    world_actor(w, ROLE_STAFF, 6);
    is_int(employer_step(&w->cx, id, "verify", NULL), E_INVALID, "what was seen is to be said");
    world_ok(w, employer_step(&w->cx, id, "verify", "看了营业执照原件"), "the desk checks it");
    is_str(get(w, id).status, "verified", "it is verified");
    is_int(jobs_of(w, id), 1, "the ad of its name is its own now");
    is_int(jobs_of(w, listed), 0, "and nobody else's");
    world_ok(w, job_find(&w->cx, 5, &j), "the ad");
    is_int(j.employer_id, id, "names it");
    world_ok(w, employer_named(&w->cx, "渤海示例食品有限公司", NULL, 0, &listed), "the next ad");
    is_int(listed, id, "finds the verified one");
    world_actor(w, ROLE_CLOCK, 0);
    w->cx.now = WORLD_NOON + 100LL * DAY_MS;
    world_ok(w, employers_tick(&w->cx), "after three months the clock looks");
    is_str(get(w, id).status, "verified", "it is still verified");
    w->cx.now = WORLD_NOON + 190LL * DAY_MS;
    world_ok(w, employers_tick(&w->cx), "after half a year again");
    is_str(get(w, id).status, "claimed", "it is due to be checked again");
    w->cx.now = WORLD_NOON;
    world_actor(w, ROLE_STAFF, 6);
    world_ok(w, employer_step(&w->cx, id, "verify", "又看了一次"), "checked again");
    struct employer_form f = form(NULL, "渤海示例糕点有限公司");
    world_actor(w, ROLE_EMPLOYER, 5);
    world_ok(w, employer_edit(&w->cx, id, get(w, id).version, &f), "it takes another name");
    is_str(get(w, id).status, "claimed", "which nobody has checked");
    world_actor(w, ROLE_DISTRICT, 8);
    world_ok(w, employer_step(&w->cx, id, "block", "冒用别家名义"), "the district blocks it");
    world_ok(w, employer_step(&w->cx, id, "unblock", "误会"), "and lets it in again");
    world_ok(w, employer_log(&w->cx, id, &log, &n), "all of this is written down");
    is_str(log[0].action, "unblock", "newest first");
    is_str(log[1].note, "冒用别家名义", "with its reason");
}

static void looking(struct world *w, int64_t id)
{
    struct q_employer_list_row *rows;
    struct q_employer_log_list_row *log;
    struct q_employer_get_row e = get(w, id);
    const char *name, *phone;
    size_t n;
    world_actor(w, ROLE_STAFF, 6);
    world_ok(w, employer_look(&w->cx, &e, "回访用工情况", &name, &phone), "a look at the contact");
    world_ok(w, employer_log(&w->cx, id, &log, &n), "is noted");
    is_str(log[0].action, "look", "as a look");
    world_ok(w, employer_page(&w->cx, &(struct q_employer_list_in){.words = "示例糕点", .lim = 10}, &rows, &n), "part of a name finds");
    is_int((int64_t)n, 1, "one employer");
    world_ok(w, employer_page(&w->cx, &(struct q_employer_list_in){.words = "%", .lim = 10}, &rows, &n), "a sign of patterns");
    is_int((int64_t)n, 0, "is a sign only");
}

static void all(struct world *w)
{
    int64_t id = 0;
    if (!town_build(w))
        return;
    world_actor(w, ROLE_CLOCK, 0);
    spellings(w);
    registering(w, &id);
    editing(w, id);
    life(w, id);
    looking(w, id);
}

int main(void)
{
    struct ctx cx = {0};
    struct arena a;
    arena_init(&a, 0);
    cx.arena = &a;
    ok(flow_lint(&cx, &employer_flow) == E_OK, "the life of an employer has no dead ends");
    arena_free(&a);
    return world_each(all);
}
