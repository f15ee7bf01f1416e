/* routes.h -- the pages of this office. */
#ifndef QUEUE_ROUTES_H
#define QUEUE_ROUTES_H
#include "web/web.h"

extern const struct route queue_routes[];
extern const struct flow *const queue_flows[];
#endif
