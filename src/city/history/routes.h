/* routes.h -- subsidies of the time before this system: officers bring them in, auditors look. */
#ifndef HISTORY_ROUTES_H
#define HISTORY_ROUTES_H
#include "web/web.h"

extern const struct route history_routes[];
#endif
