/* routes.h -- the decision as an API. */
#ifndef DECISIONS_ROUTES_H
#define DECISIONS_ROUTES_H
#include "web/web.h"

extern const struct route decisions_routes[];
#endif
