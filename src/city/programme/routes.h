/* routes.h -- the pages of this office. */
#ifndef PROGRAMME_ROUTES_H
#define PROGRAMME_ROUTES_H
#include "web/web.h"

extern const struct route programme_routes[];
#endif
