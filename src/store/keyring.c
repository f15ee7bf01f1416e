/* keyring.c -- the file `keys`: one line "N HEX" a key, newest last. */
#include "store/keyring.h"

#include "base/hash.h"
#include "base/view.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static err_t create_file(struct ctx *cx, const char *path)
{
    unsigned char key[HASH_LEN];
    char hex[2 * HASH_LEN + 1];
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return errno == EEXIST ? E_OK : FAIL(cx, E_IO, NULL, "%s: %s", path, strerror(errno));
    hash_random(key, sizeof key);
    hash_hex(key, sizeof key, hex);
    bool good = dprintf(fd, "1 %s\n", hex) > 0 && fsync(fd) == 0;
    good = close(fd) == 0 && good;
    hash_wipe(key, sizeof key);
    hash_wipe(hex, sizeof hex);
    return good ? E_OK : FAIL(cx, E_IO, NULL, "%s: cannot be written", path);
}

static err_t read_lines(struct ctx *cx, FILE *f, const char *path, struct keyring *k)
{
    char line[128], hex[80];
    while (fgets(line, sizeof line, f) != NULL) {
        unsigned number;
        if (sscanf(line, "%u %79s", &number, hex) != 2 || number != k->n + 1 || k->n == KEYRING_MAX ||
            !hash_unhex(hex, k->key[k->n], HASH_LEN))
            return FAIL(cx, E_INVALID, NULL, "%s: line %u is damaged", path, k->n + 1);
        k->n++;
    }
    hash_wipe(line, sizeof line);
    hash_wipe(hex, sizeof hex);
    return k->n > 0 ? E_OK : FAIL(cx, E_INVALID, NULL, "%s: no key in it", path);
}

err_t keyring_open(struct ctx *cx, const char *path, bool create, struct keyring **out)
{
    struct stat st;
    if (create)
        TRY(create_file(cx, path));
    FILE *f = fopen(path, "re");
    if (f == NULL || fstat(fileno(f), &st) != 0)
        return FAIL(cx, E_INVALID, NULL, "%s: %s", path, strerror(errno));
    if ((st.st_mode & 077) != 0) {
        fclose(f);
        return FAIL(cx, E_INVALID, NULL, "%s: others may read it; chmod 600 it first", path);
    }
    struct keyring *k = calloc(1, sizeof *k);
    if (k == NULL)
        abort();
    err_t e = read_lines(cx, f, path, k);
    fclose(f);
    if (e != E_OK) {
        keyring_close(k);
        return e;
    }
    keyring_derive(k, "audit", k->audit);
    *out = k;
    return E_OK;
}

void keyring_close(struct keyring *k)
{
    if (k == NULL)
        return;
    hash_wipe(k, sizeof *k);
    free(k);
}

void keyring_use(const struct keyring *k, unsigned number, const char *use, unsigned char out[HASH_LEN])
{
    hash_hmac_sm3(k->key[number - 1], HASH_LEN, use, strlen(use), out);
}

void keyring_derive(const struct keyring *k, const char *use, unsigned char out[32])
{
    keyring_use(k, 1, use, out);
}

const char *keyring_marks(struct ctx *cx, const struct keyring *k)
{
    struct buf b = {.a = cx->arena};
    for (unsigned i = 1; i <= k->n; i++) {
        unsigned char d[HASH_LEN];
        char hex[2 * HASH_LEN + 1];
        keyring_use(k, i, "mark", d);
        hash_hex(d, HASH_LEN, hex);
        buf_fmt(&b, "%s%.16s", i > 1 ? "," : "", hex);
    }
    return buf_text(&b);
}
