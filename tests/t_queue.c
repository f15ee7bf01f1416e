/* Numbers in line on both engines: one after the other, never called twice, honest about the wait. */
#include "tests/town.h"

#include "city/queue/queue.h"

#include <pthread.h>

static void taking(struct world *w)
{
    struct ticket a, b;
    world_actor(w, ROLE_PUBLIC, 0);
    world_ok(w, ticket_take(&w->cx, 1, &a), "somebody takes a number");
    is_str(a.label, "A001", "the first of the day");
    is_int(a.ahead, 0, "with nobody before");
    w->cx.once_key = "press-1";
    world_ok(w, ticket_take(&w->cx, 1, &b), "the next one presses");
    is_str(b.label, "A002", "and is second");
    is_int(b.ahead, 1, "with one before");
    is_int(b.wait_min, 6, "and a wait by the rule while nothing was measured");
    w->cx.once_key = "press-1";
    ok(ticket_take(&w->cx, 1, &a) == E_REPEAT, "a nervous second press");
    ok(w->cx.result != NULL && strstr(w->cx.result, b.code) == NULL, "leads to the ticket taken before");
    w->cx.once_key = NULL;
    world_ok(w, ticket_by_code(&w->cx, w->cx.result + 3, &a), "by its code");
    is_int(a.number, 2, "the same number");
    ok(ticket_by_code(&w->cx, "0000-0000", &a) == E_NOTFOUND || ticket_by_code(&w->cx, "XXXX", &a) == E_NOTFOUND, "a mistyped code is not found");
    ok(ticket_take(&w->cx, 3, &a) == E_STATE, "a suspended station gives no numbers");
    ok(ticket_take(&w->cx, 99, &a) == E_NOTFOUND, "an unknown one neither");
    world_ok(w, ticket_take(&w->cx, 2, &a), "another station");
    is_str(a.label, "A001", "counts for itself");
}

static void calling(struct world *w)
{
    struct ticket t;
    struct queue q;
    town_desk(w, 7, 1);
    world_ok(w, ticket_next(&w->cx, 1, "2", &t), "the desk calls");
    is_int(t.number, 1, "the first");
    is_str(t.place, "2", "to window 2");
    world_ok(w, ticket_move(&w->cx, t.id, "again", "2"), "again");
    world_ok(w, ticket_move(&w->cx, t.id, "miss", NULL), "nobody comes");
    world_ok(w, ticket_move(&w->cx, t.id, "recall", "2"), "there they are");
    world_ok(w, ticket_move(&w->cx, t.id, "serve", NULL), "served");
    ok(ticket_move(&w->cx, t.id, "again", "2") == E_STATE, "what is over is over");
    world_ok(w, queue_today(&w->cx, 1, &q), "the queue");
    is_int((long long)q.n_waiting, 1, "one waits");
    is_int((long long)q.n_called, 0, "nobody is being served");
    world_actor(w, ROLE_PUBLIC, 0);
    ok(ticket_move(&w->cx, q.waiting[0].id, "call", "1") == E_DENIED, "the public does not call");
    world_ok(w, ticket_move(&w->cx, q.waiting[0].id, "leave", NULL), "but may leave");
    town_desk(w, 7, 1);
    ok(ticket_next(&w->cx, 1, "2", &t) == E_NOTFOUND, "then nobody waits");
    w->cx.now += 86400000;
    world_ok(w, ticket_take(&w->cx, 1, &t), "the next day");
    is_str(t.label, "A001", "begins at one");
    w->cx.now -= 86400000;
}

struct clerk {
    struct world *w;
    struct db *db;
    int64_t got[10];
    int n;
    int64_t account_id;
    bool takes;
};

static void *work(void *arg)
{
    struct clerk *c = arg;
    struct arena a;
    struct ticket t;
    arena_init(&a, 0);
    struct ctx cx = c->w->cx;
    cx.arena = &a;
    cx.db = c->db;
    cx.actor.account_id = c->account_id;
    for (c->n = 0; c->n < 10; c->n++) {
        err_t e = c->takes ? ticket_take(&cx, 2, &t) : ticket_next(&cx, 2, "1", &t);
        if (e != E_OK)
            break;
        c->got[c->n] = t.number;
    }
    arena_free(&a);
    return NULL;
}

static void at_once(struct world *w, bool takes)
{
    struct clerk c[3] = {{.w = w, .account_id = 1, .takes = takes}, {.w = w, .account_id = 2, .takes = takes}, {.w = w, .account_id = 3, .takes = takes}};
    pthread_t t[3];
    int seen[64] = {0}, twice = 0, n = 0;
    bool good = true;
    for (int i = 0; i < 3; i++)
        good = good && store_connect(&w->cx, w->house.store, &c[i].db) == E_OK;
    for (int i = 0; good && i < 3; i++)
        pthread_create(&t[i], NULL, work, &c[i]);
    for (int i = 0; good && i < 3; i++)
        pthread_join(t[i], NULL);
    for (int i = 0; i < 3; i++) {
        store_close(c[i].db);
        n += c[i].n;
        for (int k = 0; k < c[i].n; k++)
            twice += c[i].got[k] < 64 && seen[c[i].got[k]]++ > 0;
    }
    is_int(n, 30, takes ? "three kiosks give thirty numbers at once" : "three clerks call thirty numbers at once");
    is_int(twice, 0, "none of them twice");
}

static void asking(struct world *w)
{
    struct q_help_open_row *rows;
    size_t n;
    world_actor(w, ROLE_PUBLIC, 0);
    world_ok(w, help_ask(&w->cx, 1), "somebody needs a human");
    world_ok(w, help_ask(&w->cx, 1), "and presses again");
    world_ok(w, help_open(&w->cx, 1, &rows, &n), "the desk sees");
    is_int((long long)n, 1, "one call");
    town_desk(w, 7, 1);
    world_ok(w, help_answer(&w->cx, 1), "somebody goes");
    world_ok(w, help_open(&w->cx, 1, &rows, &n), "and then");
    is_int((long long)n, 0, "there is none");
}

static void all(struct world *w)
{
    if (!town_build(w))
        return;
    world_ok(w, flow_lint(&w->cx, &ticket_flow), "the flow is sound");
    taking(w);
    calling(w);
    at_once(w, true);
    at_once(w, false);
    asking(w);
}

int main(void)
{
    return world_each(all);
}
