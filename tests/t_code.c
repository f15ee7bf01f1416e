/* Short codes: there and back, what people mistype, what the check symbol finds; digests and tokens. */
#include "base/code.h"
#include "base/hash.h"
#include "tap.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

static void reading(struct arena *a)
{
    char code[CODE_LEN + 1], back[CODE_LEN + 1];
    code_make(0x123456789, code);
    ok(code_read(code, back) == NULL && strcmp(code, back) == 0, "there and back");
    is_str(code_show(a, "7KQ4M2XD"), "7KQ4-M2XD", "shown in two groups");
    code_make(0, code);
    is_str(code, "00000000", "nothing");
    ok(code_read("oOoO-0o0 0", back) == NULL, "O for 0, small letters, dashes, blanks");
    ok(code_read("００００－００００", back) == NULL, "full-width characters");
    is_str(code_read("0000000", back), "编号要 8 位，请看看有没有漏写或者多写。", "too short");
    ok(code_read("", back) != NULL && code_read("0000000000000000000", back) != NULL, "empty, too long");
    is_str(code_read("UUUUUUUU", back), "编号里只有数字和字母，请检查有没有抄错。", "U is no symbol");
    is_str(code_read("00000001", back), "这个编号不对，可能抄错了一位，请对照原来的再看一遍。", "a wrong one");
    code_make(1ull << 30, code);
    is_int(code[0], '1', "the highest five bits come first");
    code[0] = 'l';
    ok(code_read(code, back) == NULL && back[0] == '1', "l for 1");
    code[0] = 'I';
    ok(code_read(code, back) == NULL && back[0] == '1', "I for 1");
}

static void errors(void)
{
    static const char symbols[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    char code[CODE_LEN + 1], back[CODE_LEN + 1];
    int all = 0, found = 0, swaps = 0, swaps_found = 0;
    for (uint64_t v = 1; v < 200; v++) {
        code_make(v * 0x9E3779B97F4A7C15u, code);
        for (int i = 0; i < CODE_LEN; i++) {
            char was = code[i];
            for (int c = 0; c < 32; c++)
                if (symbols[c] != was) {
                    code[i] = symbols[c];
                    all++;
                    found += code_read(code, back) != NULL;
                }
            code[i] = was;
            for (int k = i + 1; k < CODE_LEN; k++)
                if (code[k] != was) {
                    code[i] = code[k];
                    code[k] = was;
                    swaps++;
                    swaps_found += code_read(code, back) != NULL;
                    code[k] = code[i];
                    code[i] = was;
                }
        }
    }
    is_int(found, all, "every single wrong symbol is found");
    is_int(swaps_found, swaps, "every two symbols that changed places are found");
}

static const char *hex(const unsigned char d[HASH_LEN])
{
    static char out[2 * HASH_LEN + 1];
    hash_hex(d, HASH_LEN, out);
    return out;
}

static void digests(void)
{
    unsigned char d[HASH_LEN], raw[4];
    char token[44], again[44];
    hash_sm3("abc", 3, d);
    is_str(hex(d), "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0", "SM3: GB/T 32905, example 1");
    unsigned char want[HASH_LEN], long_key[100];
    unsigned n = HASH_LEN;
    memset(long_key, 'k', sizeof long_key);
    hash_hmac_sm3(long_key, sizeof long_key, "abc", 3, d);
    ok(HMAC(EVP_sm3(), long_key, sizeof long_key, (const unsigned char *)"abc", 3, want, &n) != NULL && memcmp(d, want, n) == 0,
       "HMAC-SM3 with a long key is OpenSSL's");
    hash_sha256("abc", 3, d);
    is_str(hex(d), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "SHA-256");
    ok(hash_unhex("00ff10Ab", raw, 4) == false && hash_unhex("00ff10ab", raw, 4) && raw[1] == 255, "hex");
    ok(!hash_unhex("00ff", raw, 4) && !hash_unhex("zz000000", raw, 4), "no hex");
    ok(hash_equal("abc", "abc", 3) && !hash_equal("abc", "abd", 3), "equal");
    hash_token(token);
    hash_token(again);
    ok(strlen(token) == 43 && strcmp(token, again) != 0, "tokens differ");
    ok(strspn(token, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == 43, "base64url");
}

int main(void)
{
    struct arena a;
    arena_init(&a, 0);
    reading(&a);
    errors();
    digests();
    arena_free(&a);
    return done();
}
