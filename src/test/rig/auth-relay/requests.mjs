// Finds where HTTP/1.1 requests begin in a byte stream, and changes nothing but one inserted header line.
const CRLF = Buffer.from('\r\n');
const END_OF_HEAD = Buffer.from('\r\n\r\n');
const NOTHING = Buffer.alloc(0);

/**
 * Feeds on the bytes of one client connection and gives the bytes for the server: the same ones, with `line`
 * inserted as last header of each request that has no Authorization of its own. What it cannot frame
 * (an unreadable length, an upgrade) it hands through untouched from there on.
 */
export class AuthorizingStream {
  #line;
  #pending = NOTHING;
  #step = this.#head;

  /** @param line () => string: the header line without its line end, asked for each request */
  constructor(line) {
    this.#line = line;
  }

  /** @returns the bytes to send on */
  feed(bytes) {
    this.#pending = this.#pending.length > 0 ? Buffer.concat([this.#pending, bytes]) : bytes;
    const out = [];
    for (let part = this.#step(); part; part = this.#step()) out.push(part);
    return Buffer.concat(out);
  }

  #take(length) {
    const part = this.#pending.subarray(0, length);
    this.#pending = this.#pending.subarray(length);
    return part;
  }

  #head() {
    const end = this.#pending.indexOf(END_OF_HEAD);
    if (end < 0) return null;
    const head = this.#take(end + END_OF_HEAD.length);
    const lines = head.toString('latin1').split('\r\n').slice(1, -2);
    const values = name => lines.filter(each => new RegExp(`^${name}[ \\t]*:`, 'i').test(each)).map(each => each.slice(each.indexOf(':') + 1).trim());
    this.#step = this.#bodyStep(values('content-length'), values('transfer-encoding'), values('upgrade'));
    if (values('authorization').length > 0) return head;
    const kept = head.subarray(0, head.length - CRLF.length);
    return Buffer.concat([kept, Buffer.from(`${this.#line()}\r\n\r\n`, 'latin1')]);
  }

  #bodyStep(lengths, encodings, upgrades) {
    if (upgrades.length > 0 || lengths.length > 1 || (lengths.length > 0 && encodings.length > 0)) return this.#rest;
    if (encodings.length > 0) return encodings.join().toLowerCase() === 'chunked' ? this.#chunk : this.#rest;
    if (lengths.length === 0) return this.#head;
    return /^\d+$/.test(lengths[0]) ? this.#counted(Number(lengths[0]), this.#head) : this.#rest;
  }

  #counted(length, next) {
    let left = length;
    return () => {
      if (left === 0) {
        this.#step = next;
        return this.#step();
      }
      const part = this.#take(Math.min(left, this.#pending.length));
      left -= part.length;
      return part.length > 0 ? part : null;
    };
  }

  #chunk() {
    const end = this.#pending.indexOf(CRLF);
    if (end < 0) return null;
    const size = this.#pending.toString('latin1', 0, end).split(';')[0].trim();
    if (!/^[0-9a-f]+$/i.test(size)) {
      this.#step = this.#rest;
      return this.#step();
    }
    const length = parseInt(size, 16);
    this.#step = length === 0 ? this.#trailer : this.#counted(length + CRLF.length, this.#chunk);
    return this.#take(end + CRLF.length);
  }

  #trailer() {
    const end = this.#pending.indexOf(CRLF);
    if (end < 0) return null;
    if (end === 0) this.#step = this.#head;
    return this.#take(end + CRLF.length);
  }

  #rest() {
    return this.#pending.length > 0 ? this.#take(this.#pending.length) : null;
  }
}
