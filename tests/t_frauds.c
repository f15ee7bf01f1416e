/* Planted frauds in made-up classes: how many are found (recall), and how often an honest class is asked (false alarms). Prints both. */
#include "tests/training_world.h"

#include "city/supervision/supervision.h"
#include "city/supervision/supervision_impl.h"

#include <stdlib.h>

enum { CLASSES = 60, TRAINEES = 20, DAYS = 4, MINUTE = 60000 };

enum fraud { HONEST, DEVICE, BURST, BURST_SLOW, OVERLAP, CAPACITY, WORK, DATES, FAR, PAPER, EARLY, PAIR_DEVICE, FRAUDS };
static const char *const kinds[FRAUDS] = {"", "device", "burst", "burst", "overlap", "capacity", "work", "dates", "far", "paper", "early", "device"};
static const char *const names[FRAUDS] = {"honest", "one phone for six", "15 within ten seconds", "15 spread over a minute", "in two classes at once",
                                          "more than seats", "at work at that hour", "signed at three at night", "signed two kilometres away", "half on paper",
                                          "certificate before the end", "one phone for two"};

struct town_dice {
    uint64_t s;
};

static int64_t roll(struct town_dice *d, int64_t sides)
{
    d->s = d->s * 6364136223846793005u + 1442695040888963407u;
    return (int64_t)((d->s >> 33) % (uint64_t)sides);
}

/* Classes 1..24 are honest, then three of each fraud. */
static enum fraud fraud_of(int class_id)
{
    return class_id <= 27 ? HONEST : (enum fraud)(1 + (class_id - 28) / 3);
}

static void sign(struct world *w, struct buf *b, int session, int trainee, bool leaving, int64_t at, const char *means, const char *device, int64_t metres)
{
    (void)w;
    buf_fmt(b, "%s(%d, %d, %d, %lld, '%s', '%s', %s, %d, '%s')", b->len > 0 ? "," : "", session, trainee, leaving, (long long)at, means, device,
            metres < 0 ? "NULL" : arena_fmt(b->a, "%lld", (long long)metres), strcmp(means, "code") != 0, strcmp(means, "paper") == 0 ? "签到纸" : "");
}

static void one_sign(struct world *w, struct buf *b, struct town_dice *d, int class_id, int day, int t, int64_t ymd)
{
    enum fraud f = fraud_of(class_id);
    int session = class_id * 100 + day + 1, trainee = class_id * 100 + t;
    int64_t start = day_start(ymd, DAY_ZONE) + 510 * MINUTE, at = start - roll(d, 25 * MINUTE) + roll(d, 3) * MINUTE, metres = roll(d, 2) ? roll(d, 180) : -1;
    const char *means = roll(d, 30) == 0 ? "paper" : roll(d, 10) == 0 ? "card" : "code", *device = "";
    if (strcmp(means, "code") == 0)
        device = arena_fmt(b->a, "d%06d", trainee);
    if (class_id % 8 == 5 && t <= 2 && *device != '\0')
        device = arena_fmt(b->a, "p%06d", class_id); /* a couple with one phone: honest */
    if (class_id == 7 && t <= 3)
        device = "grandson", means = "code"; /* three old people with one phone: honest, and asked about */
    if ((f == DEVICE && t <= 6) || (f == PAIR_DEVICE && t <= 2))
        device = arena_fmt(b->a, "x%06d", class_id), means = "code";
    if (f == BURST && t <= 15 && day == 2)
        at = start - 5 * MINUTE + t * 600, means = "code";
    if (f == BURST_SLOW && t <= 15 && day == 2)
        at = start - 5 * MINUTE + t * 4000, means = "code";
    if (f == DATES && t == 4)
        at = day_start(ymd, DAY_ZONE) + 180 * MINUTE;
    if (f == FAR && t <= 5 && day == 1)
        metres = 2000 + roll(d, 900), means = "code", device = arena_fmt(b->a, "d%06d", trainee);
    if (f == PAPER && t % 2 == 0)
        means = "paper", device = "";
    sign(w, b, session, trainee, false, at, means, device, strcmp(means, "code") == 0 ? metres : -1);
    if (roll(d, 10) != 0)
        sign(w, b, session, trainee, true, start + 180 * MINUTE + roll(d, 10 * MINUTE), means, device, -1);
}

static void put_signs(struct world *w, const struct buf *b)
{
    struct buf copy = *b;
    training_sql(w, "INSERT INTO sign_in (session_id, trainee_id, leaving, at, means, device, metres, account_id, reason) VALUES %s", buf_text(&copy));
}

static void plant_records(struct world *w, int class_id)
{
    enum fraud f = fraud_of(class_id);
    int t = class_id * 100 + 1;
    if (f == OVERLAP) /* the person of an earlier class's trainee sits here as well, at the same hours */
        training_sql(w, "UPDATE trainee SET person_id = %d WHERE id = %d", (class_id - 20) * 100 + 5, t);
    if (f == WORK || class_id == 9) /* class 9: a night watchman, honest */
        training_sql(w, "INSERT INTO fact (person_id, name, value, source, from_on, status, at, account_id) VALUES (%d, 'employer', '示例厂', 'insurance', 20260101, 'held', 0, 1)", t);
    if (f == EARLY)
        training_sql(w, "INSERT INTO certificate (number, kind, person_id, trainee_id, occupation, level, issued_on, evaluator, status, checks, at) VALUES"
                        " ('N%d', 'level', %d, %d, '4-10-01-05', 5, 20261111, 'E', 'entered', '{}', 0)", t, t, t);
}

static void build(struct world *w)
{
    struct town_dice d = {20261124};
    for (int id = 1; id <= CLASSES; id++) {
        struct buf b = {.a = &w->arena};
        training_class(w, id, id, 20261109, DAYS, 510, TRAINEES, "finished"); /* Monday to Thursday, a room each */
        for (int day = 0; day < DAYS; day++)
            for (int t = 1; t <= TRAINEES; t++)
                if (roll(&d, 25) != 0)
                    one_sign(w, &b, &d, id, day, t, day_add(20261109, day));
        put_signs(w, &b);
        plant_records(w, id);
        if (fraud_of(id) == CAPACITY)
            training_sql(w, "UPDATE class SET seats = 15 WHERE id = %d", id);
    }
}

static void count(struct world *w)
{
    struct q_anomaly_list_row *rows;
    int planted[FRAUDS] = {0}, found[FRAUDS] = {0}, alarms = 0, honest = 0, asked = 0, all = 0, hits = 0;
    size_t n;
    for (int id = 1; id <= CLASSES; id++) {
        int64_t class_id = id;
        enum fraud f = fraud_of(id);
        bool hit = false, alarm = false;
        (void)!anomaly_list(&w->cx, &(struct anomaly_find){.class_id = &class_id, .page = 1}, &rows, &n);
        for (size_t i = 0; i < n; i++) {
            bool partner = strcmp(rows[i].kind, "overlap") == 0 && f == HONEST;
            hit = hit || strcmp(rows[i].kind, kinds[f]) == 0;
            alarm = alarm || (strcmp(rows[i].kind, kinds[f]) != 0 && !partner);
            if (partner) /* the other half of a planted overlap was found first */
                found[OVERLAP]++, planted[OVERLAP]++, hits++, all++;
        }
        honest += f == HONEST;
        asked += f == HONEST && alarm;
        alarms += alarm;
        if (f == HONEST)
            continue;
        if (f == OVERLAP && !hit)
            continue; /* counted with its other half */
        planted[f]++, found[f] += hit, all++, hits += hit;
    }
    for (int f = 1; f < FRAUDS; f++)
        printf("# %-28s %d of %d\n", names[f], found[f], planted[f]);
    printf("# recall %d/%d = %d %%; honest classes asked about %d of %d; classes with a case of another kind %d of %d\n", hits, all, hits * 100 / all, asked, honest, alarms,
           CLASSES);
    for (int f = 1; f < FRAUDS; f++)
        if (f != BURST_SLOW && f != PAIR_DEVICE)
            ok(planted[f] > 0 && found[f] == planted[f], names[f]);
    ok(hits * 100 >= all * 80, "at least four of five planted frauds are found");
    ok(asked * 100 <= honest * 10, "at most a tenth of the honest classes is asked about");
}

static void test(struct world *w)
{
    int64_t fresh, sum = 0;
    if (!training_base(w, CLASSES))
        return;
    w->cx.now = day_start(20261124, DAY_ZONE);
    build(w);
    for (int id = 1; id <= CLASSES; id++) {
        if (anomalies_look(&w->cx, id, &fresh) != E_OK)
            world_ok(w, E_BUG, "a class is looked at");
        sum += fresh;
    }
    ok(sum > 0, "cases were found");
    count(w);
}

int main(void)
{
    return world_each(test);
}
