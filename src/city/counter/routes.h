/* routes.h -- the pages of this office. */
#ifndef COUNTER_ROUTES_H
#define COUNTER_ROUTES_H
#include "web/web.h"

extern const struct route counter_routes[];
#endif
