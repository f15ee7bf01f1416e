/* routes.h -- the pages of this office. */
#ifndef EVENTS_ROUTES_H
#define EVENTS_ROUTES_H
#include "web/web.h"

extern const struct route events_routes[];
extern const struct flow *const events_flows[];
#endif
