/* queue.h -- numbers in line at a station: taking, calling, showing; nothing about persons.
 *
 * A ticket is "A001", "A002", … of one station and day. Its short code is public and opens /q/{code}.
 * Two clerks who call at once never get the same number.
 */
#ifndef QUEUE_QUEUE_H
#define QUEUE_QUEUE_H
#include "base/ctx.h"
#include "base/flow.h"
#include "queue.rows.h"

extern const struct flow ticket_flow;

struct ticket {
    int64_t id, station_id, number, taken_at, called_at /* 0 = not yet */;
    const char *code, *status, *place; /* place: the window that calls, "" before */
    const char *label;                 /* "A012" */
    int64_t ahead, wait_min;           /* of one that waits: people before, estimated minutes */
    const char *station_code, *station_name;
};
struct queue {
    struct q_ticket_of_day_row *called; /* newest call first, at most 6: being served */
    size_t n_called;
    struct q_ticket_of_day_row *waiting;
    size_t n_waiting;
    int64_t wait_min; /* for one who takes a number now */
};
const char *ticket_label(struct ctx *cx, int64_t number);

/* Takes the next number of the day. E_STATE: this station gives no numbers now. */
err_t ticket_take(struct ctx *cx, int64_t station_id, struct ticket *out) MUST_USE;
err_t ticket_by_code(struct ctx *cx, const char *code, struct ticket *out) MUST_USE;
err_t ticket_by_id(struct ctx *cx, int64_t id, struct ticket *out) MUST_USE;
/* The desk calls the first who waits, to the window `place`. E_NOTFOUND: nobody waits. */
err_t ticket_next(struct ctx *cx, int64_t station_id, const char *place, struct ticket *out) MUST_USE;
/* "again", "miss", "recall", "serve" by the desk, "leave" by whoever holds the code. */
err_t ticket_move(struct ctx *cx, int64_t id, const char *action, const char *place) MUST_USE;
/* The window that the actor called to last today, "1" before the first call. */
err_t ticket_window(struct ctx *cx, int64_t station_id, const char **place) MUST_USE;
err_t queue_today(struct ctx *cx, int64_t station_id, struct queue *out) MUST_USE;

/* ---- a human, please ---- */
err_t help_ask(struct ctx *cx, int64_t station_id) MUST_USE; /* one open call a station */
err_t help_answer(struct ctx *cx, int64_t station_id) MUST_USE;
err_t help_open(struct ctx *cx, int64_t station_id, struct q_help_open_row **rows, size_t *n) MUST_USE;
#endif
