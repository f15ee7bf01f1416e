/* sheet.h -- the sheet of reports that officers send. */
#ifndef SHORTAGES_SHEET_H
#define SHORTAGES_SHEET_H
#include "city/sheets/sheets.h"

extern const struct sheet_kind shortage_sheet;
#endif
