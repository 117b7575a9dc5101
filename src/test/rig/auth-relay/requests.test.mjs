import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AuthorizingStream } from './requests.mjs';

const LINE = 'Authorization: Bearer t';

/** What leaves the relay when `sent` arrives in pieces of `size` bytes. */
function relayed(sent, size) {
  const stream = new AuthorizingStream(() => LINE);
  let out = '';
  for (let at = 0; at < sent.length; at += size) {
    out += stream.feed(Buffer.from(sent.slice(at, at + size), 'latin1')).toString('latin1');
  }
  return out;
}

const PLAIN = 'GET /a HTTP/1.1\r\nHost:  evil.example\r\nORIGIN: http://x\r\n';
const COUNTED = 'POST /b HTTP/1.1\r\ncontent-LENGTH: 8\r\n';
const CHUNKED = 'POST /c HTTP/1.1\r\nTransfer-Encoding: chunked\r\n';
const BODY = '4;x=y\r\n\r\n\r\n\r\n0\r\nTrailer: 1\r\n\r\n';

for (const size of [1, 2, 3, 7, 1000]) {
  test(`requests cut into pieces of ${size} get one header each and nothing else`, () => {
    const sent = `${PLAIN}\r\n${COUNTED}\r\n1\r\n\r\n5 8${CHUNKED}\r\n${BODY}${PLAIN}\r\n`;
    const wanted = `${PLAIN}${LINE}\r\n\r\n${COUNTED}${LINE}\r\n\r\n1\r\n\r\n5 8${CHUNKED}${LINE}\r\n\r\n${BODY}${PLAIN}${LINE}\r\n\r\n`;
    assert.equal(relayed(sent, size), wanted);
  });
}

test('a request with an Authorization of its own stays as it is', () => {
  const sent = `${PLAIN}authorization: Mine\r\n\r\n`;
  assert.equal(relayed(sent, 5), sent);
});

test('what follows a request of doubtful length is handed through', () => {
  const head = 'POST /d HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n';
  assert.equal(relayed(`${head}\r\nxGET /e HTTP/1.1\r\n\r\n`, 4), `${head}${LINE}\r\n\r\nxGET /e HTTP/1.1\r\n\r\n`);
});
