/* qr.h -- QR codes as SVG of one path, for pages and paper. */
#ifndef BASE_QR_H
#define BASE_QR_H
#include "base/arena.h"

/* `text` as an <svg role="img"> with `title` for those who do not see it; black on white with the quiet zone, in every
 * colour mode. Level M (15 % may be damaged). NULL when the text is too long (more than 2331 bytes) or empty. */
const char *qr_svg(struct arena *a, const char *text, const char *title);
#endif
