/* charset.h -- which encoding a piece of text is in, and decoding it to UTF-8 piece by piece. */
#ifndef FEEDS_CHARSET_H
#define FEEDS_CHARSET_H
#include <iconv.h>
#include <stdbool.h>
#include <stddef.h>

enum charset { CS_UNKNOWN, CS_UTF8, CS_GB18030, CS_UTF16LE, CS_UTF16BE };

/* Text that somebody decoded with the wrong encoding and saved as UTF-8. */
enum repair {
    REPAIR_NONE,
    REPAIR_UTF8_AS_GBK,    /* 工资 shows as 宸ヨ祫 */
    REPAIR_UTF8_AS_LATIN1, /* å·¥èµ„ */
    REPAIR_GBK_AS_LATIN1,  /* ¹¤×Ê */
    REPAIR_LOST            /* 锟斤拷 or U+FFFD all over: nothing left to mend */
};

struct decoder {
    enum charset cs;
    iconv_t cd; /* (iconv_t)-1 for UTF-8 */
    unsigned char carry[8]; /* the begun character at the end of the last piece */
    size_t n_carry;
};

const char *charset_name(enum charset cs);
/* The encoding of a piece that has bytes above ASCII and no BOM; CS_UNKNOWN when it is neither.
 * A cut character at the end is fine. */
enum charset charset_guess(const unsigned char *p, size_t n);
/* Looks at valid UTF-8. `scratch` has room for n bytes. */
enum repair charset_repair(const char *p, size_t n, char *scratch);

bool decoder_init(struct decoder *d, enum charset cs); /* false: iconv does not know it */
void decoder_close(struct decoder *d);
/* Decodes `n` bytes to `out` (room for 3 * n + 32) as valid UTF-8, returns the bytes written. `last`: nothing follows. */
size_t decoder_run(struct decoder *d, const unsigned char *p, size_t n, bool last, char *out);
/* Undoes the wrong decoding of valid UTF-8: the bytes as they once were; `out` has room for 2 * n + 16. */
size_t charset_undo(enum repair how, const char *p, size_t n, char *out);

/* Length of the valid UTF-8 sequence at p (n > 0 bytes left); 0 = broken, -1 = cut off at the end. */
int utf8_len(const unsigned char *p, size_t n);
unsigned utf8_code(const unsigned char *p, int len);
#endif
