#include "feeds/source.h"

#include "feeds/charset.h"

#include <string.h>
#include <zlib.h>

enum { PIECE = 16 * 1024, DECODED = 3 * PIECE + 32, UNDONE = 2 * DECODED + 16, MENDED = 3 * UNDONE + 32 };

struct source {
    struct arena *a;
    gzFile gz;
    int64_t unpacked, unpacked_max;
    bool begun, eof;
    enum charset cs;
    enum repair repair;
    struct decoder first, second; /* the file's own encoding; the one it had before it was spoiled */
    unsigned char *in;
    char *decoded, *undone, *mended;
};

static void source_end(void *arg)
{
    struct source *s = arg;
    if (s->gz != NULL)
        (void)gzclose(s->gz);
    decoder_close(&s->first);
    decoder_close(&s->second);
}

err_t source_open(struct ctx *cx, struct arena *a, const char *path, int64_t unpacked_max, struct source **out)
{
    struct source *s = ARENA_NEW(a, struct source);
    *s = (struct source){.a = a, .unpacked_max = unpacked_max, .first.cd = (iconv_t)-1, .second.cd = (iconv_t)-1};
    s->gz = gzopen(path, "rb");
    if (s->gz == NULL)
        return FAIL(cx, E_IO, "file", "cannot open %s", path);
    arena_defer(a, source_end, s);
    (void)gzbuffer(s->gz, PIECE);
    s->in = arena_alloc(a, PIECE);
    s->decoded = arena_alloc(a, DECODED);
    *out = s;
    return E_OK;
}

err_t source_rewind(struct ctx *cx, struct source *s)
{
    if (gzrewind(s->gz) != 0)
        return FAIL(cx, E_IO, "file", "cannot rewind");
    enum charset before = s->repair == REPAIR_GBK_AS_LATIN1 ? CS_GB18030 : CS_UTF8;
    decoder_close(&s->first);
    decoder_close(&s->second);
    s->begun = s->eof = false;
    s->unpacked = 0;
    if (s->cs != CS_UNKNOWN && (!decoder_init(&s->first, s->cs) || !decoder_init(&s->second, before)))
        return FAIL(cx, E_BUG, "file", "iconv lacks %s", charset_name(s->cs));
    return E_OK;
}

static err_t read_piece(struct ctx *cx, struct source *s, size_t *n)
{
    *n = 0;
    while (*n < PIECE && !s->eof) {
        int got = gzread(s->gz, s->in + *n, (unsigned)(PIECE - *n));
        if (got < 0)
            return FILE_SAY(cx, E_INVALID, "%s", tr(cx, "压缩文件不完整或已损坏，请重新打包再上传。"));
        s->eof = got == 0;
        *n += (size_t)got;
    }
    int code = Z_OK;
    (void)gzerror(s->gz, &code);
    if (s->eof && code == Z_BUF_ERROR)
        return FILE_SAY(cx, E_INVALID, "%s", tr(cx, "压缩文件不完整，可能传到一半断了，请重新上传。"));
    s->unpacked += (int64_t)*n;
    if (s->unpacked > s->unpacked_max)
        return FILE_SAY(cx, E_LIMIT, tr(cx, "文件的内容展开后超过 %lld MB，请分成几个文件上传。"),
                        (long long)(s->unpacked_max >> 20));
    return E_OK;
}

static size_t skip_bom(struct source *s, size_t n)
{
    const unsigned char *p = s->in;
    if (n >= 3 && memcmp(p, "\xef\xbb\xbf", 3) == 0) {
        s->cs = CS_UTF8;
        return 3;
    }
    if (n >= 2 && ((p[0] == 0xff && p[1] == 0xfe) || (p[0] == 0xfe && p[1] == 0xff))) {
        s->cs = p[0] == 0xff ? CS_UTF16LE : CS_UTF16BE;
        return 2;
    }
    return 0;
}

static bool is_ascii(const unsigned char *p, size_t n)
{
    unsigned char all = 0;
    for (size_t i = 0; i < n; i++)
        all |= p[i];
    return all < 0x80;
}

/* Called with the first piece that has more than ASCII: settles the encoding for the whole file. */
static err_t decide(struct ctx *cx, struct source *s, const unsigned char *p, size_t n)
{
    if (s->cs == CS_UNKNOWN)
        s->cs = charset_guess(p, n);
    if (s->cs == CS_UNKNOWN)
        return FILE_SAY(cx, E_INVALID, "%s",
                        tr(cx, "认不出文件的文字编码。请用 Excel 或 WPS 打开，另存为“CSV UTF-8”或 .xlsx 再上传。"));
    if (!decoder_init(&s->first, s->cs))
        return FAIL(cx, E_BUG, "file", "iconv lacks %s", charset_name(s->cs));
    size_t w = decoder_run(&s->first, p, n, false, s->decoded);
    s->mended = arena_alloc(s->a, DECODED);
    s->repair = charset_repair(s->decoded, w, s->mended);
    decoder_close(&s->first);
    if (s->repair == REPAIR_LOST)
        return FILE_SAY(cx, E_INVALID, "%s",
                        tr(cx, "文件里的汉字已经变成乱码，还原不了。请从原来的系统重新导出，选“UTF-8”编码。"));
    if (!decoder_init(&s->first, s->cs) || !decoder_init(&s->second, s->repair == REPAIR_GBK_AS_LATIN1 ? CS_GB18030 : CS_UTF8))
        return FAIL(cx, E_BUG, "file", "iconv lacks %s", charset_name(s->cs));
    if (s->repair != REPAIR_NONE) {
        s->undone = arena_alloc(s->a, UNDONE);
        s->mended = arena_alloc(s->a, MENDED);
    }
    return E_OK;
}

err_t source_fill(struct ctx *cx, struct source *s, const char **p, size_t *n)
{
    for (*n = 0; *n == 0 && !(s->eof && s->begun);) {
        size_t got;
        TRY(read_piece(cx, s, &got));
        bool decided = s->first.cs != CS_UNKNOWN;
        size_t from = s->begun ? 0 : skip_bom(s, got);
        s->begun = true;
        if (!decided && s->cs == CS_UNKNOWN && is_ascii(s->in, got)) {
            *p = (const char *)s->in;
            *n = got;
            return E_OK;
        }
        if (!decided)
            TRY(decide(cx, s, s->in + from, got - from));
        *n = decoder_run(&s->first, s->in + from, got - from, s->eof, s->decoded);
        *p = s->decoded;
        if (s->repair != REPAIR_NONE) {
            size_t w = charset_undo(s->repair, s->decoded, *n, s->undone);
            *n = decoder_run(&s->second, (const unsigned char *)s->undone, w, s->eof, s->mended);
            *p = s->mended;
        }
    }
    return E_OK;
}

const char *source_encoding(const struct source *s) { return charset_name(s->cs); }

const char *source_repair(const struct ctx *cx, const struct source *s)
{
    switch (s->repair) {
    case REPAIR_UTF8_AS_GBK: return tr(cx, "文件里的汉字曾被当作 GBK 打开后保存，成了乱码，已经还原。请核对几行。");
    case REPAIR_UTF8_AS_LATIN1:
    case REPAIR_GBK_AS_LATIN1: return tr(cx, "文件里的汉字曾被当作西文打开后保存，成了乱码，已经还原。请核对几行。");
    default: return NULL;
    }
}
