/* find.c -- what does not fit in a class's own sign-ins: one phone for many, bursts, places, times, paper. */
#include "city/supervision/find.h"

#include "city/supervision/supervision.h"

#include <stdlib.h>
#include <string.h>

/* ---- cases ---- */

static struct finding *find_known(struct look *l, const char *key)
{
    for (size_t i = 0; i < l->n_found; i++)
        if (strcmp(l->found[i]->key, key) == 0)
            return l->found[i];
    return NULL;
}

struct finding *find_new(struct look *l, const char *kind, const char *key)
{
    struct arena *a = l->cx->arena;
    struct finding *f = find_known(l, key);
    if (f != NULL)
        return f;
    if (l->n_found == l->cap_found) {
        size_t cap = l->cap_found == 0 ? 8 : 2 * l->cap_found;
        l->found = arena_grow(a, l->found, l->cap_found * sizeof *l->found, cap * sizeof *l->found);
        l->cap_found = cap;
    }
    f = ARENA_NEW(a, struct finding);
    *f = (struct finding){.key = key, .kind = kind, .detail = view_obj(a)};
    f->records = view_list(a, f->detail, "records");
    return l->found[l->n_found++] = f;
}

struct finding *find_of_week(struct look *l, const char *kind, int64_t day, const char *more)
{
    int64_t monday = day_add(day, 1 - day_weekday(day));
    return find_new(l, kind, arena_fmt(l->cx->arena, "%s:%s:%lld%s%s", kind, l->c.code, (long long)monday, *more != '\0' ? ":" : "", more));
}

const char *find_code(const struct look *l, int64_t trainee_id)
{
    size_t lo = 0, hi = l->n_trainees;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        if (l->trainees[mid].id == trainee_id)
            return l->trainees[mid].code;
        *(l->trainees[mid].id < trainee_id ? &lo : &hi) = l->trainees[mid].id < trainee_id ? mid + 1 : mid;
    }
    return "";
}

void find_record(struct look *l, struct finding *f, int64_t day, const struct q_attendance_sign_row *s, const char *what)
{
    struct arena *a = l->cx->arena;
    if (f->records->i >= FIND_RECORDS)
        return;
    struct view *v = view_item(a, f->records);
    view_i64(a, v, "day", day);
    view_str(a, v, "what", what);
    if (s == NULL)
        return;
    view_i64(a, v, "at", s->at);
    view_str(a, v, "trainee", find_code(l, s->trainee_id));
    view_str(a, v, "means", s->means);
    view_str(a, v, "device", arena_strndup(a, s->device, strnlen(s->device, 6)));
    view_opt(a, v, "metres", s->metres);
    view_bool(a, v, "leaving", s->leaving != 0);
}

err_t find_number(const struct look *l, const char *rule, const char *name, int64_t *out)
{
    return watch_number(l->cx, rule, name, day_of(l->cx->now, DAY_ZONE), out);
}

/* ---- one phone for many ---- */

struct phone {
    const char *device;
    const struct q_attendance_sign_row *sign;
};

static int by_device(const void *a, const void *b)
{
    const struct phone *x = a, *y = b;
    int d = strcmp(x->device, y->device);
    return d != 0 ? d : (x->sign->trainee_id > y->sign->trainee_id) - (x->sign->trainee_id < y->sign->trainee_id);
}

static void phones_of(struct look *l, size_t s, int64_t limit, struct phone *p)
{
    size_t n = 0;
    for (size_t i = l->first[s]; i < l->first[s + 1]; i++)
        if (l->signs[i].device[0] != '\0' && l->signs[i].leaving == 0)
            p[n++] = (struct phone){l->signs[i].device, &l->signs[i]};
    qsort(p, n, sizeof *p, by_device);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i; j < n && strcmp(p[j].device, p[i].device) == 0;)
            j++;
        if ((int64_t)(j - i) < limit)
            continue;
        struct finding *f = find_of_week(l, "device", l->sessions[s].day, arena_strndup(l->cx->arena, p[i].device, 8));
        f->n = (int64_t)(j - i) > f->n ? (int64_t)(j - i) : f->n;
        f->limit = limit;
        for (size_t k = i; k < j; k++)
            find_record(l, f, l->sessions[s].day, p[k].sign, "");
    }
}

/* ---- bursts: more people within few seconds than can scan a code ---- */

static int by_time(const void *a, const void *b)
{
    const struct q_attendance_sign_row *x = *(const struct q_attendance_sign_row *const *)a, *y = *(const struct q_attendance_sign_row *const *)b;
    return (x->at > y->at) - (x->at < y->at);
}

static void burst_of(struct look *l, size_t s, int64_t persons, int64_t seconds, const struct q_attendance_sign_row **in_order)
{
    size_t n = 0, best = 0, from = 0;
    for (size_t i = l->first[s]; i < l->first[s + 1]; i++)
        if (l->signs[i].leaving == 0 && strcmp(l->signs[i].means, "paper") != 0)
            in_order[n++] = &l->signs[i];
    qsort(in_order, n, sizeof *in_order, by_time);
    for (size_t i = 0, j = 0; j < n; j++) {
        while (in_order[j]->at - in_order[i]->at > seconds * 1000)
            i++;
        if (j + 1 - i > best)
            best = j + 1 - i, from = i;
    }
    if ((int64_t)best < persons)
        return;
    struct finding *f = find_of_week(l, "burst", l->sessions[s].day, "");
    f->n = (int64_t)best > f->n ? (int64_t)best : f->n;
    f->limit = seconds;
    for (size_t i = from; i < from + best; i++)
        find_record(l, f, l->sessions[s].day, in_order[i], "");
}

/* ---- far away ---- */

static void far_of(struct look *l, size_t s, int64_t persons, int64_t metres)
{
    int64_t n = 0;
    for (size_t i = l->first[s]; i < l->first[s + 1]; i++)
        n += l->signs[i].metres != NULL && *l->signs[i].metres > l->c.radius_m + metres;
    if (n < persons)
        return;
    struct finding *f = find_of_week(l, "far", l->sessions[s].day, "");
    f->n = n > f->n ? n : f->n;
    f->limit = l->c.radius_m + metres;
    for (size_t i = l->first[s]; i < l->first[s + 1]; i++)
        if (l->signs[i].metres != NULL && *l->signs[i].metres > f->limit)
            find_record(l, f, l->sessions[s].day, &l->signs[i], "");
}

/* ---- times that cannot be ---- */

static const struct q_attendance_trainee_row *trainee_row(const struct look *l, int64_t id)
{
    for (size_t i = 0; i < l->n_trainees; i++)
        if (l->trainees[i].id == id)
            return &l->trainees[i];
    return NULL;
}

static const char *impossible(const struct look *l, const struct q_attendance_session_row *s, const struct q_attendance_sign_row *i, int64_t early,
                              int64_t late)
{
    int64_t start = day_start(s->day, DAY_ZONE);
    const struct q_attendance_trainee_row *t = trainee_row(l, i->trainee_id);
    if (day_of(i->at, DAY_ZONE) != s->day)
        return "other_day";
    if (i->at < start + (s->from_min - early) * 60000 || i->at > start + (s->to_min + late) * 60000)
        return "outside";
    if (t != NULL && day_of(t->decided_at, DAY_ZONE) > s->day)
        return "before_admission";
    return NULL;
}

static void dates_of(struct look *l, size_t s, int64_t early, int64_t late)
{
    for (size_t i = l->first[s]; i < l->first[s + 1]; i++) {
        const char *what = impossible(l, &l->sessions[s], &l->signs[i], early, late);
        if (what == NULL)
            continue;
        struct finding *f = find_of_week(l, "dates", l->sessions[s].day, "");
        f->n++;
        find_record(l, f, l->sessions[s].day, &l->signs[i], what);
    }
}

/* ---- paper ---- */

static void paper_of(struct look *l, int64_t percent, int64_t least)
{
    int64_t n = 0;
    for (size_t i = 0; i < l->n_signs; i++)
        n += strcmp(l->signs[i].means, "paper") == 0;
    if ((int64_t)l->n_signs < least || n * 100 <= (int64_t)l->n_signs * percent)
        return;
    struct finding *f = find_new(l, "paper", arena_fmt(l->cx->arena, "paper:%s", l->c.code));
    f->n = n * 100 / (int64_t)l->n_signs;
    f->limit = percent;
    for (size_t s = 0; s < l->n_sessions; s++)
        for (size_t i = l->first[s]; i < l->first[s + 1]; i++)
            if (strcmp(l->signs[i].means, "paper") == 0)
                find_record(l, f, l->sessions[s].day, &l->signs[i], l->signs[i].reason);
}

/* ---- more people than seats of the class ---- */

static void seats_of(struct look *l, size_t s, int64_t over)
{
    int64_t n = 0;
    for (size_t i = l->first[s]; i < l->first[s + 1]; i++)
        n += l->signs[i].leaving == 0;
    if (n <= l->c.seats + over)
        return;
    struct finding *f = find_of_week(l, "capacity", l->sessions[s].day, "");
    f->n = n > f->n ? n : f->n;
    f->limit = l->c.seats;
    find_record(l, f, l->sessions[s].day, NULL, arena_fmt(l->cx->arena, "%lld/%lld", (long long)n, (long long)l->c.seats));
}

struct limits {
    int64_t device, persons, seconds, far, metres, early, late, percent, least, over;
};

static err_t limits_of(const struct look *l, struct limits *m)
{
    TRY(find_number(l, "anomaly.device", "persons", &m->device));
    TRY(find_number(l, "anomaly.burst", "persons", &m->persons));
    TRY(find_number(l, "anomaly.burst", "seconds", &m->seconds));
    TRY(find_number(l, "anomaly.far", "persons", &m->far));
    TRY(find_number(l, "anomaly.far", "metres", &m->metres));
    TRY(find_number(l, "anomaly.paper", "percent", &m->percent));
    TRY(find_number(l, "anomaly.paper", "least", &m->least));
    TRY(find_number(l, "anomaly.capacity", "over", &m->over));
    TRY(find_number(l, "sign.window", "early_minutes", &m->early));
    return find_number(l, "sign.window", "late_minutes", &m->late);
}

err_t find_in_signs(struct look *l)
{
    struct limits m;
    struct phone *phones = ARENA_ARRAY(l->cx->arena, struct phone, l->n_signs + 1);
    const struct q_attendance_sign_row **in_order = ARENA_ARRAY(l->cx->arena, const struct q_attendance_sign_row *, l->n_signs + 1);
    TRY(limits_of(l, &m));
    for (size_t s = 0; s < l->n_sessions; s++) {
        phones_of(l, s, m.device, phones);
        burst_of(l, s, m.persons, m.seconds, in_order);
        far_of(l, s, m.far, m.metres);
        dates_of(l, s, m.early, m.late);
        seats_of(l, s, m.over);
    }
    paper_of(l, m.percent, m.least);
    return E_OK;
}
