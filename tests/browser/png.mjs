// png.mjs -- a screenshot packed tighter: 64 steps of each colour, no transparency, each row with the filter that leaves least to say.
import zlib from 'node:zlib';

const MARK = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function chunks(png) {
  const out = [];
  for (let at = MARK.length; at < png.length; at += 12 + png.readUInt32BE(at))
    out.push({ type: png.toString('latin1', at + 4, at + 8), data: png.subarray(at + 8, at + 8 + png.readUInt32BE(at)) });
  return out;
}

const CRC = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n >>> 0;
});

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  let crc = 0xffffffff;
  for (const byte of body) crc = CRC[(crc ^ byte) & 255] ^ (crc >>> 8);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE((crc ^ 0xffffffff) >>> 0, body.length + 4);
  return out;
}

function paeth(a, b, c) {
  const p = a + b - c;
  const [pa, pb, pc] = [Math.abs(p - a), Math.abs(p - b), Math.abs(p - c)];
  return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
}
const GUESS = [() => 0, (a) => a, (a, b) => b, (a, b) => (a + b) >> 1, paeth];

// The rows of pixels, of `size` bytes each pixel.
function rows(raw, height, line, size) {
  const out = [];
  for (let y = 0; y < height; y++) {
    const guess = GUESS[raw[y * (line + 1)]];
    const row = Buffer.from(raw.subarray(y * (line + 1) + 1, (y + 1) * (line + 1)));
    const above = out[y - 1] ?? Buffer.alloc(line);
    for (let x = 0; x < line; x++) row[x] += guess(row[x - size] ?? 0, above[x], above[x - size] ?? 0);
    out.push(row);
  }
  return out;
}

function filtered(row, above, size) {
  let best = null;
  GUESS.forEach((guess, kind) => {
    const out = Buffer.alloc(row.length + 1);
    let sum = 0;
    out[0] = kind;
    for (let x = 0; x < row.length; x++) {
      out[x + 1] = row[x] - guess(row[x - size] ?? 0, above[x], above[x - size] ?? 0);
      sum += out[x + 1] < 128 ? out[x + 1] : 256 - out[x + 1];
    }
    if (best === null || sum < best.sum) best = { sum, out };
  });
  return best.out;
}

const opaque = (row) => row.filter((_, i) => i % 4 !== 3);
const coarse = (row) => row.map((v) => Math.round(Math.round(v / 4.048) * 4.048));

// 8 bits a channel, RGB or RGBA without interlacing, as browsers write them.
export function tight(png) {
  const parts = chunks(png);
  const head = Buffer.from(parts[0].data);
  const [width, height, alpha] = [head.readUInt32BE(0), head.readUInt32BE(4), head[9] === 6];
  const raw = zlib.inflateSync(Buffer.concat(parts.filter((p) => p.type === 'IDAT').map((p) => p.data)));
  const read = rows(raw, height, width * (alpha ? 4 : 3), alpha ? 4 : 3);
  const pixels = (alpha ? read.map(opaque) : read).map(coarse);
  head[9] = 2;
  const packed = pixels.map((row, y) => filtered(row, pixels[y - 1] ?? Buffer.alloc(row.length), 3));
  const data = zlib.deflateSync(Buffer.concat(packed), { level: 9, memLevel: 9 });
  return Buffer.concat([MARK, chunk('IHDR', head), chunk('IDAT', data), chunk('IEND', Buffer.alloc(0))]);
}
