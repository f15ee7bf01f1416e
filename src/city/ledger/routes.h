/* routes.h -- the pages of this office. */
#ifndef LEDGER_ROUTES_H
#define LEDGER_ROUTES_H
#include "web/web.h"

extern const struct route ledger_routes[];
#endif
