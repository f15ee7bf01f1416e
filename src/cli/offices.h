/* offices.h -- the offices of the city, in the order in which their demo records are made. */
#ifndef CLI_OFFICES_H
#define CLI_OFFICES_H
#include "city/demo.h"
#include "outside/mail.h"
#include "web/web.h"

extern const struct office offices[]; /* ends with a zero entry */

struct office_work { /* what an office does without being asked */
    const char *name;
    err_t (*demo)(struct ctx *cx, const struct demo_scale *s); /* NULL = none */
    err_t (*tick)(struct ctx *cx);                              /* each minute; NULL = nothing */
};
extern const struct office_work office_work[]; /* ends with a zero entry */
/* All that is due, then what waits in the outbox. */
err_t offices_tick(struct ctx *cx, struct mail_config *mail) MUST_USE;
#endif
