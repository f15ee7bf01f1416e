#include "base/qr.h"

#include "base/view.h"

#include <qrencode.h>

#include <string.h>

enum { QUIET = 4 };

const char *qr_svg(struct arena *a, const char *text, const char *title)
{
    QRcode *q = *text == '\0' ? NULL : QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);
    if (q == NULL)
        return NULL;
    int side = q->width + 2 * QUIET;
    struct buf b = {.a = a};
    buf_fmt(&b, "<svg class=\"qr\" role=\"img\" viewBox=\"0 0 %d %d\" shape-rendering=\"crispEdges\"><title>", side, side);
    buf_html(&b, title, strlen(title));
    buf_fmt(&b, "</title><path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path fill=\"#000\" d=\"", side, side);
    for (int y = 0; y < q->width; y++)
        for (int x = 0, n; x < q->width; x += n) {
            const unsigned char *row = q->data + y * q->width;
            for (n = 1; x + n < q->width && (row[x + n] & 1) == (row[x] & 1); n++)
                ;
            if (row[x] & 1)
                buf_fmt(&b, "M%d %dh%dv1h-%dz", x + QUIET, y + QUIET, n, n);
        }
    buf_str(&b, "\"/></svg>");
    QRcode_free(q);
    return buf_text(&b);
}
