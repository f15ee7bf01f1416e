/* Accounts on both engines: the door and its lock, the second factor, sessions and their ends, who may invite whom, drafts. */
#include "tests/town.h"

#include "city/accounts/accounts.h"

#include "base/otp.h"

#include "accounts.sql.h"

static const char good[] = "三只小猫 on the roof 7";

static int64_t made(struct world *w, const char *login, unsigned role, int64_t station, int64_t employer, int64_t district)
{
    int64_t id = 0;
    struct account_new in = {.login = login, .name = "示例", .password = good, .role = role, .station_id = station, .employer_id = employer, .district = district};
    world_ok(w, account_make(&w->cx, &in, &id), arena_fmt(w->cx.arena, "an account %s", login));
    return id;
}

static void from(struct world *w, const char *ip)
{
    w->cx.actor = (struct actor){.role = ROLE_PUBLIC, .ip = ip};
    w->cx.fail = (struct fail){0};
}

static err_t sign(struct world *w, const char *login, const char *password, const char **token)
{
    bool pending;
    const char *t = NULL;
    struct sign_in in = {.login = login, .password = password, .agent = "test"};
    err_t e = account_sign_in(&w->cx, &in, &t, &pending);
    if (token != NULL)
        *token = t;
    return e;
}

static err_t resume(struct world *w, const char *token)
{
    from(w, "10.0.0.9");
    return session_resume(&w->cx, token);
}

static void making(struct world *w)
{
    static const struct { const char *login, *password; } weak[] = {
        {"zhang", "kurz"}, {"zhang", "1234567890"}, {"zhang", "aaaaaaaaaaaa1"}, {"xiaoming", "xiaoming-2026"}, {"zhang", "password2026"},
    };
    int64_t id;
    world_actor(w, ROLE_ADMIN, 1);
    for (size_t i = 0; i < sizeof weak / sizeof *weak; i++) {
        struct account_new in = {.login = weak[i].login, .name = "示例", .password = weak[i].password, .role = ROLE_SEEKER};
        ok(account_make(&w->cx, &in, &id) == E_INVALID, weak[i].password);
        is_str(w->cx.fail.field, "password", "is too weak");
    }
    struct account_new in = {.login = "nobody", .name = "示例", .password = good, .role = ROLE_CLOCK};
    ok(account_make(&w->cx, &in, &id) == E_BUG, "no account acts for the clock");
    made(w, "Lao-Li", ROLE_SEEKER, 0, 0, 0);
    in = (struct account_new){.login = "lao-li", .name = "示例", .password = good, .role = ROLE_SEEKER};
    ok(account_make(&w->cx, &in, &id) == E_CONFLICT, "a login is taken whatever its case");
    struct q_account_get_row a;
    id = made(w, "199 0000 4711", ROLE_SEEKER, 0, 0, 0);
    ok(account_find(&w->cx, id, &a) == E_OK && strstr(a.login, "4711") == NULL, "a phone number is no clear text in the database");
    from(w, "10.0.0.1");
    world_ok(w, sign(w, "19900004711", good, NULL), "but opens the door, with or without blanks");
}

static void signing_in(struct world *w)
{
    const char *token;
    int64_t before = w->cx.now;
    from(w, "10.0.0.1");
    world_ok(w, sign(w, "LAO-LI", good, &token), "the right password opens");
    world_ok(w, resume(w, token), "the session is known");
    is_int(w->cx.actor.role, ROLE_SEEKER, "with its role");
    ok(resume(w, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") == E_LOGIN, "another token is not");
    w->cx.now += 29LL * 24 * 3600000;
    world_ok(w, resume(w, token), "a seeker stays signed in for weeks");
    w->cx.now = before + 31LL * 24 * 3600000;
    ok(resume(w, token) == E_LOGIN, "but not for ever");
    w->cx.now = before;
}

/* What somebody sees who tries a login again and again; the times are those of the table in sign_in.c. */
static void try_door(struct world *w, const char *login, char seen[16])
{
    int64_t before = w->cx.now;
    char ip[16];
    for (int k = 0; k < 15; k++) {
        snprintf(ip, sizeof ip, "10.1.%d.%d", login[0], k / 4); /* from several addresses: they must not hide the login's own lock */
        from(w, ip);
        err_t e = sign(w, login, "wrong wrong wrong", NULL);
        seen[k] = e == E_DENIED ? 'd' : e == E_LOCKED ? 'L' : '?';
        w->cx.now += k < 7 ? 0 : 40000;
    }
    seen[15] = '\0';
    w->cx.now = before;
}

static void lock_out(struct world *w)
{
    char here[16], absent[16];
    int64_t before = w->cx.now;
    world_actor(w, ROLE_ADMIN, 1);
    made(w, "bao-an", ROLE_SEEKER, 0, 0, 0);
    try_door(w, "bao-an", here);
    try_door(w, "nobody-here", absent);
    is_str(here, "dddddLLLdddddLL", "five tries, then waiting, then a lock");
    is_str(absent, here, "the very same for a login that is not there");
    from(w, "10.0.0.2");
    w->cx.now = before + 8 * 40000;
    ok(sign(w, "bao-an", good, NULL) == E_LOCKED, "while locked the right password does not help");
    w->cx.now = before + 3600000;
    world_ok(w, sign(w, "bao-an", good, NULL), "after a quarter of an hour it does");
    for (int k = 0; k < 4; k++)
        ok(sign(w, "bao-an", "wrong wrong", NULL) == E_DENIED, "and the count began anew");
    const char *said = w->cx.fail.say;
    from(w, "10.0.0.3");
    ok(sign(w, "who-is-that", "wrong wrong", NULL) == E_DENIED, "an unknown login");
    is_str(w->cx.fail.say, said, "gets the same sentence");
    w->cx.now = before;
}

static void address_lock(struct world *w)
{
    int64_t before = w->cx.now;
    int denied = 0;
    for (int k = 0; k < 40; k++) {
        from(w, "10.2.2.2");
        denied += sign(w, arena_fmt(w->cx.arena, "guess-%d", k), "wrong wrong", NULL) == E_DENIED;
        w->cx.now += 40000;
    }
    is_int(denied < 25, 1, "one address that tries many logins is locked as well");
    from(w, "10.2.2.3");
    world_ok(w, sign(w, "lao-li", good, NULL), "others are not");
    w->cx.now = before;
}

static err_t second(struct world *w, const char *token, const char *secret, int64_t at, const char *code)
{
    unsigned char raw[OTP_SECRET];
    char now[7];
    int64_t n = base32_decode(secret, raw, sizeof raw);
    otp_code(raw, (size_t)n, at / 1000 / OTP_STEP, now);
    (void)!resume(w, token); /* pending: keeps only the number of the session */
    return account_second(&w->cx, code != NULL ? code : now);
}

static void second_factor(struct world *w)
{
    const char *token, *other, *secret, *uri, *again;
    int64_t before = w->cx.now;
    world_actor(w, ROLE_ADMIN, 1);
    int64_t id = made(w, "desk", ROLE_STAFF, 1, 0, 120102);
    from(w, "10.0.0.4");
    world_ok(w, sign(w, "desk", good, &token), "staff give the password");
    ok(resume(w, token) == E_LOGIN && w->cx.actor.account_id == 0, "which alone opens nothing");
    ok(w->cx.actor.session_id > 0, "but the door that waits is known");
    world_ok(w, account_second_begin(&w->cx, &secret, &uri), "the first time a secret is made");
    world_ok(w, account_second_begin(&w->cx, &again, &uri), "and shown again until it was used");
    is_str(again, secret, "the same one");
    ok(second(w, token, secret, w->cx.now - 300000, NULL) == E_INVALID, "an old code is refused");
    world_ok(w, second(w, token, secret, w->cx.now, NULL), "the present one opens");
    world_ok(w, resume(w, token), "now the session is whole");
    is_int(w->cx.actor.station_id, 1, "and acts for its station");
    world_ok(w, sign(w, "desk", good, &other), "a second device");
    ok(second(w, other, secret, w->cx.now, NULL) == E_INVALID, "the same code does not open twice");
    (void)!resume(w, other);
    ok(account_second_begin(&w->cx, &again, &uri) == E_STATE, "a secret in use is not shown");
    int tried = 0;
    for (int k = 0; k < 30 && tried < 30; k++, tried++) { /* the password once more between guesses gives no fresh tries */
        from(w, "10.0.0.5");
        if (sign(w, "desk", good, &other) != E_OK || second(w, other, secret, 0, "000000") == E_LOCKED)
            break;
        w->cx.now += 1000;
    }
    ok(tried < 12, "guessing codes ends in the lock");
    w->cx.now = before + 3600000;
    world_actor(w, ROLE_ADMIN, 1);
    w->cx.actor.account_id = 9999;
    world_ok(w, account_reset_second(&w->cx, id), "an administrator clears a lost factor");
    from(w, "10.0.0.4");
    world_ok(w, sign(w, "desk", good, &other), "the next sign-in");
    (void)!resume(w, other);
    world_ok(w, account_second_begin(&w->cx, &again, &uri), "makes a new secret");
    ok(strcmp(again, secret) != 0, "another one");
    w->cx.now = before;
}

static const char *whole(struct world *w, const char *login)
{
    const char *token = NULL;
    from(w, "10.0.0.6");
    world_ok(w, sign(w, login, good, &token), "signed in");
    world_ok(w, resume(w, token), "and known");
    return token;
}

static void sessions(struct world *w)
{
    struct q_session_list_row *rows;
    size_t n;
    world_actor(w, ROLE_ADMIN, 1);
    int64_t id = made(w, "firm", ROLE_EMPLOYER, 0, 1, 0), before = w->cx.now;
    made(w, "other", ROLE_EMPLOYER, 0, 2, 0);
    const char *a = whole(w, "firm"), *b = whole(w, "firm"), *c = whole(w, "other");
    int64_t foreign = w->cx.actor.session_id;
    world_ok(w, resume(w, a), "the first device");
    world_ok(w, session_list_own(&w->cx, &rows, &n), "sees its sessions");
    is_int((int64_t)n, 2, "both");
    ok(session_close(&w->cx, foreign) == E_NOTFOUND, "somebody else's cannot be ended");
    world_ok(w, resume(w, c), "it lives on");
    world_ok(w, resume(w, a), "the first device again");
    world_ok(w, session_close_others(&w->cx), "ends the others");
    ok(resume(w, b) == E_LOGIN, "which are out at once");
    world_ok(w, resume(w, a), "itself is not");
    b = whole(w, "firm");
    world_ok(w, resume(w, a), "the first device");
    ok(account_change_password(&w->cx, "wrong", good) == E_INVALID, "a new password wants the old one");
    world_ok(w, account_change_password(&w->cx, good, "四条小鱼 in the pond 8"), "changed");
    ok(resume(w, b) == E_LOGIN, "other devices are out");
    world_ok(w, resume(w, a), "this one stays");
    w->cx.now = before + 13 * 3600000LL;
    ok(resume(w, a) == E_LOGIN, "half a day without a sign ends it");
    w->cx.now = before;
    world_actor(w, ROLE_ADMIN, 1);
    ok(account_set_blocked(&w->cx, 1, true) == E_STATE, "nobody blocks themselves");
    world_ok(w, account_set_blocked(&w->cx, id, true), "blocked");
    ok(resume(w, a) == E_LOGIN, "its sessions are over");
    from(w, "10.0.0.6");
    ok(sign(w, "firm", "四条小鱼 in the pond 8", NULL) == E_DENIED, "and the door stays shut, without saying why");
}

static void fresh(struct world *w)
{
    int64_t before = w->cx.now;
    whole(w, "lao-li");
    ok(session_fresh(&w->cx), "just signed in is fresh");
    w->cx.now += 11 * 60000;
    ok(!session_fresh(&w->cx), "ten minutes later it is not");
    ok(account_confirm(&w->cx, "wrong wrong") == E_INVALID, "a wrong password does not make it so");
    world_ok(w, account_confirm(&w->cx, good), "the right one does");
    ok(session_fresh(&w->cx), "fresh again");
    w->cx.now = before;
}

struct inviting {
    const char *what;
    struct actor who;
    struct invite invite;
    err_t want;
};

static void invitations(struct world *w)
{
    static const struct inviting cases[] = {
        {"an administrator invites a city officer", {.role = ROLE_ADMIN}, {.role = ROLE_CITY}, E_OK},
        {"an administrator invites a district officer", {.role = ROLE_ADMIN}, {.role = ROLE_DISTRICT, .district = 120104}, E_OK},
        {"nobody is invited as the clock", {.role = ROLE_ADMIN}, {.role = ROLE_CLOCK}, E_DENIED},
        {"a station that is not there", {.role = ROLE_ADMIN}, {.role = ROLE_STAFF, .station_id = 99}, E_INVALID},
        {"an employer that is not there", {.role = ROLE_ADMIN}, {.role = ROLE_EMPLOYER, .employer_id = 99}, E_INVALID},
        {"a head invites staff", {.role = ROLE_HEAD, .station_id = 1, .district = 120102}, {.role = ROLE_STAFF, .station_id = 1}, E_OK},
        {"not for another station", {.role = ROLE_HEAD, .station_id = 1, .district = 120102}, {.role = ROLE_STAFF, .station_id = 2}, E_DENIED},
        {"not another head", {.role = ROLE_HEAD, .station_id = 1, .district = 120102}, {.role = ROLE_HEAD, .station_id = 1}, E_DENIED},
        {"an officer invites a head of the district", {.role = ROLE_DISTRICT, .district = 120102}, {.role = ROLE_HEAD, .station_id = 2, .district = 120102}, E_OK},
        {"not of a station elsewhere", {.role = ROLE_DISTRICT, .district = 120102}, {.role = ROLE_HEAD, .station_id = 3, .district = 120102}, E_DENIED},
        {"not another officer", {.role = ROLE_DISTRICT, .district = 120102}, {.role = ROLE_DISTRICT, .district = 120102}, E_DENIED},
        {"an employer invites a colleague", {.role = ROLE_EMPLOYER, .employer_id = 1}, {.role = ROLE_EMPLOYER, .employer_id = 1}, E_OK},
        {"not for another firm", {.role = ROLE_EMPLOYER, .employer_id = 1}, {.role = ROLE_EMPLOYER, .employer_id = 2}, E_DENIED},
        {"staff invite nobody", {.role = ROLE_STAFF, .station_id = 1}, {.role = ROLE_STAFF, .station_id = 1}, E_DENIED},
        {"a city officer invites nobody", {.role = ROLE_CITY}, {.role = ROLE_CITY}, E_DENIED},
        {"nor does an auditor", {.role = ROLE_AUDITOR}, {.role = ROLE_AUDITOR}, E_DENIED},
    };
    const char *code;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct invite in = cases[i].invite;
        in.name = "示例";
        w->cx.actor = cases[i].who;
        w->cx.actor.account_id = 1;
        ok(invitation_make(&w->cx, &in, &code) == cases[i].want, cases[i].what);
    }
}

static void joining(struct world *w)
{
    struct q_invitation_find_row inv;
    struct q_account_get_row a;
    const char *code;
    int64_t id, before = w->cx.now;
    world_actor(w, ROLE_HEAD, 1);
    w->cx.actor.station_id = 1;
    struct invite in = {.role = ROLE_STAFF, .name = "新人（示例）", .email = "new@example.org", .station_id = 1, .district = 120104};
    world_ok(w, invitation_make(&w->cx, &in, &code), "an invitation");
    from(w, "10.0.0.7");
    ok(invitation_look(&w->cx, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", &inv) == E_NOTFOUND, "a made-up code finds none");
    world_ok(w, invitation_look(&w->cx, code, &inv), "the code finds it");
    w->cx.now += 8LL * 24 * 3600000;
    ok(invitation_look(&w->cx, code, &inv) == E_NOTFOUND, "but not after a week");
    w->cx.now = before;
    ok(invitation_accept(&w->cx, code, "lao-li", good, &id) == E_CONFLICT, "a taken login");
    ok(invitation_accept(&w->cx, code, "newcomer", "weak", &id) == E_INVALID, "or a weak password");
    world_ok(w, invitation_accept(&w->cx, code, "newcomer", good, &id), "do not use it up");
    ok(invitation_accept(&w->cx, code, "newcomer2", good, &id) == E_NOTFOUND, "it opens once");
    is_int(account_find(&w->cx, id, &a), E_OK, "the account is there");
    is_str(a.role, "staff", "as what it was invited for");
    is_int(a.station_id != NULL ? *a.station_id : 0, 1, "at the station");
    is_int(a.district, 120102, "in the station's district, whatever the form said");
    is_str(account_name(&w->cx, a.name), "新人（示例）", "with the name");
}

static void drafts(struct world *w)
{
    struct pair typed[] = {{"title", "洗碗工 2 名", 0}, {"empty", "", 0}, {"tricky", "3 abc4 \n=&", 0}};
    struct pairs body = {typed, 3}, back;
    const char *code, *path;
    int64_t before = w->cx.now;
    from(w, "10.0.0.8");
    world_ok(w, draft_keep(&w->cx, "/jobs/new", &body, &code), "a form is kept");
    world_ok(w, draft_fetch(&w->cx, code, &path, &back), "and found");
    is_str(path, "/jobs/new", "for its page");
    is_int((int64_t)back.n, 3, "all of it");
    for (size_t i = 0; i < back.n; i++)
        ok(strcmp(back.p[i].name, typed[i].name) == 0 && strcmp(back.p[i].value, typed[i].value) == 0, typed[i].name);
    ok(draft_fetch(&w->cx, code, &path, &back) == E_NOTFOUND, "once");
    world_ok(w, draft_keep(&w->cx, "/jobs/new", &body, &code), "another");
    w->cx.now += 25LL * 3600000;
    ok(draft_fetch(&w->cx, code, &path, &back) == E_NOTFOUND, "is gone after a day");
    w->cx.now = before;
}

static void accounts(struct world *w)
{
    w->house.quick_passwords = true;
    if (!town_build(w))
        return;
    making(w);
    signing_in(w);
    lock_out(w);
    address_lock(w);
    second_factor(w);
    sessions(w);
    fresh(w);
    invitations(w);
    joining(w);
    drafts(w);
    struct audit_report r;
    ok(audit_verify(&w->cx, &r) == E_OK && r.first_bad == 0 && r.entries > 30, "all of it stands in the chain");
}

int main(void)
{
    return world_each(accounts);
}
